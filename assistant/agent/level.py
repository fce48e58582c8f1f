"""The level that a conversation is held at: what asks for another, and how tools come to speak at it."""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from langchain.agents.middleware import AgentMiddleware
from langchain.agents.middleware.types import ToolCallRequest
from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage
from langgraph.types import Command

from assistant.agent.guide.acts import Cues
from assistant.agent.messages import AGAIN, EXPLAIN, LANGUAGE, LEVEL, STRUCK
from assistant.domain.conversation import ToldTurn
from assistant.domain.language import Level
from assistant.retrieval.text import fold

PLAIN = "plain:"
# What `AGAIN` holds for the welcome, which answers no message.
WELCOME = ""
LEVEL_CHOICES = {f"{PLAIN}{level}": level for level in Level}
# A tool's arguments are the model's own; the level is none of its business, so it goes around them.
_SPOKEN: ContextVar[Level] = ContextVar("spoken_level", default=Level.NORMAL)


class LevelWish(StrEnum):
    """What a message asks of the texts; all three want the last answer once more."""

    SIMPLER = "simpler"
    FULLER = "fuller"
    EXPLAINED = "explained"

    @property
    def level(self) -> Level:
        """The level that it leads to."""
        return Level.NORMAL if self is LevelWish.FULLER else Level.SIMPLE


def level_wish(text: str, choice_id: str, cues: Cues) -> LevelWish | None:
    """What a message asks of the texts; None for any other message."""
    if choice_id:
        level = LEVEL_CHOICES.get(choice_id)
        wishes = {Level.SIMPLE: LevelWish.SIMPLER, Level.NORMAL: LevelWish.FULLER}
        return wishes[level] if level else None
    folded = fold(text)
    return next((wish for wish in LevelWish if cues.fits(f"text_{wish}", folded)), None)


def asking_again(
    wish: LevelWish, turns: Sequence[ToldTurn], messages: Sequence[BaseMessage]
) -> dict[str, object]:
    """The marks of a message that wants the last answer once more; none where that cannot be told again."""
    last = turns[-1].message_id if turns else WELCOME
    told = next((m for m in messages if isinstance(m, HumanMessage) and m.id == last), None)
    answered = told.additional_kwargs.get(AGAIN, last) if told else WELCOME
    heard = next((m for m in messages if answered and m.id == answered), None)
    if heard is not None and heard.additional_kwargs.get(STRUCK):
        # What was answered is gone.
        return {}
    return {AGAIN: answered, EXPLAIN: wish is LevelWish.EXPLAINED}


def spoken_level() -> Level:
    """The level that the tool being called speaks at."""
    return _SPOKEN.get()


def level_of(messages: Sequence[BaseMessage]) -> Level:
    """The level of the person's last message."""
    marks = (m.additional_kwargs for m in reversed(messages) if isinstance(m, HumanMessage))
    return next((Level(m[LEVEL]) for m in marks if LEVEL in m), Level.NORMAL)


def as_heard(messages: tuple[BaseMessage, ...]) -> tuple[BaseMessage, ...]:
    """The messages to answer.

    Where the last one asks for an answer once more, these end with the message that it answered, at
    the level and in the language that are wanted now, and are none for the welcome; else they are the
    same.
    """
    asking = messages[-1]
    wanted = asking.additional_kwargs.get(AGAIN)
    if wanted == WELCOME:
        return ()
    start = next((i for i, m in enumerate(messages) if wanted and m.id == wanted), None)
    if start is None:
        return messages
    marks = {name: asking.additional_kwargs[name] for name in (LANGUAGE, LEVEL, EXPLAIN)}
    told = messages[start]
    changed = {"id": asking.id, "additional_kwargs": {**told.additional_kwargs, **marks}}
    return (*messages[:start], told.model_copy(update=changed))


class SpokenLevel(AgentMiddleware[Any, Any]):
    """Lets tools speak at the level of the person's last message."""

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """Call the tool."""
        before = _SPOKEN.set(level_of(request.state["messages"]))
        try:
            return await handler(request)
        finally:
            _SPOKEN.reset(before)
