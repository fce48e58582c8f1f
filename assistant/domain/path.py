"""A suggested way on, with its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.concept import Skill


class PathKind(StrEnum):
    """How far away the occupation is."""

    READY = "ready"
    STEP = "step"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class Path:
    """An occupation group suggested to a person.

    Attributes:
        concept_id: The group's concept id.
        ssyk_code: Its SSYK 2012 code.
        kind: How far away it is.
        score: In [0, 1], comparable within one call.
        matched: Skills of the group that the person holds.
        missing: Skills of the group that the person has not mentioned, most typical first.
        experience_ids: Concept ids of the person's experiences that lead here.
        needs_education: The usual education is above what the person has told.
        needs_licences: Driving licence classes usually asked for that the person lacks.
        outside_own_field: The path leaves the field that the experiences are in.
        is_wished: The person has named it, or something like it, as a wish.
    """

    concept_id: str
    ssyk_code: str
    kind: PathKind
    score: float
    matched: tuple[Skill, ...]
    missing: tuple[Skill, ...]
    experience_ids: tuple[str, ...] = ()
    needs_education: bool = False
    needs_licences: tuple[str, ...] = ()
    outside_own_field: bool = False
    is_wished: bool = False
