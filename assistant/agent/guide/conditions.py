"""What a message says that a plan must fit, or need no longer fit. Pure functions."""

from dataclasses import replace
from typing import Any

from assistant.agent.guide.acts import Cues
from assistant.domain.plan import Conditions
from assistant.retrieval.mentions.details import bare_number, years_said
from assistant.retrieval.text import fold

_YES_OR_NO = ("stays_put", "at_distance", "part_time", "no_studies", "needs_income")
_MOST_MONTHS = "most_months"
_MONTHS_A_YEAR = 12
# Units that work is not told in: a term of school is some five months.
_MONTHS_OF = (("veck", 12 / 52), ("week", 12 / 52), ("term", 5), ("semester", 5))


def changed(conditions: Conditions, text: str, cues: Cues) -> Conditions | None:
    """The conditions after a message.

    Args:
        conditions: Those that hold before it.
        text: The message, in Swedish or English or both, misspelt as it is.
        cues: With a `limits_` and a `lifts_` cue for each condition.

    Returns:
        None when the text says nothing of conditions. A condition that does not hold cannot be lifted, so
        "I can move" says nothing to somebody who never said that they cannot.
    """
    folded = fold(text)
    found: dict[str, Any] = {}
    for name in _YES_OR_NO:
        limits = _limits(name, folded, cues)
        if limits or (limits is False and getattr(conditions, name)):
            found[name] = limits
    months = _months(folded, cues)
    if months is not None:
        found[_MOST_MONTHS] = months
    elif conditions.most_months is not None and cues.spans(f"lifts_{_MOST_MONTHS}", folded):
        found[_MOST_MONTHS] = None
    return replace(conditions, **found) if found else None


def _limits(name: str, folded: str, cues: Cues) -> bool | None:
    """Whether a text sets a condition (True) or lifts it (False); None when it says nothing of it.

    Of two that overlap the longer holds ("not only evenings" against "only evenings"), else the later.
    """
    setting = [(start, end, True) for start, end in cues.spans(f"limits_{name}", folded)]
    lifting = [(start, end, False) for start, end in cues.spans(f"lifts_{name}", folded)]
    said = [*setting, *lifting]
    whole = [one for one in said if not any(_is_within(one, other) for other in said)]
    return max(whole)[2] if whole else None


def _is_within(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> bool:
    """Whether a find is a part of a longer one."""
    return other[0] <= one[0] and one[1] <= other[1] and other[:2] != one[:2]


def _months(folded: str, cues: Cues) -> int | None:
    """The most months that a text allows, at least one; None when it names none."""
    said = (_length(folded[start:end]) for start, end in cues.spans(f"limits_{_MOST_MONTHS}", folded))
    return next((max(1, round(months)) for months in said if months), None)


def _length(folded: str) -> float:
    """Months that a length is; 0 for what is none."""
    for unit, months in _MONTHS_OF:
        if unit in folded:
            return (bare_number(folded) or 1) * months
    return (years_said(folded) or 0) * _MONTHS_A_YEAR
