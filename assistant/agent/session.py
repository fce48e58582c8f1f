"""One conversation: the safety gate, the agent loop, the citation check, the answer."""

import json
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.agent.citations import CitationCheck, Evidence
from assistant.agent.language import LanguageDetector
from assistant.agent.loop import AgentLoop, Piece
from assistant.agent.messages import CHOICE, FOREIGN, LANGUAGE
from assistant.agent.results import OfferedChoices, Progress, ToolResult
from assistant.agent.safety import mask_identity_numbers
from assistant.agent.shown import shown_cards
from assistant.domain.conversation import (
    AnswerEvent,
    Choice,
    ErrorEvent,
    Event,
    TokenEvent,
    ToolEvent,
    Usage,
    UserInput,
)
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.domain.source import Source
from assistant.errors import GuidanceError, ModelError
from assistant.prompts import Texts

logger = logging.getLogger(__name__)

LONGEST_INPUT = 10_000
LONGEST_CHOICE = 200
_LANGUAGE_CHOICE = "language:"
_LANGUAGE_CHOICES = {f"{_LANGUAGE_CHOICE}{language}": language for language in Language}
# What a starter button says for the person; "start:question" asks the question that it shows.
_STARTERS = ("start:work", "start:home", "start:question")


class Session:
    """A conversation in memory; gone when it is let go of.

    Args:
        loop: The agent loop, shared by all conversations.
        texts: The texts that people read.
        detector: Tells the language of a message.
        names: Authorities that only a source may vouch for, folded.
        language: Language to begin in.
    """

    def __init__(
        self,
        loop: AgentLoop,
        texts: Texts,
        detector: LanguageDetector,
        names: frozenset[str],
        language: Language,
    ) -> None:
        self._loop = loop
        self._texts = texts
        self._detector = detector
        self._names = names
        self._language = language
        self._messages: tuple[BaseMessage, ...] = ()

    @property
    def language(self) -> Language:
        """The language that answers are written in now."""
        return self._language

    @property
    def profile(self) -> Profile:
        """What the person has confirmed so far."""
        return self._progress.profile

    @property
    def _progress(self) -> Progress:
        return next((r for r in _results(reversed(self._messages)) if isinstance(r, Progress)), Progress())

    def welcome(self) -> AnswerEvent:
        """Begin: say what this is, and what it does with data. Counts as said to the person."""
        text = self._texts.say("welcome", self._language)
        self._messages = (AIMessage(text),)
        ids = (*_STARTERS, f"{_LANGUAGE_CHOICE}{self._language.other}")
        choices = tuple(Choice(i, self._texts.say(f"choice.{i}", self._language)) for i in ids)
        return AnswerEvent(text, self._language, self._progress.phase, choices=choices)

    def held_data(self) -> dict[str, object]:
        """All that is held about the person: the profile and what was said, as plain values."""
        said = [m.text for m in self._messages if isinstance(m, HumanMessage)]
        return {"profile": json.loads(json.dumps(asdict(self.profile))), "messages": said}

    def forget(self) -> None:
        """Let go of everything that was said."""
        self._messages = ()

    async def send(self, user_input: UserInput) -> AsyncIterator[Event]:
        """Answer one message or choice.

        Yields:
            Tokens and tool calls while the answer is made, then exactly one answer or error. After an
            error the conversation stands as it was before.
        """
        started = time.monotonic()
        # Masked before it is cut, lest a number loses its end and passes.
        gated = mask_identity_numbers(user_input.message)
        choice = mask_identity_numbers(user_input.choice_id[:LONGEST_CHOICE])
        masked = gated.masked or choice.masked
        human = self._as_message(gated.text[:LONGEST_INPUT], choice.text)
        before = self._messages
        try:
            async for event in self._turn((*before, human), masked=masked, started=started):
                yield event
        except GuidanceError as error:
            logger.exception("turn failed")
            self._messages = before
            yield ErrorEvent(f"{self._texts.say('error.apology', self._language)} ({type(error).__name__})")

    def _as_message(self, text: str, choice_id: str) -> HumanMessage:
        if choice_id in _LANGUAGE_CHOICES:
            self._language = _LANGUAGE_CHOICES[choice_id]
        foreign = False
        if not choice_id:
            detected = self._detector.detect(text)
            foreign = detected.foreign
            is_first = not any(isinstance(m, HumanMessage) for m in self._messages)
            if detected.language and (detected.is_sure or is_first):
                self._language = detected.language
        if choice_id == "start:question":
            text, choice_id = self._texts.say(f"choice.{choice_id}", self._language), ""
        return HumanMessage(
            text or self._choice_label(choice_id),
            id=f"human-{len(self._messages)}",
            additional_kwargs={LANGUAGE: self._language, CHOICE: choice_id, FOREIGN: foreign},
        )

    def _choice_label(self, choice_id: str) -> str:
        """What the pressed button said, so that any model can read it."""
        offered = [r for r in _results(self._messages) if isinstance(r, OfferedChoices)]
        labels = {choice.choice_id: choice.label for result in offered for choice in result.choices}
        return labels.get(choice_id, choice_id)

    async def _turn(
        self, messages: tuple[BaseMessage, ...], *, masked: bool, started: float
    ) -> AsyncIterator[Event]:
        new: list[BaseMessage] = []
        check = CitationCheck(self._evidence(messages))
        async for step in self._loop.run(messages, self._language):
            if isinstance(step, Piece):
                if shown := check.feed(step.text):
                    yield TokenEvent(shown)
                continue
            if shown := check.finish():
                yield TokenEvent(shown)
            new += step
            for event in _tool_events(step, new):
                yield event
            # New sources may be cited from here on, so the check starts afresh with them.
            check = CitationCheck(self._evidence((*messages, *new)))
        revised = await self._revised(messages, new)
        for event in _tool_events(revised, revised):
            yield event
        # What was sent back is not kept: the model would read its own slips as said.
        kept = [m for m in new if not (revised and m is _last_spoken(new))]
        self._messages = (*messages, *kept, *revised)
        yield self._answer([*new, *revised], masked=masked, seconds=time.monotonic() - started)

    async def _revised(self, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> list[BaseMessage]:
        """The second try at an answer of which something was held back; empty if it brought no answer."""
        held_back = self._held_back(messages, new)
        try:
            revised = await self._loop.revised((*messages, *new), self._language, held_back)
        except ModelError:
            logger.exception("revision failed; the first answer stands, without what was held back")
            return []
        return revised if _last_text(revised) else []

    def _held_back(self, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> tuple[str, ...]:
        check = CitationCheck(self._evidence((*messages, *new)))
        check.feed(_last_text(new))
        check.finish()
        return check.held_back

    def _evidence(self, messages: Sequence[BaseMessage]) -> Evidence:
        sources = (source for result in _results(messages) for source in result.sources)
        own_words = [str(m.text) for m in messages if isinstance(m, HumanMessage)]
        noted = [e for r in _results(messages) if isinstance(r, Progress) for e in r.profile.experiences]
        # "Seven years" becomes 7 in the profile, and two experiences of one kind are added up.
        own_words += [text for e in noted if e.years is not None for text in _years_in_digits(e.years)]
        return Evidence.of(sources, own_words, self._names)

    def _answer(self, new: list[BaseMessage], *, masked: bool, seconds: float) -> AnswerEvent:
        check = CitationCheck(self._evidence(self._messages))
        text = (check.feed(_last_text(new)) + check.finish()).strip()
        if check.held_back:
            logger.warning("held back without a source: %s", check.held_back)
        empty = "answer.nothing_sourced" if _last_text(new) else "answer.nothing_said"
        text = text or self._texts.say(empty, self._language)
        if masked:
            text = f"{self._texts.say('masked', self._language)}\n\n{text}"
        results = list(_results(new))
        progress = self._progress
        choices = [r.choices for r in results if isinstance(r, OfferedChoices)]
        shown = shown_cards(results, list(_results(self._messages)), check)
        return AnswerEvent(
            text=text,
            language=self._language,
            phase=progress.phase,
            choices=choices[-1] if choices else (),
            profile=progress.profile,
            paths=shown.paths,
            occupation=shown.occupation,
            comparison=shown.comparison,
            plan=shown.plan,
            citations=check.citations(),
            usage=replace(_usage(new), seconds=round(seconds, 3)),
        )


def _results(messages: Sequence[BaseMessage] | Iterator[BaseMessage]) -> Iterator[ToolResult]:
    for message in messages:
        if isinstance(message, ToolMessage) and isinstance(message.artifact, ToolResult):
            yield message.artifact


def _last_spoken(messages: Sequence[BaseMessage]) -> AIMessage | None:
    spoken = (m for m in reversed(messages) if isinstance(m, AIMessage))
    return next((m for m in spoken if not m.tool_calls and not m.invalid_tool_calls), None)


def _last_text(messages: Sequence[BaseMessage]) -> str:
    spoken = _last_spoken(messages)
    return spoken.text.strip() if spoken else ""


def _tool_events(step: Sequence[BaseMessage], new: Sequence[BaseMessage]) -> Iterator[ToolEvent]:
    calls: dict[str | None, Any] = {
        call["id"]: call["args"] for m in new if isinstance(m, AIMessage) for call in m.tool_calls
    }
    for message in step:
        if isinstance(message, ToolMessage):
            sources: tuple[Source, ...] = (
                message.artifact.sources if isinstance(message.artifact, ToolResult) else ()
            )
            arguments = json.dumps(calls.get(message.tool_call_id, {}), ensure_ascii=False, default=str)
            yield ToolEvent(message.name or "", arguments, tuple(source.source_id for source in sources))


def _years_in_digits(years: float) -> tuple[str, ...]:
    return f"{years:g}", f"{years:g}".replace(".", ","), str(round(years * 12))


def _usage(messages: list[BaseMessage]) -> Usage:
    spoken = [m for m in messages if isinstance(m, AIMessage)]
    counted = [m.usage_metadata for m in spoken if m.usage_metadata]
    return Usage(
        model_calls=len(spoken),
        input_tokens=sum(usage["input_tokens"] for usage in counted),
        output_tokens=sum(usage["output_tokens"] for usage in counted),
    )
