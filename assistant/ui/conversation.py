"""How the parts of a conversation reach the page: what was said, text, cards, buttons, sources, the bar."""

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.element import ElementDict
from chainlit.step import StepDict

from assistant.domain.conversation import AnswerEvent, Choice, Phase, ToldTurn
from assistant.domain.language import Level
from assistant.domain.path import Path
from assistant.errors import GuidanceError
from assistant.prompts import Texts
from assistant.ui import cards, overview, pages, to_page
from assistant.ui.cards import Labels
from assistant.ui.hard_words import Words
from assistant.ui.laid_out import ANSWERABLE, Elements, elements_in_both, elements_of
from assistant.ui.pieces import upload_props
from assistant.ui.shared_page import SharedPage

if TYPE_CHECKING:
    from assistant.agent.session import Session
    from assistant.keeping.conversations import Kept

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False, weakref_slot=True)
class Conversation:
    """One conversation as its tabs show it, and what of the page changes as it goes on."""

    kept: "Kept"
    texts: Texts
    words: Words
    page: SharedPage = field(default_factory=SharedPage)
    bar: ElementDict | None = None
    upload: ElementDict | None = None
    laid_out: tuple[ToldTurn, ...] = ()
    phase: Phase = Phase.WELCOME
    paths: tuple[tuple[Path, str], ...] = ()
    occupations: dict[str, str] = field(default_factory=dict)
    offered: tuple[Choice, ...] = ()
    answerable: list[ElementDict] = field(default_factory=list)
    both_languages: bool = False
    shown: "ShownAnswer | None" = None

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
            props = overview.overview_props(self.phase, self.session.profile, self.labels)
            is_simple = self.session.level is Level.SIMPLE
            self.bar["props"] = {**props, "both": self.both_languages, "simple": is_simple}
            await self.page.show_element(self.bar)
        if self.upload:
            self.upload["props"] = upload_props(self.labels)
            await self.page.show_element(self.upload)

    async def catch_up(self) -> None:
        """Lay out what the page does not show yet, unless it is shown as it comes."""
        if self.kept.turn.locked():  # what is being answered is shown as it comes
            return
        async with self.kept.turn:
            await self.lay_out_new()

    async def lay_out_new(self) -> None:
        """Lay out what the page does not show yet; all anew when something that it shows was changed.

        Whoever calls this holds the turn.
        """
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


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """The answer that stands last on the page, and the elements that it is laid out in, by name."""

    answer: AnswerEvent
    elements: dict[str, ElementDict]


async def _show_turn(conversation: Conversation, turn: ToldTurn) -> None:
    """Show a turn that was played before."""
    run_id = ""
    if turn.message_id:
        run = await show_said(conversation, turn.said, to_page.new_id())
        await conversation.page.end_run(run)
        run_id = run["id"]
    await show_answer(conversation, turn.answer, to_page.answer_step("", run_id))


async def show_said(conversation: Conversation, said: str, step_id: str) -> StepDict:
    """Show what the person said, without the buttons that it answers; returns the run of the answer."""
    await conversation.withdraw_choices()
    await conversation.page.show_step(to_page.said_step(said, step_id))
    run = to_page.run_step(step_id)
    await conversation.page.show_step(run)
    return run


async def show_tool(conversation: Conversation, name: str, run: StepDict, shown: set[str]) -> None:
    """Show a tool in plain words, once a turn; tools without a text are housekeeping."""
    labels = conversation.labels
    key = f"tool.{name}"
    if name in shown or key not in labels.texts.keys(labels.language):
        return
    shown.add(name)
    await conversation.page.show_step(to_page.tool_step(labels(key), run["id"]))


async def show_answer(conversation: Conversation, answer: AnswerEvent, step: StepDict) -> None:
    """Show an answer with all that belongs to it, and bring the overview up to date."""
    # Of those that were said before, only the last is told in both languages.
    in_both = conversation.both_languages and answer is conversation.session.turns[-1].answer
    answer = cards.without_repeated_paths(answer, conversation.paths)
    conversation.paths = cards.path_names(answer) or conversation.paths
    elements = await _elements(conversation, answer, in_both=in_both)
    laid_out = {name: to_page.element(name, props, step["id"]) for name, props in elements.items()}
    conversation.shown = ShownAnswer(answer, laid_out)
    conversation.answerable = [laid_out[name] for name in ANSWERABLE if name in laid_out]
    conversation.offered = answer.choices
    # The buttons of a card hold as long as it is on the page.
    conversation.occupations |= pages.card_names(answer)
    # The bar shows how far the interview has come; a detail asked later does not set it back.
    conversation.phase = max(conversation.phase, answer.phase, key=lambda phase: phase.order)
    page = conversation.page
    step["output"], step["streaming"] = cards.told_markdown(str(elements["Told"]["text"]), answer), False
    await page.show_step(step)
    if conversation.bar is None:
        conversation.bar = to_page.element("Overview", {}, step["id"])
        await page.show_element(to_page.element("Connection", {}, step["id"]))
        conversation.upload = to_page.element("Upload", {}, step["id"])
    await conversation.refresh_bar()
    for element in laid_out.values():
        await page.show_element(element)


async def show_both_languages(conversation: Conversation, wanted: bool) -> None:
    """Show the last answer with the other language under each line, or without it; later ones alike."""
    conversation.both_languages = wanted
    if shown := conversation.shown:
        for name, props in (await _elements(conversation, shown.answer, in_both=wanted)).items():
            if element := shown.elements.get(name):
                element["props"] = props
                await conversation.page.show_element(element)
    await conversation.refresh_bar()


async def _elements(conversation: Conversation, answer: AnswerEvent, *, in_both: bool) -> Elements:
    """What the last answer is laid out in."""
    if not in_both:
        return elements_of(answer, conversation.texts, conversation.words)
    session, language = conversation.session, answer.language.other
    try:
        other = await session.retell(len(session.turns) - 1, language)
    except GuidanceError as error:
        logger.warning("an answer could not be told in %s: %s", language, type(error).__name__)
        return elements_of(answer, conversation.texts, conversation.words, "access.both_failed")
    return elements_in_both(answer, other, conversation.texts, conversation.words)


async def open_side_panel(title: str, element: ElementDict) -> None:
    """Show an element beside the conversation, in this tab; on a phone, over it."""
    # Not `ElementSidebar.set_elements`: it adds the element to the message list first, and the page
    # closes the panel whenever that list changes.
    emit = cl.context.emitter.emit
    await emit("set_sidebar_title", title)
    await emit("set_sidebar_elements", {"elements": [element], "key": element["id"]})
