"""One conversation: the safety gate, the agent loop, the citation check, the answer."""

import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.agent.citations import CitationCheck, Evidence
from assistant.agent.history import last_progress, last_spoken, last_text, results, tool_events, usage
from assistant.agent.history import years_in_digits as in_digits
from assistant.agent.language import LanguageDetector
from assistant.agent.loop import AgentLoop, Piece
from assistant.agent.messages import CHOICE, FOREIGN, LANGUAGE
from assistant.agent.results import OfferedChoices, Progress
from assistant.agent.safety import mask_identity_numbers
from assistant.agent.shown import shown_cards
from assistant.agent.snapshot import SessionState, from_snapshot, to_snapshot
from assistant.domain.conversation import (
    AnswerEvent,
    Choice,
    ErrorEvent,
    Event,
    TokenEvent,
    ToldTurn,
    UserInput,
)
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.errors import GuidanceError, ModelError
from assistant.prompts import Texts

logger = logging.getLogger(__name__)

LONGEST_INPUT = 10_000
LONGEST_CHOICE = 200
_LANGUAGE_CHOICE = "language:"
_LANGUAGE_CHOICES = {f"{_LANGUAGE_CHOICE}{language}": language for language in Language}
# What a starter button says for the person; "start:question" asks the question that it shows.
_STARTERS = ("start:work", "start:home", "start:question")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a turn is played with: the messages, the person's new one last."""

    messages: tuple[BaseMessage, ...]
    language: Language
    masked: bool
    started: float


@dataclass(frozen=True, slots=True)
class _Played:
    """How a turn ended: all messages from now on, and the answer."""

    messages: tuple[BaseMessage, ...]
    answer: AnswerEvent


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
        self._turns: tuple[ToldTurn, ...] = ()

    @property
    def language(self) -> Language:
        """The language that answers are written in now."""
        return self._language

    @property
    def profile(self) -> Profile:
        """What the person has confirmed so far."""
        return last_progress(self._messages).profile

    @property
    def turns(self) -> tuple[ToldTurn, ...]:
        """What was said both ways, in order, the welcome first."""
        return self._turns

    def welcome(self) -> AnswerEvent:
        """Begin: say what this is, and what it does with data. Counts as said to the person."""
        answer = self._welcome(self._language)
        self._messages = (AIMessage(answer.text),)
        self._turns = (ToldTurn("", "", answer),)
        return answer

    def _welcome(self, language: Language) -> AnswerEvent:
        ids = (*_STARTERS, f"{_LANGUAGE_CHOICE}{language.other}")
        choices = tuple(Choice(i, self._texts.say(f"choice.{i}", language)) for i in ids)
        phase = Progress().phase
        return AnswerEvent(self._texts.say("welcome", language), language, phase, choices=choices)

    def held_data(self) -> dict[str, object]:
        """All that is held about the person: the profile and what was said, as plain values."""
        said = [m.text for m in self._messages if isinstance(m, HumanMessage)]
        return {"profile": json.loads(json.dumps(asdict(self.profile))), "messages": said}

    @property
    def state(self) -> SessionState:
        """All that the conversation is, as a value."""
        return SessionState(self._language, self._messages, self._turns)

    def snapshot(self) -> bytes:
        """The whole conversation as bytes; they hold all that the person has said."""
        return to_snapshot(self.state)

    def restore(self, snapshot: bytes) -> None:
        """Go on where a conversation was when the snapshot was taken.

        Raises:
            SnapshotBroken: It is damaged, or of another version.
        """
        state = from_snapshot(snapshot)
        self._language, self._messages, self._turns = state.language, state.messages, state.turns

    def forget(self) -> None:
        """Let go of everything that was said."""
        self._messages = ()
        self._turns = ()

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
        human = self._as_message(gated.text[:LONGEST_INPUT], choice.text)
        turn = _Turn((*self._messages, human), self._language, gated.masked or choice.masked, started)
        try:
            async for event in self._play(turn):
                if isinstance(event, _Played):
                    self._messages = event.messages
                    self._turns = (*self._turns, ToldTurn(str(human.id), human.text, event.answer))
                    yield event.answer
                else:
                    yield event
        except GuidanceError as error:
            logger.exception("turn failed")
            yield ErrorEvent(f"{self._texts.say('error.apology', self._language)} ({type(error).__name__})")

    async def retell(self, number: int, language: Language) -> AnswerEvent:
        """What an answer says in another language. The conversation stays as it is.

        The turn is played again from where it began, so that the answer has sources of its own.

        Args:
            number: Index of the turn in `turns`.
            language: Language to tell it in.

        Raises:
            ModelError: The model could not be used.
        """
        told = self._turns[number]
        if told.answer.language is language:
            return told.answer
        if not told.message_id:
            return self._welcome(language)
        start = next(i for i, m in enumerate(self._messages) if m.id == told.message_id)
        human = self._messages[start]
        marks = {**human.additional_kwargs, LANGUAGE: language}
        again = human.model_copy(update={"additional_kwargs": marks})
        turn = _Turn((*self._messages[:start], again), language, masked=False, started=time.monotonic())
        async for event in self._play(turn):
            if isinstance(event, _Played):
                return event.answer
        return told.answer

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
        offered = [r for r in results(self._messages) if isinstance(r, OfferedChoices)]
        labels = {choice.choice_id: choice.label for result in offered for choice in result.choices}
        return labels.get(choice_id, choice_id)

    async def _play(self, turn: _Turn) -> AsyncIterator[Event | _Played]:
        new: list[BaseMessage] = []
        check = CitationCheck(self._evidence(turn.messages))
        async for step in self._loop.run(turn.messages, turn.language):
            if isinstance(step, Piece):
                if shown := check.feed(step.text):
                    yield TokenEvent(shown)
                continue
            if shown := check.finish():
                yield TokenEvent(shown)
            new += step
            for event in tool_events(step, new):
                yield event
            # New sources may be cited from here on, so the check starts afresh with them.
            check = CitationCheck(self._evidence((*turn.messages, *new)))
        revised = await self._revised(turn, new)
        for event in tool_events(revised, revised):
            yield event
        # What was sent back is not kept: the model would read its own slips as said.
        kept = [m for m in new if not (revised and m is last_spoken(new))]
        messages = (*turn.messages, *kept, *revised)
        yield _Played(messages, self._answer(turn, messages, [*new, *revised]))

    async def _revised(self, turn: _Turn, new: list[BaseMessage]) -> list[BaseMessage]:
        """The second try at an answer of which something was held back; empty if it brought no answer."""
        held_back = self._held_back(turn.messages, new)
        try:
            revised = await self._loop.revised((*turn.messages, *new), turn.language, held_back)
        except ModelError:
            logger.exception("revision failed; the first answer stands, without what was held back")
            return []
        return revised if last_text(revised) else []

    def _held_back(self, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> tuple[str, ...]:
        check = CitationCheck(self._evidence((*messages, *new)))
        check.feed(last_text(new))
        check.finish()
        return check.held_back

    def _evidence(self, messages: Sequence[BaseMessage]) -> Evidence:
        sources = (source for result in results(messages) for source in result.sources)
        own_words = [str(m.text) for m in messages if isinstance(m, HumanMessage)]
        noted = [e for r in results(messages) if isinstance(r, Progress) for e in r.profile.experiences]
        # "Seven years" becomes 7 in the profile, and two experiences of one kind are added up.
        own_words += [text for e in noted if e.years is not None for text in in_digits(e.years)]
        return Evidence.of(sources, own_words, self._names)

    def _answer(self, turn: _Turn, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> AnswerEvent:
        check = CitationCheck(self._evidence(messages))
        text = (check.feed(last_text(new)) + check.finish()).strip()
        if check.held_back:
            logger.warning("held back without a source: %s", check.held_back)
        empty = "answer.nothing_sourced" if last_text(new) else "answer.nothing_said"
        text = text or self._texts.say(empty, turn.language)
        if turn.masked:
            text = f"{self._texts.say('masked', turn.language)}\n\n{text}"
        brought = list(results(new))
        progress = last_progress(messages)
        choices = [r.choices for r in brought if isinstance(r, OfferedChoices)]
        shown = shown_cards(brought, list(results(messages)), check)
        return AnswerEvent(
            text=text,
            language=turn.language,
            phase=progress.phase,
            choices=choices[-1] if choices else (),
            profile=progress.profile,
            paths=shown.paths,
            occupation=shown.occupation,
            comparison=shown.comparison,
            plan=shown.plan,
            citations=check.citations(),
            usage=replace(usage(new), seconds=round(time.monotonic() - turn.started, 3)),
        )
