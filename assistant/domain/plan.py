"""What a plan is made of, and what it has to take into account."""

from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What a step of a plan is about."""

    SWEDISH = "swedish"
    RECOGNITION = "recognition"
    VALIDATION = "validation"
    DRIVING_LICENCE = "driving_licence"
    COURSE = "course"
    EDUCATION = "education"
    AUTHORITY = "authority"
    PLACEMENT = "placement"
    APPLY = "apply"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a person says that a plan must fit; nothing of it is known unless they say so.

    Attributes:
        stays_put: They cannot move: only the place, its region, and what is at a distance.
        at_distance: Only studies at a distance.
        part_time: Only in the evening or beside work: at most half pace.
        most_months: Studies may take no longer.
        no_studies: They do not want to go to school; work, validation and short courses remain.
        needs_income: They must earn money meanwhile.
    """

    stays_put: bool = False
    at_distance: bool = False
    part_time: bool = False
    most_months: int | None = None
    no_studies: bool = False
    needs_income: bool = False
