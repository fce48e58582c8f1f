"""The elements that an answer is laid out in, in order, in one language or in both; pure functions."""

from dataclasses import replace

from assistant.domain.conversation import AnswerEvent, Choice
from assistant.prompts import Texts
from assistant.ui import cards, pages
from assistant.ui.cards import Labels, Props
from assistant.ui.hard_words import Words, with_hard_words
from assistant.ui.pieces import is_piece, pieces_props
from assistant.ui.two_languages import pairs, with_sources_of_both

# The elements that are taken away when an answer has been given.
ANSWERABLE = ("Pieces", "SkillPicker", "Choices")

Elements = dict[str, Props]


def elements_of(answer: AnswerEvent, texts: Texts, words: Words, note: str = "") -> Elements:
    """The elements of an answer by name: its text, its cards, what is said after them, buttons, sources.

    Args:
        answer: The answer.
        texts: The texts of the page.
        words: What hard words mean.
        note: Key of a text that is shown under the answer.
    """
    elements = _elements(answer, Labels(texts, answer.language), note)
    return with_hard_words(elements, words[answer.language])


def _elements(answer: AnswerEvent, labels: Labels, note: str = "") -> Elements:
    elements = {"Told": {**cards.told_props(answer, labels), "note": labels(note) if note else ""}}
    elements |= _cards(answer, labels)
    if choices := pages.beside_cards(answer):
        elements |= _answerable(_not_told_twice(choices, answer.text), labels)
    if answer.citations:
        elements["Sources"] = cards.sources_props(answer, labels)
    return elements


def _not_told_twice(choices: tuple[Choice, ...], told: str) -> tuple[Choice, ...]:
    """The choices without their explanation where the answer has told of them already, by their name."""
    return tuple(
        replace(choice, explanation="") if f"**{choice.label}**" in told else choice for choice in choices
    )


def _answerable(choices: tuple[Choice, ...], labels: Labels) -> Elements:
    if any(map(is_piece, choices)):
        return {"Pieces": pieces_props(choices, labels)}
    if any(map(cards.is_skill, choices)):
        return {"SkillPicker": cards.skills_props(choices, labels)}
    return {"Choices": cards.choices_props(choices, labels)}


def _cards(answer: AnswerEvent, labels: Labels) -> Elements:
    """The cards of an answer, those that were asked for before the paths, and what is said after them."""
    elements: Elements = {}
    if answer.plan:
        elements["Plan"] = pages.plan_props(answer.plan, answer, labels)
    if answer.comparison:
        elements["Comparison"] = pages.comparison_props(answer.comparison, answer, labels)
    if answer.occupation:
        elements["OccupationPage"] = pages.occupation_props(answer.occupation, answer, labels)
    if answer.paths:
        elements["PathCards"] = pages.paths_props(answer, labels)
    closing = cards.closing_props(answer)
    if closing["text"]:
        elements["Closing"] = closing
    return elements


def elements_in_both(answer: AnswerEvent, other: AnswerEvent, texts: Texts, words: Words) -> Elements:
    """The elements of an answer, with what stands under each line in the other language.

    Args:
        answer: The answer in the language of the conversation.
        other: The same turn told in the other language.
        texts: The texts of the page.
        words: What hard words mean.
    """
    answer, other, renumbered = with_sources_of_both(answer, other)
    elements = elements_of(answer, texts, words)
    beside = _elements(other, Labels(texts, other.language))
    if "Closing" not in elements and "Closing" in beside:
        # The other telling is cut in two at another line; nothing of it may be lost.
        beside["Told"] |= {"text": other.text}
    for name, props in elements.items():
        if name != "Sources":  # they are quoted, each in its own language
            texts_beside = pairs(props, beside.get(name, {}), renumbered)
            props["pairs"] = {"language": other.language.value, "texts": texts_beside}
    return elements
