"""One conversation: the safety gate, the agent loop, the citation check, the answer."""

import json
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.agent.citations import CitationCheck
from assistant.agent.guide.acts import Cues
from assistant.agent.history import (
    choice_label,
    evidence_in,
    last_progress,
    last_spoken,
    last_text,
    results,
    tool_events,
    usage,
)
from assistant.agent.language import LanguageDetector
from assistant.agent.level import LEVEL_CHOICES, as_heard, asking_again, level_of, level_wish
from assistant.agent.loop import AgentLoop, Piece
from assistant.agent.messages import AGAIN, CHOICE, FOREIGN, LANGUAGE, LEVEL
from assistant.agent.results import OfferedChoices
from assistant.agent.safety import mask_identity_numbers
from assistant.agent.shown import shown_cards
from assistant.agent.welcome import LANGUAGE_CHOICE, QUESTION_CHOICE, welcome
from assistant.domain.conversation import (
    AnswerEvent,
    ErrorEvent,
    Event,
    TokenEvent,
    ToldTurn,
    UserInput,
)
from assistant.domain.language import Language, Level
from assistant.domain.profile import Profile
from assistant.errors import GuidanceError, ModelError
from assistant.prompts import Texts

logger = logging.getLogger(__name__)

LONGEST_INPUT = 10_000
LONGEST_CHOICE = 200
_LANGUAGE_CHOICES = {f"{LANGUAGE_CHOICE}{language}": language for language in Language}


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a turn is played with: the messages, the person's new one last."""

    messages: tuple[BaseMessage, ...]
    language: Language
    masked: bool
    started: float

    @property
    def level(self) -> Level:
        """How hard the answer may be to read."""
        return level_of(self.messages)


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
        cues: Tells what a message asks of the level.
        names: Authorities that only a source may vouch for, folded.
        language: Language to begin in.
    """

    def __init__(
        self,
        loop: AgentLoop,
        texts: Texts,
        detector: LanguageDetector,
        cues: Cues,
        names: frozenset[str],
        language: Language,
    ) -> None:
        self._loop = loop
        self._texts = texts
        self._detector = detector
        self._cues = cues
        self._names = names
        self._language = language
        self._level = Level.NORMAL
        self._messages: tuple[BaseMessage, ...] = ()
        self._turns: tuple[ToldTurn, ...] = ()

    @property
    def language(self) -> Language:
        """The language that answers are written in now."""
        return self._language

    @property
    def level(self) -> Level:
        """How hard the answers may be to read now."""
        return self._level

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
        answer = welcome(self._texts, self._language, self._level)
        self._messages = (AIMessage(answer.text),)
        self._turns = (ToldTurn("", "", answer),)
        return answer

    def held_data(self) -> dict[str, object]:
        """All that is held about the person: the profile and what was said, as plain values."""
        said = [m.text for m in self._messages if isinstance(m, HumanMessage)]
        return {"profile": json.loads(json.dumps(asdict(self.profile))), "messages": said}

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
            return welcome(self._texts, language, told.answer.level)
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
        wish = level_wish(text, choice_id, self._cues)
        if wish:
            self._level = wish.level
        if choice_id in _LANGUAGE_CHOICES:
            self._language = _LANGUAGE_CHOICES[choice_id]
        foreign = False
        if not choice_id:
            detected = self._detector.detect(text)
            foreign = detected.foreign
            is_first = not any(isinstance(m, HumanMessage) for m in self._messages)
            if detected.language and (detected.is_sure or is_first):
                self._language = detected.language
        if choice_id == QUESTION_CHOICE:
            text, choice_id = self._texts.say(f"choice.{choice_id}", self._language), ""
        if choice_id in LEVEL_CHOICES:
            text = self._texts.say(f"choice.{choice_id}", self._language)
        marks = {LANGUAGE: self._language, LEVEL: self._level, CHOICE: choice_id, FOREIGN: foreign}
        again = asking_again(wish, self._turns, self._messages) if wish else {}
        return HumanMessage(
            text or choice_label(choice_id, self._messages),
            id=f"human-{len(self._messages)}",
            additional_kwargs={**marks, **again},
        )

    async def _play(self, turn: _Turn) -> AsyncIterator[Event | _Played]:
        new: list[BaseMessage] = []
        heard = as_heard(turn.messages)
        if not heard:
            said = welcome(self._texts, turn.language, turn.level)
            messages = (*turn.messages, AIMessage(said.text))
            yield _Played(messages, replace(said, text=self._with_notices(turn, said.text)))
            return
        check = CitationCheck(evidence_in(turn.messages, self._names))
        async for step in self._loop.run(heard, turn.language):
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
            check = CitationCheck(evidence_in((*turn.messages, *new), self._names))
        revised = await self._revised(heard, turn.language, new)
        for event in tool_events(revised, revised):
            yield event
        # What was sent back is not kept: the model would read its own slips as said.
        kept = [m for m in new if not (revised and m is last_spoken(new))]
        messages = (*turn.messages, *kept, *revised)
        yield _Played(messages, self._answer(turn, messages, [*new, *revised]))

    async def _revised(
        self, heard: tuple[BaseMessage, ...], language: Language, new: list[BaseMessage]
    ) -> list[BaseMessage]:
        """The second try at an answer of which something was held back; empty if it brought no answer."""
        held_back = self._held_back(heard, new)
        try:
            revised = await self._loop.revised((*heard, *new), language, held_back)
        except ModelError:
            logger.exception("revision failed; the first answer stands, without what was held back")
            return []
        return revised if last_text(revised) else []

    def _held_back(self, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> tuple[str, ...]:
        check = CitationCheck(evidence_in((*messages, *new), self._names))
        check.feed(last_text(new))
        check.finish()
        return check.held_back

    def _answer(self, turn: _Turn, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> AnswerEvent:
        check = CitationCheck(evidence_in(messages, self._names))
        text = (check.feed(last_text(new)) + check.finish()).strip()
        if check.held_back:
            logger.warning("held back without a source: %s", check.held_back)
        empty = "answer.nothing_sourced" if last_text(new) else "answer.nothing_said"
        text = text or self._texts.say(empty, turn.language)
        brought = list(results(new))
        progress = last_progress(messages)
        choices = [r.choices for r in brought if isinstance(r, OfferedChoices)]
        shown = shown_cards(brought, list(results(messages)), check)
        return AnswerEvent(
            text=self._with_notices(turn, text),
            language=turn.language,
            level=turn.level,
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

    def _with_notices(self, turn: _Turn, text: str) -> str:
        """An answer with what has to be said before it."""
        again = f"plain.again.{turn.level}" if AGAIN in turn.messages[-1].additional_kwargs else ""
        keys = filter(None, ("masked" if turn.masked else "", again))
        texts = self._texts.at(turn.level)
        notices = (texts.say(key, turn.language) for key in keys)
        return "\n\n".join((*notices, text))
