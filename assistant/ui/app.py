"""The chat: what the events of a page do to its conversation. `cards.py` lays out what an answer holds."""

# Chainlit's decorators and some of its methods have no types.
# mypy: disable-error-code="no-untyped-call"

import asyncio
import logging
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import chainlit as cl
from chainlit.server import sio
from chainlit.session import WebsocketSession
from pydantic import BaseModel, Field, ValidationError

from assistant.agent.guide.buttons import TAKE_ALONG
from assistant.domain.conversation import UserInput
from assistant.domain.language import Language, Level
from assistant.errors import StoreUnavailable
from assistant.guidance.words import load_words
from assistant.prompts import Texts
from assistant.ui import cards, pages, pieces, saving, take_along, to_page
from assistant.ui.conversation import Conversation, open_side_panel, show_both_languages
from assistant.ui.failures import fenced
from assistant.ui.own_data import OwnDataPanel
from assistant.ui.tabs import Tabs, this_tab
from assistant.ui.turn import play_turn

if TYPE_CHECKING:
    from assistant.build import Application

logger = logging.getLogger(__name__)

_SAVED_DAYS = (7, 30, 90)


class _Begin(BaseModel):
    """What a page says when it opens or comes back; other messages of its window are not for us.

    Attributes:
        vagvisare: Tells it from other messages.
        secret: Of the conversation that the tab has; None when it has none.
        shown: Whether the page shows it already.
    """

    vagvisare: Literal["begin"]
    secret: str | None = Field(max_length=100)
    shown: bool


class _Said(BaseModel):
    """What the person wrote, with the page's id for it."""

    id: UUID
    output: str


class _Sent(BaseModel):
    message: _Said


class Chat:
    """The events of one application's pages; `register` hands them to Chainlit."""

    def __init__(self, application: "Application", texts: Texts) -> None:
        self._conversations = application.conversations
        self._tabs = Tabs(application.conversations, texts, {each: load_words(each) for each in Language})
        self._own_data = OwnDataPanel(application, self._tabs)
        self._texts = texts
        self._turns: set[asyncio.Task[None]] = set()

    def register(self) -> None:
        """Make Chainlit call this chat; it has one set of callbacks for the whole process."""
        cl.on_window_message(fenced(self.begin))
        cl.on_chat_end(fenced(self.leave))
        for name, callback in (
            ("choose", self.choose),
            ("language", self.change_language),
            ("level", self.change_level),
            ("two_languages", self.show_two_languages),
            ("show_save", self.show_save),
            ("show_take_along", self.show_take_along),
            ("save", self.save),
            ("unsave", self.unsave),
            ("forget", self.forget),
            *self._own_data.callbacks().items(),
        ):
            cl.action_callback(name)(fenced(callback))
        # Chainlit's own handlers know a conversation by its tab alone, lose what is sent while there is
        # no connection, and say in English that something was stopped.
        sio.on("connection_successful", fenced(self.connect))
        sio.on("client_message", fenced(self.receive))
        sio.on("stop", fenced(self.stop))

    async def connect(self, sid: str) -> None:
        """Show a tab what it has missed, or ask which conversation it has."""
        await self._tabs.connect(WebsocketSession.require(sid))

    async def begin(self, message: object) -> None:
        """Show a tab the conversation that it says it has, or begin one."""
        try:
            begun = _Begin.model_validate(message)
        except ValidationError:
            return
        if begun.secret:
            await self._tabs.resume(this_tab(), begun.secret, is_shown=begun.shown)
        else:
            await self._tabs.begin(this_tab())

    async def leave(self) -> None:
        """Note that a tab has lost its connection or is emptied."""
        await self._tabs.leave(this_tab())

    async def receive(self, sid: str, sent: object) -> None:
        """Answer what the person wrote."""
        try:
            said = _Sent.model_validate(sent).message
        except ValidationError:
            return
        # What a tab sends before it is shown its conversation it sends once more afterwards.
        conversation = await self._tabs.current(WebsocketSession.require(sid))
        if conversation and str(said.id) not in conversation.page:
            self._take_turn(conversation, UserInput(message=said.output), said.output, str(said.id))

    async def choose(self, action: cl.Action) -> bool:
        """Answer a button; returns whether it was taken, else it may be pressed again."""
        conversation = await self._tabs.current(this_tab())
        choice_id = action.payload.get("choice_id")
        if conversation is None or not isinstance(choice_id, str):
            return False
        if said := _said(choice_id, conversation):
            is_taken = await self._press(conversation, UserInput(said, choice_id), said)
            if choice_id == TAKE_ALONG:
                await self.show_take_along(action)
            return is_taken
        # Only the page knows what this button says.
        if said := pages.said_by_card(choice_id, conversation.occupations, conversation.labels):
            return await self._press(conversation, UserInput(said, choice_id), said)
        await cl.context.emitter.send_toast(conversation.labels("failed.gone"))
        return False

    async def change_language(self, action: cl.Action) -> None:
        """Switch the conversation to the other language and say again where we are."""
        conversation = await self._tabs.current(this_tab())
        wanted = action.payload.get("language")
        if conversation is not None and wanted in list(Language):
            said = self._texts.say("switch.language", Language(wanted))
            await self._press(conversation, UserInput(choice_id=f"language:{wanted}"), said)

    async def change_level(self, action: cl.Action) -> None:
        """Say the last answer again in simpler or ordinary words, and later ones alike."""
        conversation = await self._tabs.current(this_tab())
        wanted = action.payload.get("level")
        if conversation is not None and wanted in list(Level):
            said = conversation.labels(f"access.{wanted}")
            await self._press(conversation, UserInput(choice_id=f"plain:{wanted}"), said)

    async def show_two_languages(self, action: cl.Action) -> None:
        """Show answers in both languages, line by line, or in one."""
        conversation = await self._tabs.current(this_tab())
        wanted = action.payload.get("wanted")
        if conversation is None or not isinstance(wanted, bool):
            return
        if conversation.kept.turn.locked():
            await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
            return
        async with conversation.kept.turn:
            await show_both_languages(conversation, wanted)

    async def show_save(self, action: cl.Action) -> None:
        """Show in the side panel what saving means, or until when the conversation is saved."""
        if conversation := await self._tabs.current(this_tab()):
            labels = conversation.labels
            props = saving.save_props(conversation.kept.saved_until, _SAVED_DAYS, labels)
            await open_side_panel(labels("save.title"), to_page.element("Save", props))

    async def show_take_along(self, action: cl.Action) -> None:
        """Show in the side panel in which formats the person can take their data along."""
        if conversation := await self._tabs.current(this_tab()):
            labels = conversation.labels
            props = take_along.take_along_props(conversation.session.profile, labels)
            await open_side_panel(labels("take.title"), to_page.element("TakeAlong", props))

    async def save(self, action: cl.Action) -> str:
        """Save the conversation, which the person has agreed to; returns until when, in words, if it is."""
        conversation = await self._tabs.current(this_tab())
        days = action.payload.get("days")
        if conversation is None or days not in _SAVED_DAYS:
            return ""
        try:
            until = await self._conversations.save(conversation.kept, days)
        except StoreUnavailable as error:
            logger.error("a conversation was not saved: %s", error)
            return ""
        await self._tabs.tell_state(conversation)
        return saving.saved_until(until, conversation.labels)

    async def unsave(self, action: cl.Action) -> bool:
        """Delete what was saved; the conversation goes on in memory. Returns whether that was done."""
        if not (conversation := await self._tabs.current(this_tab())):
            return False
        try:
            await self._conversations.unsave(conversation.kept)
        except StoreUnavailable as error:
            logger.error("a conversation is still saved: %s", error)
            return False
        await self._tabs.tell_state(conversation)
        return True

    async def forget(self, action: cl.Action) -> bool:
        """Remove everything, and return whether that was done; the page then starts a new conversation."""
        try:
            await self._tabs.forget(this_tab())
        except StoreUnavailable as error:
            logger.error("a conversation was not forgotten: %s", error)
            return False
        return True

    async def stop(self, sid: str) -> None:
        """Stop the answer that is being written."""
        conversation = self._tabs.shown_in(WebsocketSession.require(sid))
        if conversation and conversation.kept.running:
            conversation.kept.running.cancel()
            await conversation.page.show_step(to_page.answer_step(conversation.labels("page.stopped")))

    async def _press(self, conversation: Conversation, user_input: UserInput, said: str) -> bool:
        """Take the turn of a button, which stands for the answer that was last when it was pressed.

        Returns:
            Whether it was taken; it is not while something else is answered.
        """
        if conversation.kept.turn.locked():
            await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
            return False
        self._take_turn(conversation, user_input, said, to_page.new_id())
        return True

    def _take_turn(self, conversation: Conversation, user_input: UserInput, said: str, step_id: str) -> None:
        """Play a turn; it does not end with the request or the connection that it came by."""

        async def turn() -> None:
            await play_turn(conversation, user_input, said, step_id)
            await self._conversations.keep(conversation.kept)
            await self._tabs.tell_state(conversation)

        task = asyncio.create_task(turn())
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)


def _said(choice_id: str, conversation: Conversation) -> str:
    """What a click says in the person's place; empty when that was not offered."""
    if choice_id.startswith(pieces.KEEP_PREFIX) and any(map(pieces.is_piece, conversation.offered)):
        return pieces.kept_pieces(choice_id, conversation.labels)
    if choice_id.startswith(cards.KEEP_PREFIX):
        return cards.kept_skills(choice_id, conversation.offered, conversation.labels)
    return next((c.label for c in conversation.offered if c.choice_id == choice_id), "")
