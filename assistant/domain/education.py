"""Educations: kinds of education, where and when they are given, and what they lead to."""

from dataclasses import dataclass
from enum import StrEnum

QUALIFICATION = "QUALIFICATION"
"""School type of a qualification: what educations may lead to, and nothing to apply for."""


class TieOrigin(StrEnum):
    """How it is known that a kind of education concerns a concept."""

    SSYK_CODE = "ssyk_code"
    SUN_CODE = "sun_code"
    SUBJECT_CODE = "subject_code"
    ESCO_SKILL = "esco_skill"
    LINKER = "linker"


@dataclass(frozen=True, slots=True)
class EducationKind:
    """What several providers give under one name: one programme or course.

    Attributes:
        kind_id: Stable as long as title, school type and course code are.
        title: As most of its educations have it, without what concerns one provider or one round.
        title_en: English title; empty when no education has one.
        description: Of one of its educations, at most 4,000 characters; empty when none has one.
        school_type: Susa-navet's code: YH, HS, VUXGY, VUXGR, FHS, AUB, ...; or `QUALIFICATION`.
        code: National course code; empty when there is none.
        configuration: kurs, kurspaket or program; empty when not said.
        credits: Such as "400 yhp"; empty when not said.
        seqf_level: 1-8, 0 when not said.
        educations: How many educations it stands for.
    """

    kind_id: str
    title: str
    title_en: str
    description: str
    school_type: str
    code: str
    configuration: str
    credits: str
    seqf_level: int
    educations: int


@dataclass(frozen=True, slots=True)
class TiedKind:
    """A kind of education that concerns a concept.

    `probability` in [0, 1] is 1 where the source itself says so.
    """

    kind: EducationKind
    origin: TieOrigin
    probability: float


@dataclass(frozen=True, slots=True)
class EducationTie:
    """A concept that a kind of education concerns; `probability` as in `TiedKind`."""

    concept_id: str
    origin: TieOrigin
    probability: float


@dataclass(frozen=True, slots=True)
class Offering:
    """One education at one time and place.

    Dates are ISO dates, empty when not said. `pace_percent` is 0 when not said.

    Attributes:
        education_id: The source's id of the education, such as `i.myh.yh.12291`.
        event_id: The source's id of the occasion; empty for an education without a known one.
        kind_id: Its kind.
        system: Which source, such as `Susa-navet`.
        title: As the provider has it.
        provider: Who gives it.
        towns: Where.
        municipality_codes: SCB's four digits.
        url: The provider's own page.
    """

    education_id: str
    event_id: str
    kind_id: str
    system: str
    title: str
    provider: str
    towns: tuple[str, ...]
    municipality_codes: tuple[str, ...]
    is_distance: bool
    start: str
    end: str
    apply_from: str
    apply_by: str
    pace_percent: int
    languages: tuple[str, ...]
    url: str
