"""The chat: Chainlit's callbacks for one application. What an answer holds is laid out in `cards.py`."""

# Several of Chainlit's methods have no return type.
# mypy: disable-error-code="no-untyped-call"

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.server import sio

from assistant.domain.conversation import (
    AnswerEvent,
    Choice,
    ErrorEvent,
    Phase,
    TokenEvent,
    ToolEvent,
    UserInput,
)
from assistant.domain.language import Language
from assistant.domain.path import Path
from assistant.prompts import Texts
from assistant.ui import cards
from assistant.ui.cards import Labels, Props

if TYPE_CHECKING:
    from assistant.agent.session import Session
    from assistant.build import Application

logger = logging.getLogger(__name__)

_KEY = "conversation"
# What these bring is shown as cards and boxes; while it is written as text it would only flash by.
_LAID_OUT = frozenset({"suggest_paths", "list_skills"})


@dataclass(slots=True)
class Conversation:
    """One open tab: its session, and what of the page changes as it goes on."""

    session: "Session"
    texts: Texts
    overview: cl.CustomElement
    phase: Phase = Phase.WELCOME
    paths: tuple[tuple[Path, str], ...] = ()
    offered: tuple[Choice, ...] = ()
    answerable: list[cl.CustomElement] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def labels(self) -> Labels:
        """The page's texts in the language that the conversation is in now."""
        return Labels(self.texts, self.session.language)

    async def withdraw_choices(self) -> None:
        """Take away the buttons of the last answer."""
        self.offered = ()
        while self.answerable:
            await self.answerable.pop().remove()

    async def refresh_overview(self) -> None:
        """Bring steps, profile and language up to date, in place."""
        self.overview.props = cards.overview_props(self.phase, self.session.profile, self.labels)
        await self.overview.update()


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
        overview = _element("Overview", {})
        conversation = Conversation(session, self._texts, overview)
        cl.user_session.set(_KEY, conversation)
        welcome = session.welcome()
        overview.props = cards.overview_props(welcome.phase, welcome.profile, conversation.labels)
        await _show(conversation, welcome, cl.Message(content=""), [overview])

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

    async def change_language(self, action: cl.Action) -> None:
        """Switch the conversation to the other language and say again where we are."""
        conversation = _current()
        wanted = action.payload.get("language")
        if conversation is not None and wanted in list(Language):
            said = self._texts.say("switch.language", Language(wanted))
            await self._take_turn(conversation, UserInput(choice_id=f"language:{wanted}"), said)

    async def show_data(self, action: cl.Action) -> None:
        """Show everything that is held about the person in the side panel."""
        if conversation := _current():
            labels = conversation.labels
            element = _element("MyData", cards.data_props(conversation.session.held_data(), labels))
            await _open_side_panel(labels("data.title"), element)

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
        from chainlit.context import init_ws_context

        session = init_ws_context(sid).session
        if session.current_task:
            session.current_task.cancel()
        if conversation := cl.user_session.get(_KEY):
            await cl.Message(content=conversation.labels("page.stopped")).send()

    async def _take_turn(self, conversation: Conversation, user_input: UserInput, said: str = "") -> None:
        """Play one turn; `said` is what a click says in the person's place."""
        async with _one_at_a_time(conversation) as free:
            if not free:
                return
            await conversation.withdraw_choices()
            if not said:
                await _play(conversation, user_input)
                return
            # Under this name Chainlit shows a run as it shows the answer to a message.
            async with cl.Step(name="on_message", type="run"):
                await cl.Message(content=said, type="user_message", author="User").send()
                await _play(conversation, user_input)


@asynccontextmanager
async def _one_at_a_time(conversation: Conversation) -> AsyncIterator[bool]:
    """Guard a turn; False when another one is still going on, and the person is told so."""
    if conversation.turn.locked():
        await cl.context.emitter.send_toast(conversation.labels("failed.busy"))
        yield False
        return
    async with conversation.turn:
        cl.context.session.current_task = asyncio.current_task()
        await cl.context.emitter.task_start()
        try:
            yield True
        # The last fence before the person: whatever went wrong, they get a sentence and go on.
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
                    await _show_step(event.name, conversation.labels, steps)
                case AnswerEvent():
                    await _show(conversation, event, message)
                case ErrorEvent():
                    await cl.ErrorMessage(content=event.message).send()
    finally:
        if message.streaming:
            await message.update()


async def _show_step(name: str, labels: Labels, shown: set[str]) -> None:
    """Show a tool in plain words, once a turn; tools without a text are housekeeping."""
    key = f"tool.{name}"
    if name in shown or key not in labels.texts.keys(labels.language):
        return
    shown.add(name)
    async with cl.Step(name=labels(key), type="tool", icon="search", show_input=False):
        pass


async def _show(
    conversation: Conversation,
    answer: AnswerEvent,
    message: cl.Message,
    elements: list[cl.CustomElement] | None = None,
) -> None:
    """Show an answer with all that belongs to it, and bring the overview up to date."""
    labels = Labels(conversation.texts, answer.language)
    answer = cards.without_repeated_paths(answer, conversation.paths)
    conversation.paths = cards.path_names(answer) or conversation.paths
    answerable = _answerable(answer, labels)
    message.content = cards.answer_markdown(answer)
    shown = [*(elements or []), *_paths(answer, labels), *answerable, *_sources(answer, labels)]
    message.elements = shown  # type: ignore[assignment]  # Chainlit types it by a free type variable
    conversation.answerable = answerable
    conversation.offered = answer.choices
    conversation.phase = answer.phase
    await (message.update() if message.streaming else message.send())
    if conversation.overview not in shown:
        await conversation.refresh_overview()


def _paths(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    return [_element("PathCards", cards.paths_props(answer, labels))] if answer.paths else []


def _sources(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    return [_element("Sources", cards.sources_props(answer, labels))] if answer.citations else []


def _answerable(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    if not answer.choices:
        return []
    name = "SkillPicker" if any(map(cards.is_skill, answer.choices)) else "Choices"
    return [_element(name, cards.choices_props(answer.choices, labels))]


def _element(name: str, props: Props) -> cl.CustomElement:
    # With an address of its own, Chainlit does not write the props (the profile!) to disk in `.files`.
    return cl.CustomElement(name=name, props=props, url=f"/public/elements/{name}.jsx")


def _said(choice_id: str, conversation: Conversation) -> str:
    """What a click says in the person's place; empty when that was not offered."""
    if choice_id.startswith(cards.KEEP_PREFIX):
        return cards.kept_skills(choice_id, conversation.offered, conversation.labels)
    return next((c.label for c in conversation.offered if c.choice_id == choice_id), "")


def _current() -> Conversation | None:
    """The conversation of this tab; None when it has been forgotten."""
    conversation: Conversation | None = cl.user_session.get(_KEY)
    return conversation


async def _open_side_panel(title: str, element: cl.CustomElement) -> None:
    # Not `ElementSidebar.set_elements`: it adds the element to the message list first, and the page
    # closes the panel whenever that list changes.
    emit = cl.context.emitter.emit
    await emit("set_sidebar_title", title)
    await emit("set_sidebar_elements", {"elements": [element.to_dict()], "key": element.id})
