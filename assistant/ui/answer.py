"""How the parts of an answer reach the page: text, cards, buttons, sources, tool steps, the bar."""

# Several of Chainlit's methods have no return type.
# mypy: disable-error-code="no-untyped-call"

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import chainlit as cl

from assistant.domain.conversation import AnswerEvent, Choice, Phase
from assistant.domain.path import Path
from assistant.prompts import Texts
from assistant.ui import cards, overview, pages
from assistant.ui.cards import Labels, Props

if TYPE_CHECKING:
    from assistant.agent.session import Session


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
        self.bar.props = overview.overview_props(self.phase, self.session.profile, self.labels)
        await self.bar.update()


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
    elements: list[cl.CustomElement] | None = None,
) -> None:
    """Show an answer with all that belongs to it, and bring the overview up to date."""
    labels = Labels(conversation.texts, answer.language)
    answer = cards.without_repeated_paths(answer, conversation.paths)
    conversation.paths = cards.path_names(answer) or conversation.paths
    answerable = _answerable(answer, labels)
    message.content = cards.answer_markdown(answer)
    shown = [*(elements or []), *_pages(answer, labels), *answerable, *_sources(answer, labels)]
    message.elements = shown  # type: ignore[assignment]  # Chainlit types it by a free type variable
    conversation.answerable = answerable
    conversation.offered = answer.choices
    # The buttons of a card hold as long as it is on the page.
    conversation.occupations |= pages.card_names(answer)
    # The bar shows how far the interview has come; a detail asked later does not set it back.
    conversation.phase = max(conversation.phase, answer.phase, key=lambda phase: phase.order)
    await (message.update() if message.streaming else message.send())
    if conversation.bar not in shown:
        await conversation.refresh_bar()


def _pages(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    """The cards of an answer, those that were asked for before the paths."""
    props: list[tuple[str, Props]] = []
    if answer.plan:
        props.append(("Plan", pages.plan_props(answer.plan, answer, labels)))
    if answer.comparison:
        props.append(("Comparison", pages.comparison_props(answer.comparison, answer, labels)))
    if answer.occupation:
        props.append(("OccupationPage", pages.occupation_props(answer.occupation, answer, labels)))
    if answer.paths:
        props.append(("PathCards", pages.paths_props(answer, labels)))
    return [make_element(name, each) for name, each in props]


def _sources(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    return [make_element("Sources", cards.sources_props(answer, labels))] if answer.citations else []


def _answerable(answer: AnswerEvent, labels: Labels) -> list[cl.CustomElement]:
    choices = pages.beside_cards(answer)
    if not choices:
        return []
    name = "SkillPicker" if any(map(cards.is_skill, choices)) else "Choices"
    return [make_element(name, cards.choices_props(choices, labels))]


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
