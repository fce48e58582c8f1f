"""The cards of an answer: which results bring them, and their texts with numbered markers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from assistant.agent.citations import CitationCheck
from assistant.agent.results import (
    ComparedOccupations,
    ExploredOccupations,
    MadePlan,
    ShownOccupation,
    SuggestedPaths,
    ToolResult,
)
from assistant.domain.cards import (
    ComparedRow,
    ComparisonCard,
    Fact,
    OccupationCard,
    PathCard,
    PlanCard,
    PlanStepCard,
)

CardT = TypeVar("CardT", PathCard, OccupationCard, ComparisonCard, PlanCard)
ResultT = TypeVar("ResultT", bound=ToolResult)

# What of each card, and of the parts that it holds, is text.
_TEXTS: Mapping[type, tuple[str, ...]] = {
    PathCard: ("why", "gap", "how", "first_step"),
    OccupationCard: ("facts",),
    ComparisonCard: ("rows",),
    PlanCard: ("steps", "total"),
    Fact: ("text",),
    ComparedRow: ("cells",),
    PlanStepCard: ("text", "first_action", "time"),
}


# What was looked for stands beside the answer as what was suggested does.
_PATHS = (SuggestedPaths, ExploredOccupations)


@dataclass(frozen=True, slots=True)
class Shown:
    """The cards of one answer."""

    paths: tuple[PathCard, ...]
    occupation: OccupationCard | None
    comparison: ComparisonCard | None
    plan: PlanCard | None


def shown_cards(
    of_turn: Sequence[ToolResult], of_conversation: Sequence[ToolResult], check: CitationCheck
) -> Shown:
    """The cards that a turn brought last of each kind, and the paths found last in the conversation."""
    listed = [found.cards for found in of_conversation if isinstance(found, _PATHS) and found.cards]
    occupation = _last(of_turn, ShownOccupation)
    compared = _last(of_turn, ComparedOccupations)
    planned = _last(of_turn, MadePlan)
    return Shown(
        paths=tuple(with_markers(card, check) for card in listed[-1]) if listed else (),
        occupation=with_markers(occupation.card, check) if occupation and occupation.card else None,
        comparison=with_markers(compared.card, check) if compared and compared.card else None,
        plan=with_markers(planned.card, check) if planned and planned.card else None,
    )


def _last(results: Sequence[ToolResult], kind: type[ResultT]) -> ResultT | None:
    return next((result for result in reversed(results) if isinstance(result, kind)), None)


def with_markers(card: CardT, check: CitationCheck) -> CardT:
    """A card with numbered markers in its texts, and the markers of all its sources."""
    found = (check.marker(source_id) for source_id in card.source_ids)
    changes = {name: _numbered(getattr(card, name), check) for name in _TEXTS[type(card)]}
    return replace(card, **changes, markers=tuple(marker for marker in found if marker is not None))


def _numbered(value: Any, check: CitationCheck) -> Any:
    """A text, or all texts in a part or a tuple of parts, with numbered markers."""
    if isinstance(value, str):
        return check.numbered(value)
    if isinstance(value, tuple):
        return tuple(_numbered(each, check) for each in value)
    return replace(value, **{name: _numbered(getattr(value, name), check) for name in _TEXTS[type(value)]})
