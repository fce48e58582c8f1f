"""How the parts of an answer reach the page: text, cards, buttons, sources, tool steps, the bar."""

# Several of Chainlit's methods have no return type.
# mypy: disable-error-code="no-untyped-call"

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import chainlit as cl

from assistant.domain.conversation import AnswerEvent, Choice, Phase
from assistant.domain.path import Path
from assistant.errors import GuidanceError
from assistant.prompts import Texts
from assistant.ui import cards, overview, pages
from assistant.ui.cards import Labels, Props
from assistant.ui.laid_out import ANSWERABLE, Elements, elements_in_both, elements_of

if TYPE_CHECKING:
    from assistant.agent.session import Session

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Conversation:
    """One open tab: its session, and what of the page changes as it goes on."""

    session: "Session"
    texts: Texts
    bar: cl.CustomElement
    phase: Phase = Phase.WELCOME
    paths: tuple[tuple[Path, str], ...] = ()
    occupations: dict[str, str] = field(default_factory=dict)
    offered: tuple[Choice, ...] = ()
    answerable: list[cl.CustomElement] = field(default_factory=list)
    both_languages: bool = False
    shown: "ShownAnswer | None" = None
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

    async def refresh_bar(self) -> None:
        """Bring steps, profile and language up to date, in place."""
        self.bar.props = {
            **overview.overview_props(self.phase, self.session.profile, self.labels),
            "both": self.both_languages,
        }
        await self.bar.update()


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """The answer that stands last on the page, and the elements that it was laid out in, by name."""

    answer: AnswerEvent
    elements: dict[str, cl.CustomElement]


async def show_step(name: str, labels: Labels, shown: set[str]) -> None:
    """Show a tool in plain words, once a turn; tools without a text are housekeeping."""
    key = f"tool.{name}"
    if name in shown or key not in labels.texts.keys(labels.language):
        return
    shown.add(name)
    async with cl.Step(name=labels(key), type="tool", icon="search", show_input=False):
        pass


async def show_answer(
    conversation: Conversation,
    answer: AnswerEvent,
    message: cl.Message,
    before: list[cl.CustomElement] | None = None,
) -> None:
    """Show an answer with all that belongs to it, and bring the overview up to date."""
    answer = cards.without_repeated_paths(answer, conversation.paths)
    conversation.paths = cards.path_names(answer) or conversation.paths
    elements = await _elements(conversation, answer)
    laid_out = {name: make_element(name, props) for name, props in elements.items()}
    message.content = cards.answer_markdown(answer)
    shown = [*(before or []), *laid_out.values()]
    message.elements = shown  # type: ignore[assignment]  # Chainlit types it by a free type variable
    conversation.shown = ShownAnswer(answer, laid_out)
    conversation.answerable = [laid_out[name] for name in ANSWERABLE if name in laid_out]
    conversation.offered = answer.choices
    # The buttons of a card hold as long as it is on the page.
    conversation.occupations |= pages.card_names(answer)
    # The bar shows how far the interview has come; a detail asked later does not set it back.
    conversation.phase = max(conversation.phase, answer.phase, key=lambda phase: phase.order)
    await (message.update() if message.streaming else message.send())
    if conversation.bar not in shown:
        await conversation.refresh_bar()


async def show_both_languages(conversation: Conversation, wanted: bool) -> None:
    """Show the last answer with the other language under each line, or without it; later ones alike."""
    conversation.both_languages = wanted
    if shown := conversation.shown:
        for name, props in (await _elements(conversation, shown.answer)).items():
            if element := shown.elements.get(name):
                element.props = props
                await element.update()
    await conversation.refresh_bar()


async def _elements(conversation: Conversation, answer: AnswerEvent) -> Elements:
    if not conversation.both_languages:
        return elements_of(answer, conversation.texts)
    session, language = conversation.session, answer.language.other
    try:
        other = await session.retell(len(session.turns) - 1, language)
    except GuidanceError as error:
        logger.warning("an answer could not be told in %s: %s", language, type(error).__name__)
        return elements_of(answer, conversation.texts, "access.both_failed")
    return elements_in_both(answer, other, conversation.texts)


def make_element(name: str, props: Props) -> cl.CustomElement:
    """An element that `public/elements/<name>.jsx` lays out."""
    # With an address of its own, Chainlit does not write the props (the profile!) to disk in `.files`.
    return cl.CustomElement(name=name, props=props, url=f"/public/elements/{name}.jsx")


async def open_side_panel(title: str, element: cl.CustomElement) -> None:
    """Show an element beside the conversation; on a phone, over it."""
    # Not `ElementSidebar.set_elements`: it adds the element to the message list first, and the page
    # closes the panel whenever that list changes.
    emit = cl.context.emitter.emit
    await emit("set_sidebar_title", title)
    await emit("set_sidebar_elements", {"elements": [element.to_dict()], "key": element.id})
