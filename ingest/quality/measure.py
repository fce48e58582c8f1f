"""What a measure of data quality is: something to mend, counted among what could have it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Cell: TypeAlias = str | int | float
Row: TypeAlias = tuple[Cell, ...]


class Section(Enum):
    """The parts of the report, by heading."""

    JOBTECH = "Täckning: JobTech Taxonomy"
    ESCO = "Täckning: ESCO"
    SKILLS = "Kompetenser per yrke"
    EDUCATIONS = "Utbildningar och yrken"
    FORECASTS = "Prognoser"
    DISAGREEMENTS = "Källor som säger olika"
    HYGIENE = "Föråldrat och felaktigt"


class Severity(Enum):
    """How much a defect is felt; the value weighs a record in the ranking."""

    WRONG = 5.0
    GAP = 2.0
    UNTIDY = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a measure: `count` of `total`, such as in one occupation field."""

    label: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to mend.

    Attributes:
        id: Stable, of lower-case letters and hyphens; names the CSV file.
        section: Where in the report it stands.
        title: What is wrong, in Swedish.
        owner: Who can mend it.
        systems: The sources that it was counted in.
        meaning: What exactly is counted, in Swedish.
        remedy: What would help, in Swedish.
        unit: What `denominator` counts, in Swedish and in the plural.
        severity: How much it is felt.
        count: Records to mend.
        total: Records that could have had it; 0 when it is not known.
        columns: Headings of `rows`.
        rows: The records to mend, with their ids.
        concerned: How many occupations, skills or educations those records stand for.
        parts: The measure by part, such as occupation field or school type.
        parts_title: What the parts are, in Swedish.
        is_doubtful: No record at all has it, and the source was read from files: they may leave it out.
    """

    id: str
    section: Section
    title: str
    owner: str
    systems: tuple[str, ...]
    meaning: str
    remedy: str
    unit: str
    severity: Severity
    count: int
    total: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    concerned: int
    parts: tuple[Part, ...] = ()
    parts_title: str = ""
    is_doubtful: bool = False

    @property
    def share(self) -> float | None:
        """Share to mend, 0-1; None when there is nothing that it could be a share of."""
        return self.count / self.total if self.total else None

    @property
    def score(self) -> float:
        """What mending it is worth: how many it concerns, by how much it is felt."""
        return self.concerned * self.severity.value

    @property
    def file_name(self) -> str:
        """Name of its CSV file."""
        return f"{self.id}.csv"


def parts_of(labels: Iterable[tuple[str, bool]]) -> tuple[Part, ...]:
    """Parts by label, those with the greatest share to mend first.

    Args:
        labels: For each record the part that it belongs to, and whether it is to be mended.
    """
    found: dict[str, list[int]] = {}
    for label, is_defect in labels:
        counts = found.setdefault(label, [0, 0])
        counts[0] += is_defect
        counts[1] += 1
    parts = (Part(label, count, total) for label, (count, total) in found.items())
    return tuple(sorted(parts, key=lambda part: (-part.count / part.total, part.label)))


def most_urgent(measures: Iterable[Measure], most: int = 10) -> tuple[Measure, ...]:
    """The measures whose mending is worth most, best first; doubtful ones are left out."""
    defects = (measure for measure in measures if measure.count and not measure.is_doubtful)
    return tuple(sorted(defects, key=lambda measure: (-measure.score, measure.id))[:most])
