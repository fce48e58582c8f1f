"""What a CV tells of, as frozen values.

There is no room for name, address, birth date, nationality or a photo: what is not in the type cannot
be taken up.
"""

from dataclasses import dataclass
from datetime import date

from assistant.domain.concept import EducationLevel
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.linker import LinkedConcept

_MONTHS = 12
_PART_OF_A_YEAR = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text something stands: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A month of a year; `month` is 0 where only the year is said."""

    year: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """When something was, as far as it is said.

    Attributes:
        start: None when not said.
        end: None when not said, or when it goes on.
        is_ongoing: It has not ended.
        length: Years, where a length is said instead of dates.
    """

    start: Moment | None = None
    end: Moment | None = None
    is_ongoing: bool = False
    length: float | None = None

    def years(self, today: date) -> float | None:
        """How long, in years, until today for what goes on; None when it cannot be told."""
        end = Moment(today.year, today.month) if self.is_ongoing else self.end
        if self.start is None or end is None:
            return self.length
        if self.start.month and end.month:
            months = (end.year - self.start.year) * _MONTHS + end.month - self.start.month + 1
            return round(months / _MONTHS, 1) if months > 0 else None
        years = float(end.year - self.start.year)
        return years or _PART_OF_A_YEAR if years >= 0 else None


@dataclass(frozen=True, slots=True)
class CvExperience:
    """Work that a CV tells of.

    Attributes:
        title: What the work is called there.
        employer: Where it was done, in the CV's words; empty when not told.
        period: When.
        years: How long, until today for what goes on; None when not told.
        country: ISO 3166 code; empty when not told.
        kind: On what terms.
        description: The lines that tell more.
        concepts: Occupation groups that fit the title, best first; may be empty.
        span: From its first to its last heading line.
    """

    title: str
    employer: str
    period: Period
    years: float | None
    country: str
    kind: ExperienceKind
    description: tuple[str, ...]
    concepts: tuple[LinkedConcept, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CvEducation:
    """An education that a CV tells of; `level` is None where it cannot be told."""

    title: str
    school: str
    level: EducationLevel | None
    period: Period
    country: str
    span: Span


@dataclass(frozen=True, slots=True)
class CvLanguage:
    """A language; `level` is a CEFR level, `native`, or empty when not said."""

    code: str
    level: str
    span: Span


@dataclass(frozen=True, slots=True)
class CvLicence:
    """A licence: a driving licence class such as `CE`, or a name such as `hot_work` (see `licences.py`)."""

    code: str
    span: Span

    @property
    def is_to_drive(self) -> bool:
        """Whether it is a class of driving licence."""
        return self.code.isupper()


@dataclass(frozen=True, slots=True)
class CvSkill:
    """A skill that a CV names, in its words."""

    words: str
    concept: LinkedConcept
    span: Span


@dataclass(frozen=True, slots=True)
class CvReading:
    """All that was found in a CV, in its order.

    `is_listed` says that it is a CV by its headings, or that at least its lines are entries; else it is
    a text in which somebody tells, where sentences say more than lines.
    """

    experiences: tuple[CvExperience, ...] = ()
    educations: tuple[CvEducation, ...] = ()
    languages: tuple[CvLanguage, ...] = ()
    licences: tuple[CvLicence, ...] = ()
    skills: tuple[CvSkill, ...] = ()
    is_listed: bool = False
