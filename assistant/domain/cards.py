"""What is shown beside an answer's text, as cards: paths, an occupation, a comparison, a plan.

All texts are whole sentences in the answer's language; they carry the tokens of their sources until the
session puts numbered markers in their place and fills `markers`.
"""

from dataclasses import dataclass

from assistant.domain.market import CountyOutlook, PayRange
from assistant.domain.path import Path
from assistant.domain.plan import StepKind


@dataclass(frozen=True, slots=True)
class PathCard:
    """A path as it is shown.

    Attributes:
        path: The path.
        label: The group's name.
        why: What leads here.
        gap: What is missing.
        how: The usual way.
        matched: Labels of skills held.
        missing: Labels of skills missing, the few that matter most.
        first_step: The first thing to do; empty when there is none.
        source_ids: All sources of the texts.
        markers: Their numbers.
    """

    path: Path
    label: str
    why: str
    gap: str
    how: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    source_ids: tuple[str, ...]
    first_step: str = ""
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of an occupation, such as its pay: `key` names it, `label` says it."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """A skill that an occupation asks for.

    Attributes:
        label: Its name.
        share: How much ads ask for it, 0-1, as `Asking.ads`.
        is_held: The person has said that they hold it.
    """

    label: str
    share: float
    is_held: bool


@dataclass(frozen=True, slots=True)
class OccupationCard:
    """The page of one occupation.

    Attributes:
        concept_id: Of the group.
        ssyk_code: Its SSYK 2012 code.
        label: Its name.
        facts: What one does, how far it is, demand, pay, ads, education, ..., in the order to show.
        path: How far it is for this person; None when nothing is known of them.
        matched: Labels of skills held.
        missing: Labels of skills missing.
        pay: None when not published or not reached.
        outlook: Forecasts by county, the whole country first; empty when not reached.
        county_code: SCB's two digits of the county that the person asked about; empty for none.
        asked: Skills that the occupation asks for, most asked for first; empty when that is not known.
        related: Concept ids and names of related groups.
        source_ids: All sources of the texts.
        markers: Their numbers.
    """

    concept_id: str
    ssyk_code: str
    label: str
    facts: tuple[Fact, ...]
    path: Path | None = None
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    pay: PayRange | None = None
    outlook: tuple[CountyOutlook, ...] = ()
    county_code: str = ""
    asked: tuple[AskedSkill, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    source_ids: tuple[str, ...] = ()
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of a comparison: a cell for each occupation, and whether they differ."""

    key: str
    label: str
    cells: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """Occupations side by side; rows that differ come first.

    `labels`, `concept_ids` and `pay` have one entry for each occupation, in the same order.
    """

    concept_ids: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[ComparedRow, ...]
    pay: tuple[PayRange | None, ...] = ()
    source_ids: tuple[str, ...] = ()
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStepCard:
    """One step of a plan as it is shown.

    Attributes:
        kind: What kind of step.
        title: A few words.
        text: What and why, with its sources.
        first_action: What the person does first, as an imperative sentence.
        time: How long it takes, in words; that it is not known where it is not.
        starts_after_months: When it begins, counted from now.
        months: How long it takes; None when nobody can say.
    """

    kind: StepKind
    title: str
    text: str
    first_action: str
    time: str
    starts_after_months: float = 0.0
    months: float | None = None


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as it is shown.

    Attributes:
        concept_id: Of the occupation group that it leads to.
        label: Its name.
        steps: Three to six, in order.
        conditions: What the plan takes into account, in words ("only in the evening").
        total: How long all of it takes, in words.
        source_ids: All sources of the texts.
        markers: Their numbers.
    """

    concept_id: str
    label: str
    steps: tuple[PlanStepCard, ...]
    conditions: tuple[str, ...] = ()
    total: str = ""
    source_ids: tuple[str, ...] = ()
    markers: tuple[int, ...] = ()
