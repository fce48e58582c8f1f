"""One turn as server-sent events: the objects of `chat --json`, one an event."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent

from assistant.agent.event_objects import event_object
from assistant.domain.conversation import AnswerEvent, ErrorEvent, Event, TokenEvent, UserInput
from assistant.errors import ConversationBusy, ConversationGone
from assistant.keeping.conversations import Conversations, Kept
from assistant.prompts import Texts
from assistant.ui.failures import kind_and_place

logger = logging.getLogger(__name__)


async def events_of_turn(
    conversations: Conversations, kept: Kept, user_input: UserInput, texts: Texts
) -> AsyncIterator[ServerSentEvent]:
    """Play a turn and give its events; whoever stops listening stops the turn.

    It is played in a task of its own, which ends the same way whoever stops it: the conversation then
    stands as it was before.

    Args:
        conversations: Where the conversation is kept.
        kept: The conversation.
        user_input: What the person says.
        texts: Those of the page.
    """
    events: asyncio.Queue[Event | None] = asyncio.Queue()
    turn = asyncio.create_task(_play(conversations, kept, user_input, texts, events))
    try:
        while event := await events.get():
            if not isinstance(event, TokenEvent) or event.text:
                yield ServerSentEvent(raw_data=json.dumps(event_object(event), ensure_ascii=False))
    finally:
        turn.cancel()


async def _play(
    conversations: Conversations,
    kept: Kept,
    user_input: UserInput,
    texts: Texts,
    events: asyncio.Queue[Event | None],
) -> None:
    def fail(key: str) -> None:
        events.put_nowait(ErrorEvent(texts.say(key, kept.session.language)))

    try:
        async with conversations.own_turn(kept):
            kept.running = asyncio.current_task()
            async for event in kept.session.send(user_input):
                if isinstance(event, AnswerEvent):
                    # Before it is told, lest what was told is lost with the connection.
                    await conversations.keep(kept)
                events.put_nowait(event)
    except (ConversationGone, ConversationBusy) as error:
        fail("api.problem.busy" if isinstance(error, ConversationBusy) else "api.problem.not_found")
    except asyncio.CancelledError:
        fail("api.problem.not_found" if kept.forgotten else "page.stopped")
    except Exception as error:
        logger.error("%s", kind_and_place(error))
        fail("failed.turn")
    finally:
        events.put_nowait(None)
