"""Which educations fit what a person has said that their plan must fit. Pure functions."""

from collections.abc import Sequence
from enum import StrEnum

from assistant.domain.place import Place
from assistant.domain.plan import Conditions
from assistant.guidance.educations import OfferedEducation
from assistant.guidance.plan.steps import Found

HALF_TIME = 50
# Who does not want to go to school may still take a test or a course of a few weeks.
LONGEST_WITHOUT_STUDIES = 3
_AT_A_DISTANCE = 2


class Condition(StrEnum):
    """A condition by its field's name in `Conditions`; those that an education can break."""

    STAYS_PUT = "stays_put"
    AT_DISTANCE = "at_distance"
    PART_TIME = "part_time"
    MOST_MONTHS = "most_months"
    NO_STUDIES = "no_studies"


def broken(education: OfferedEducation, conditions: Conditions, place: Place | None) -> tuple[Condition, ...]:
    """The conditions that an education does not fit, as far as its source tells.

    A pace that is not said is taken for one that does not fit, a length that is not said for one that may.
    """
    months = education.months
    is_half_time = 0 < education.pace_percent <= HALF_TIME or education.is_in_the_evening
    breaks = {
        Condition.STAYS_PUT: conditions.stays_put and education.nearness(place) > _AT_A_DISTANCE,
        Condition.AT_DISTANCE: conditions.at_distance and not education.is_distance,
        Condition.PART_TIME: conditions.part_time and not is_half_time,
        Condition.MOST_MONTHS: months is not None and months > (conditions.most_months or months),
        Condition.NO_STUDIES: conditions.no_studies and (months or 0) > LONGEST_WITHOUT_STUDIES,
    }
    return tuple(condition for condition, is_broken in breaks.items() if is_broken)


def sorted_out(
    ranked: Sequence[OfferedEducation], conditions: Conditions, place: Place | None, *, is_asked: bool
) -> Found:
    """Educations for one need, those that fit apart from those that do not.

    Args:
        ranked: Those that one can apply for now, best first.
        conditions: What they must fit.
        place: Where the person lives; None when not said.
        is_asked: Whether any source could be asked.
    """
    breaks = [(education, broken(education, conditions, place)) for education in ranked]
    fitting = [education for education, conditions_broken in breaks if not conditions_broken]
    if conditions.most_months is not None:
        # A length that is known to fit is worth more than one that may.
        fitting.sort(key=lambda education: education.months is None)
    others = sorted(((e, found) for e, found in breaks if found), key=lambda pair: len(pair[1]))
    return Found(tuple(fitting), tuple(others), is_asked)
