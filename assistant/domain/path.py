"""A suggested way on, with its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.concept import EducationLevel, Skill


class PathKind(StrEnum):
    """How far away the occupation is."""

    READY = "ready"
    STEP = "step"
    EDUCATION = "education"


class PartName(StrEnum):
    """What a score is made of."""

    OWN_WORK = "own_work"
    NEAR_WORK = "near_work"
    SKILLS = "skills"
    EDUCATION = "education"
    WISH = "wish"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score, in the score's own points; below 0 for what speaks against."""

    name: PartName
    points: float


class GapKind(StrEnum):
    """What may be missing."""

    AUTHORITY = "authority"
    EDUCATION = "education"
    DRIVING_LICENCE = "driving_licence"
    PAPER = "paper"
    SKILL = "skill"
    SWEDISH = "swedish"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing.

    Attributes:
        kind: What it is. The authority that decides is the group's `regulation`.
        skill: The paper or skill; None for another kind.
        licence: The driving licence class; empty for another kind.
        level: The education usually asked for; None for another kind.
    """

    kind: GapKind
    skill: Skill | None = None
    licence: str = ""
    level: EducationLevel | None = None


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
        parts: What the score is made of; they add up to it.
        gaps: What is missing, the most binding first; one to three of them make a path one step away.
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
    parts: tuple[ScorePart, ...] = ()
    gaps: tuple[Gap, ...] = ()
