"""Which lines of an answer say again what the cards and buttons under it show."""

import re
from dataclasses import dataclass

from assistant.domain.cards import ComparisonCard, OccupationCard, PathCard, PlanCard
from assistant.domain.conversation import AnswerEvent

_LISTED = re.compile(r"^\s*(?:\d+\.|-)\s+")
_NO_WORDS = re.compile(r"\s*\[\d{1,3}\]|[\W_]+")
_PART_END = re.compile(r"(?<=[.!?:])\s+|\s+–\s+|\s*\[\d{1,3}\]\s*|\*\*")


@dataclass(frozen=True, slots=True)
class ShownBelow:
    """What stands under an answer.

    Attributes:
        buttons: What the buttons say.
        boxes: What pieces of a CV say on a line, folded, and their headings.
        paths: Names of the paths; a line that begins with one in bold is its card's.
        words: All words on the other cards, folded, a blank between any two and at both ends.
    """

    buttons: frozenset[str]
    boxes: frozenset[str]
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
            frozenset(
                _folded(text)
                for choice in answer.choices
                if choice.group
                for text in (f"{choice.label}: {choice.explanation}", choice.group)
            ),
            tuple(_name_in_bold(card) for card in answer.paths),
            f" {' | '.join(_folded(text) for text in texts)} ",
        )

    def is_on_button(self, line: str) -> bool:
        """Whether a line is what a button says."""
        said = _LISTED.sub("", line)
        return said in self.buttons or _folded(said) in self.boxes

    def is_on_card(self, line: str) -> bool:
        """Whether all that a line says stands on a card."""
        said = _LISTED.sub("", line)
        if self.paths and said.startswith(self.paths):
            return True
        parts = [part.strip() for part in _PART_END.split(said) if _folded(part)]
        # A line may lead over with words of its own, such as "Begin like this:".
        claims = [part for part in parts if not part.endswith(":")] or parts
        return bool(claims) and all(f" {_folded(claim)} " in self.words for claim in claims)


def around_cards(answer: AnswerEvent) -> tuple[str, str]:
    """What is said above the cards and buttons of an answer, and what below the cards.

    What follows the last line that a card repeats, such as the next question, belongs below the cards.
    """
    shown = ShownBelow.of(answer)
    lines = [line for line in answer.text.split("\n") if not shown.is_on_button(line)]
    on_card = [shown.is_on_card(line) for line in lines]
    end = len(lines) - on_card[::-1].index(True) if any(on_card) else len(lines)
    above = [line for line, is_repeated in zip(lines[:end], on_card, strict=False) if not is_repeated]
    return "\n".join(above).strip(), "\n".join(lines[end:]).strip()


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
            return [card.label, *steps, *card.conditions, card.total]


def _folded(text: str) -> str:
    return _NO_WORDS.sub(" ", text).strip().casefold()
