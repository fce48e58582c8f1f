"""The chat: Chainlit's callbacks for one application. What an answer holds is laid out in `cards.py`."""

# Several of Chainlit's methods have no return type.
# mypy: disable-error-code="no-untyped-call"

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.context import init_ws_context
from chainlit.server import sio

from assistant.domain.conversation import AnswerEvent, ErrorEvent, TokenEvent, ToolEvent, UserInput
from assistant.domain.language import Language
from assistant.prompts import Texts
from assistant.ui import cards, overview, pages
from assistant.ui.answer import (
    Conversation,
    make_element,
    open_side_panel,
    show_answer,
    show_both_languages,
    show_step,
)

if TYPE_CHECKING:
    from assistant.build import Application

logger = logging.getLogger(__name__)

_KEY = "conversation"
# What these bring is shown as cards and boxes; while it is written as text it would only flash by.
_LAID_OUT = frozenset(
    {
        "compare_occupations",
        "explore_occupations",
        "list_skills",
        "make_plan",
        "show_occupation",
        "suggest_paths",
    }
)


class Chat:
    """The callbacks of one application; `register` hands them to Chainlit."""

    def __init__(self, application: "Application", texts: Texts) -> None:
        self._application = application
        self._texts = texts

    def register(self) -> None:
        """Make Chainlit call this chat; it has one set of callbacks for the whole process."""
        cl.on_chat_start(self.start)
        cl.on_message(self.receive)
        for name, callback in (
            ("choose", self.choose),
            ("language", self.change_language),
            ("two_languages", self.show_two_languages),
            ("show_data", self.show_data),
            ("forget", self.forget),
        ):
            cl.action_callback(name)(callback)
        # Chainlit's own handler says "Task manually stopped." in English, whatever the language.
        sio.on("stop", self.stop)

    async def start(self) -> None:
        """Open a conversation in the browser's language and greet."""
        environ = cl.context.session.environ
        language = cards.preferred_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        session = self._application.new_session(language)
        bar = make_element("Overview", {})
        conversation = Conversation(session, self._texts, bar)
        cl.user_session.set(_KEY, conversation)
        welcome = session.welcome()
        bar.props = overview.overview_props(welcome.phase, welcome.profile, conversation.labels)
        await show_answer(conversation, welcome, cl.Message(content=""), [bar])

    async def receive(self, message: cl.Message) -> None:
        """Answer what the person wrote."""
        if conversation := _current():
            await self._take_turn(conversation, UserInput(message=message.content))

    async def choose(self, action: cl.Action) -> None:
        """Answer a button."""
        conversation = _current()
        choice_id = action.payload.get("choice_id")
        if conversation is None or not isinstance(choice_id, str):
            return
        if said := _said(choice_id, conversation):
            await self._take_turn(conversation, UserInput(choice_id=choice_id), said)
        elif said := pages.said_by_card(choice_id, conversation.occupations, conversation.labels):
            # Only the page knows what this button says.
            await self._take_turn(conversation, UserInput(said, choice_id), said)
        else:
            await cl.context.emitter.send_toast(conversation.labels("failed.gone"))

    async def change_language(self, action: cl.Action) -> None:
        """Switch the conversation to the other language and say again where we are."""
        conversation = _current()
        wanted = action.payload.get("language")
        if conversation is not None and wanted in list(Language):
            said = self._texts.say("switch.language", Language(wanted))
            await self._take_turn(conversation, UserInput(choice_id=f"language:{wanted}"), said)

    async def show_two_languages(self, action: cl.Action) -> None:
        """Show answers in both languages, line by line, or in one."""
        conversation = _current()
        wanted = action.payload.get("wanted")
        if conversation is None or not isinstance(wanted, bool):
            return
        if conversation.turn.locked():
            await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
            return
        async with conversation.turn:
            await show_both_languages(conversation, wanted)

    async def show_data(self, action: cl.Action) -> None:
        """Show everything that is held about the person in the side panel."""
        if conversation := _current():
            session, labels = conversation.session, conversation.labels
            props = overview.data_props(session.held_data(), session.profile, labels)
            await open_side_panel(labels("data.title"), make_element("MyData", props))

    async def forget(self, action: cl.Action) -> None:
        """Remove everything; the page then starts a new conversation by itself."""
        if conversation := cl.user_session.get(_KEY):
            if task := cl.context.session.current_task:
                task.cancel()
            conversation.session.forget()
            cl.user_session.set(_KEY, None)
            cl.chat_context.clear()

    async def stop(self, sid: str) -> None:
        """Stop the answer that is being written."""
        session = init_ws_context(sid).session
        if session.current_task:
            session.current_task.cancel()
        if conversation := cl.user_session.get(_KEY):
            await cl.Message(content=conversation.labels("page.stopped")).send()

    async def _take_turn(self, conversation: Conversation, user_input: UserInput, said: str = "") -> None:
        """Play one turn in a task of its own, which the stop button can end."""
        if conversation.turn.locked():
            await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
            return
        turn = asyncio.create_task(_guarded_turn(conversation, user_input, said))
        cl.context.session.current_task = turn
        await asyncio.wait({turn})


async def _guarded_turn(conversation: Conversation, user_input: UserInput, said: str) -> None:
    """Play one turn; `said` is what a click says in the person's place."""
    async with conversation.turn, _told_when_it_fails(conversation):
        await conversation.withdraw_choices()
        if not said:
            await _play(conversation, user_input)
            return
        # Under this name Chainlit shows a run as it shows the answer to a message.
        async with cl.Step(name="on_message", type="run"):
            await cl.Message(content=said, type="user_message", author="User").send()
            await _play(conversation, user_input)


@asynccontextmanager
async def _told_when_it_fails(conversation: Conversation) -> AsyncIterator[None]:
    """The last fence before the person: whatever goes wrong, they get a sentence and go on."""
    await cl.context.emitter.task_start()
    try:
        yield
    except Exception as error:
        # The text of an error may hold what the person wrote, so only its kind and place are logged.
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("%s in %s, line %s", type(error).__name__, place.filename, place.lineno)
        await cl.ErrorMessage(content=conversation.labels("failed.turn")).send()
    finally:
        # Chainlit keeps every message in memory for features that are off here.
        cl.chat_context.clear()
        await cl.context.emitter.task_end()


async def _play(conversation: Conversation, user_input: UserInput) -> None:
    message = cl.Message(content="")
    steps: set[str] = set()
    try:
        async for event in conversation.session.send(user_input):
            match event:
                case TokenEvent() if _LAID_OUT.isdisjoint(steps):
                    await message.stream_token(cards.safe_markdown(event.text))
                case ToolEvent():
                    await show_step(event.name, conversation.labels, steps)
                case AnswerEvent():
                    await show_answer(conversation, event, message)
                case ErrorEvent():
                    await cl.ErrorMessage(content=event.message).send()
    finally:
        if message.streaming:
            await message.update()


def _said(choice_id: str, conversation: Conversation) -> str:
    """What a click says in the person's place; empty when that was not offered."""
    if choice_id.startswith(cards.KEEP_PREFIX):
        return cards.kept_skills(choice_id, conversation.offered, conversation.labels)
    return next((c.label for c in conversation.offered if c.choice_id == choice_id), "")


def _current() -> Conversation | None:
    """The conversation of this tab; None when it has been forgotten."""
    conversation: Conversation | None = cl.user_session.get(_KEY)
    return conversation
