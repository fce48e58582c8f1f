"""One turn: the agent loop, the citation check, and the answer that it ends with."""

import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from langchain_core.messages import AIMessage, BaseMessage

from assistant.agent.citations import CitationCheck
from assistant.agent.history import (
    evidence_in,
    last_progress,
    last_spoken,
    last_text,
    results,
    tool_events,
    usage,
)
from assistant.agent.level import as_heard, level_of
from assistant.agent.log_words import kind_of_error
from assistant.agent.loop import AgentLoop, Piece
from assistant.agent.messages import AGAIN
from assistant.agent.own_data.importing import beginning
from assistant.agent.own_data.notes import with_edits
from assistant.agent.results import OfferedChoices
from assistant.agent.shown import shown_cards
from assistant.domain.conversation import AnswerEvent, Event, TokenEvent
from assistant.domain.language import Language, Level
from assistant.errors import ModelError
from assistant.prompts import Texts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn is played with: the messages, the person's new one last.

    `removed` is how many personal details were taken out of its file.
    """

    messages: tuple[BaseMessage, ...]
    language: Language
    masked: bool
    started: float
    removed: int = 0

    @property
    def level(self) -> Level:
        """How hard the answer may be to read."""
        return level_of(self.messages)


@dataclass(frozen=True, slots=True)
class Played:
    """How a turn ended: all messages from now on, and the answer."""

    messages: tuple[BaseMessage, ...]
    answer: AnswerEvent


class TurnPlayer:
    """Plays turns; keeps nothing between them.

    Args:
        loop: The agent loop, shared by all conversations.
        texts: The texts that people read.
        names: Authorities that only a source may vouch for, folded.
    """

    def __init__(self, loop: AgentLoop, texts: Texts, names: frozenset[str]) -> None:
        self._loop = loop
        self._texts = texts
        self._names = names
        self._buttons = texts.group("button")

    async def play(self, turn: Turn) -> AsyncIterator[Event | Played]:
        """Play one turn: tokens and tool calls as they come, then how it ended.

        Raises:
            GuidanceError: The turn failed.
        """
        new: list[BaseMessage] = []
        heard = as_heard(turn.messages)
        if not heard:
            model = self._loop.hosted_model
            said = beginning(turn.messages, self._texts, turn.language, turn.level, model)
            messages = (*turn.messages, AIMessage(said.text))
            yield Played(messages, replace(said, text=self._with_notices(turn, said.text)))
            return
        check = self._check(turn.messages)
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
            check = self._check((*turn.messages, *new))
        revised = await self._revised(heard, turn.language, new)
        for event in tool_events(revised, revised):
            yield event
        # What was sent back is not kept: the model would read its own slips as said.
        kept = [m for m in new if not (revised and m is last_spoken(new))]
        played = with_edits(turn.messages, (*turn.messages, *kept, *revised))
        yield Played(played, self._answer(turn, played, [*new, *revised]))

    async def _revised(
        self, heard: tuple[BaseMessage, ...], language: Language, new: list[BaseMessage]
    ) -> list[BaseMessage]:
        """The second try at an answer of which something was held back; empty if it brought no answer."""
        held_back = self._held_back(heard, new)
        try:
            revised = await self._loop.revised((*heard, *new), language, held_back)
        except ModelError as error:
            # The first answer stands, without what was held back.
            logger.error("revision failed: %s", kind_of_error(error))
            return []
        return revised if last_text(revised) else []

    def _check(self, messages: tuple[BaseMessage, ...]) -> CitationCheck:
        return CitationCheck(evidence_in(messages, self._names, self._buttons))

    def _held_back(self, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> tuple[str, ...]:
        check = self._check((*messages, *new))
        check.feed(last_text(new))
        check.finish()
        return check.held_back

    def _answer(self, turn: Turn, messages: tuple[BaseMessage, ...], new: list[BaseMessage]) -> AnswerEvent:
        check = self._check(messages)
        text = (check.feed(last_text(new)) + check.finish()).strip()
        if check.held_back:
            logger.warning("held back without a source: %d sentences", len(check.held_back))
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

    def _with_notices(self, turn: Turn, text: str) -> str:
        """An answer with what has to be said before it."""
        again = f"plain.again.{turn.level}" if AGAIN in turn.messages[-1].additional_kwargs else ""
        keys = filter(None, ("masked" if turn.masked else "", again))
        texts = self._texts.at(turn.level)
        notices = [texts.say(key, turn.language) for key in keys]
        if turn.removed:
            notices.insert(0, texts.say("pieces.removed", turn.language, number=str(turn.removed)))
        return "\n\n".join((*notices, text))
