"""Which lines of an answer say again what the cards and buttons under it show."""

import re
from dataclasses import dataclass

from assistant.domain.cards import ComparisonCard, OccupationCard, PathCard, PlanCard
from assistant.domain.conversation import AnswerEvent

_LISTED = re.compile(r"^\s*(?:\d+\.|-)\s+")
_NO_WORDS = re.compile(r"\[\d{1,3}\]|[\W_]+")
_PART_END = re.compile(r"(?<=[.!?:])\s+|\s+–\s+|\s*\[\d{1,3}\]\s*|\*\*")


@dataclass(frozen=True, slots=True)
class ShownBelow:
    """What stands under an answer: `line in shown` tells whether a line is there already.

    Attributes:
        buttons: What the buttons say.
        paths: Names of the paths; a line that begins with one in bold is its card's.
        words: All words on the other cards, folded, a blank between any two and at both ends.
    """

    buttons: frozenset[str]
    paths: tuple[str, ...]
    words: str

    @classmethod
    def of(cls, answer: AnswerEvent) -> "ShownBelow":
        """What the page shows under an answer."""
        texts: list[str] = []
        for card in (answer.occupation, answer.comparison, answer.plan):
            texts += _texts(card) if card else []
        return cls(
            frozenset(choice.label for choice in answer.choices),
            tuple(_name_in_bold(card) for card in answer.paths),
            f" {' | '.join(_folded(text) for text in texts)} ",
        )

    def __contains__(self, line: str) -> bool:
        said = _LISTED.sub("", line)
        if said in self.buttons or (self.paths and said.startswith(self.paths)):
            return True
        parts = [folded for part in _PART_END.split(said) if (folded := _folded(part))]
        return bool(parts) and all(f" {part} " in self.words for part in parts)


def _name_in_bold(card: PathCard) -> str:
    return f"**{card.label}**"


def _texts(card: OccupationCard | ComparisonCard | PlanCard) -> list[str]:
    match card:
        case OccupationCard():
            return [card.label, *(text for fact in card.facts for text in (fact.label, fact.text))]
        case ComparisonCard():
            return [*card.labels, *(text for row in card.rows for text in (row.label, *row.cells))]
        case PlanCard():
            steps = (text for s in card.steps for text in (s.title, s.text, s.first_action, s.time))
            return [*steps, *card.conditions, card.total]


def _folded(text: str) -> str:
    return _NO_WORDS.sub(" ", text).strip().casefold()
