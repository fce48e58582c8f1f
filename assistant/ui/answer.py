"""How the parts of a conversation reach the page: what was said, text, cards, buttons, sources, the bar."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.element import ElementDict
from chainlit.step import StepDict

from assistant.domain.conversation import AnswerEvent, Choice, Phase, ToldTurn
from assistant.domain.path import Path
from assistant.prompts import Texts
from assistant.ui import cards, overview, pages, wire
from assistant.ui.cards import Labels, Props
from assistant.ui.pieces import is_piece, pieces_props, upload_props
from assistant.ui.shared_page import SharedPage

if TYPE_CHECKING:
    from assistant.agent.session import Session
    from assistant.keeping.conversations import Kept


@dataclass(slots=True, eq=False, weakref_slot=True)
class Conversation:
    """One conversation as its tabs show it, and what of the page changes as it goes on."""

    kept: "Kept"
    texts: Texts
    page: SharedPage = field(default_factory=SharedPage)
    bar: ElementDict | None = None
    upload: ElementDict | None = None
    laid_out: tuple[ToldTurn, ...] = ()
    phase: Phase = Phase.WELCOME
    paths: tuple[tuple[Path, str], ...] = ()
    occupations: dict[str, str] = field(default_factory=dict)
    offered: tuple[Choice, ...] = ()
    answerable: list[ElementDict] = field(default_factory=list)

    @property
    def session(self) -> "Session":
        """The conversation itself."""
        return self.kept.session

    @property
    def labels(self) -> Labels:
        """The page's texts in the language that the conversation is in now."""
        return Labels(self.texts, self.session.language)

    async def withdraw_choices(self) -> None:
        """Take away the buttons of the last answer."""
        self.offered = ()
        while self.answerable:
            await self.page.remove_element(self.answerable.pop())

    async def refresh_bar(self) -> None:
        """Bring steps, profile, and the language of what stays on the page up to date, in place."""
        if self.bar:
            self.bar["props"] = overview.overview_props(self.phase, self.session.profile, self.labels)
            await self.page.show_element(self.bar)
        if self.upload:
            self.upload["props"] = upload_props(self.labels)
            await self.page.show_element(self.upload)

    async def catch_up(self) -> None:
        """Lay out what the page does not show yet; all anew when something that it shows was changed."""
        if self.kept.turn.locked():  # what is being answered is shown as it comes
            return
        async with self.kept.turn:
            turns = self.session.turns
            is_changed = turns[: len(self.laid_out)] != self.laid_out
            if is_changed:
                self._empty()
            for turn in turns[len(self.laid_out) :]:
                await _show_turn(self, turn)
            self.laid_out = turns
        if is_changed:
            for tab in self.page.tabs:
                await self.page.open_in(tab)

    def _empty(self) -> None:
        self.page.clear()
        self.bar, self.upload, self.laid_out = None, None, ()
        self.phase, self.paths = Phase.WELCOME, ()
        self.occupations, self.offered, self.answerable = {}, (), []


async def _show_turn(conversation: Conversation, turn: ToldTurn) -> None:
    """Show a turn that was played before."""
    run_id = ""
    if turn.message_id:
        run = await show_said(conversation, turn.said, wire.new_id())
        await conversation.page.end_run(run)
        run_id = run["id"]
    await show_answer(conversation, turn.answer, wire.answer_step("", run_id))


async def show_said(conversation: Conversation, said: str, step_id: str) -> StepDict:
    """Show what the person said, without the buttons that it answers; returns the run of the answer."""
    await conversation.withdraw_choices()
    await conversation.page.show_step(wire.said_step(said, step_id))
    run = wire.run_step(step_id)
    await conversation.page.show_step(run)
    return run


async def show_tool(conversation: Conversation, name: str, run: StepDict, shown: set[str]) -> None:
    """Show a tool in plain words, once a turn; tools without a text are housekeeping."""
    labels = conversation.labels
    key = f"tool.{name}"
    if name in shown or key not in labels.texts.keys(labels.language):
        return
    shown.add(name)
    await conversation.page.show_step(wire.tool_step(labels(key), run["id"]))


async def show_answer(conversation: Conversation, answer: AnswerEvent, step: StepDict) -> None:
    """Show an answer with all that belongs to it, and bring the overview up to date."""
    labels = Labels(conversation.texts, answer.language)
    answer = cards.without_repeated_paths(answer, conversation.paths)
    conversation.paths = cards.path_names(answer) or conversation.paths
    answerable = _answerable(answer, labels)
    conversation.answerable = answerable
    conversation.offered = answer.choices
    # The buttons of a card hold as long as it is on the page.
    conversation.occupations |= pages.card_names(answer)
    # The bar shows how far the interview has come; a detail asked later does not set it back.
    conversation.phase = max(conversation.phase, answer.phase, key=lambda phase: phase.order)
    page = conversation.page
    step["output"], step["streaming"] = cards.answer_markdown(answer), False
    await page.show_step(step)
    if conversation.bar is None:
        conversation.bar = wire.element("Overview", {}, step["id"])
        await page.show_element(wire.element("Connection", {}, step["id"]))
        conversation.upload = wire.element("Upload", {}, step["id"])
    await conversation.refresh_bar()
    for each in (*_pages(answer, labels), *answerable, *_sources(answer, labels)):
        each["forId"] = step["id"]
        await page.show_element(each)


def _pages(answer: AnswerEvent, labels: Labels) -> list[ElementDict]:
    """The cards of an answer, those that were asked for before the paths, and what is said after them."""
    props: list[tuple[str, Props]] = []
    if answer.plan:
        props.append(("Plan", pages.plan_props(answer.plan, answer, labels)))
    if answer.comparison:
        props.append(("Comparison", pages.comparison_props(answer.comparison, answer, labels)))
    if answer.occupation:
        props.append(("OccupationPage", pages.occupation_props(answer.occupation, answer, labels)))
    if answer.paths:
        props.append(("PathCards", pages.paths_props(answer, labels)))
    closing = cards.closing_props(answer)
    if closing["text"]:
        props.append(("Closing", closing))
    return [wire.element(name, each) for name, each in props]


def _sources(answer: AnswerEvent, labels: Labels) -> list[ElementDict]:
    return [wire.element("Sources", cards.sources_props(answer, labels))] if answer.citations else []


def _answerable(answer: AnswerEvent, labels: Labels) -> list[ElementDict]:
    choices = pages.beside_cards(answer)
    if not choices:
        return []
    if any(map(is_piece, choices)):
        return [wire.element("Pieces", pieces_props(choices, labels))]
    name = "SkillPicker" if any(map(cards.is_skill, choices)) else "Choices"
    return [wire.element(name, cards.choices_props(choices, labels))]


async def open_side_panel(title: str, element: ElementDict) -> None:
    """Show an element beside the conversation, in this tab; on a phone, over it."""
    # Not `ElementSidebar.set_elements`: it adds the element to the message list first, and the page
    # closes the panel whenever that list changes.
    emit = cl.context.emitter.emit
    await emit("set_sidebar_title", title)
    await emit("set_sidebar_elements", {"elements": [element], "key": element["id"]})
