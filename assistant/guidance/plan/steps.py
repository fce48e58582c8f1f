"""The values that a plan is made from and of. They say nothing in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.concept import OccupationGroup
from assistant.domain.path import Gap, GapKind, Path, PathKind
from assistant.domain.plan import Conditions, StepKind
from assistant.domain.route import Route, RouteStep
from assistant.guidance.educations import OfferedEducation

FEWEST_STEPS = 3
MOST_STEPS = 6
_MOST_TO_ADD = 3


class Topic(StrEnum):
    """What a step is about; its texts have the same names."""

    APPLY_NOW = "apply_now"
    APPLY = "apply"
    CONTACT = "contact"
    PLACEMENT = "placement"
    VALIDATION = "validation"
    SWEDISH = "swedish"
    GUIDANCE = "guidance"
    ELIGIBILITY = "eligibility"
    ADMISSION = "admission"
    STUDIES = "studies"
    LICENCE = "licence"
    PAPER = "paper"
    SKILLS = "skills"
    AUTHORITY = "authority"
    MEANWHILE = "meanwhile"
    NEARBY = "nearby"
    ROUTE = "route"


KIND_OF = {
    Topic.APPLY_NOW: StepKind.APPLY,
    Topic.APPLY: StepKind.APPLY,
    Topic.CONTACT: StepKind.APPLY,
    Topic.MEANWHILE: StepKind.APPLY,
    Topic.NEARBY: StepKind.APPLY,
    Topic.PLACEMENT: StepKind.PLACEMENT,
    Topic.VALIDATION: StepKind.VALIDATION,
    Topic.SWEDISH: StepKind.SWEDISH,
    Topic.GUIDANCE: StepKind.EDUCATION,
    Topic.ELIGIBILITY: StepKind.EDUCATION,
    Topic.ADMISSION: StepKind.EDUCATION,
    Topic.STUDIES: StepKind.EDUCATION,
    Topic.LICENCE: StepKind.DRIVING_LICENCE,
    Topic.PAPER: StepKind.COURSE,
    Topic.SKILLS: StepKind.COURSE,
    Topic.AUTHORITY: StepKind.AUTHORITY,
}
"""Kind of a step by its topic; that of a route's step is its own."""

ALONGSIDE = frozenset(
    {
        Topic.APPLY_NOW,
        Topic.CONTACT,
        Topic.MEANWHILE,
        Topic.NEARBY,
        Topic.SWEDISH,
        Topic.VALIDATION,
        Topic.GUIDANCE,
    }
)
"""What goes on beside the other steps, from the first day."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step.

    Attributes:
        topic: What it is about.
        gaps: What it closes.
        route: The steps of the occupation's route that it is; empty for another.
        education: Found for it; None when none was found or none is needed.
        months: The least and the most that it takes; None when nobody can say.
        starts_after_months: When it can begin at the earliest, counted from now.
    """

    topic: Topic
    gaps: tuple[Gap, ...] = ()
    route: tuple[RouteStep, ...] = ()
    education: OfferedEducation | None = None
    months: tuple[float, float] | None = None
    starts_after_months: float = 0.0

    @property
    def kind(self) -> StepKind:
        """What kind of step it is."""
        return self.route[0].kind if self.route else KIND_OF[self.topic]

    @property
    def is_alongside(self) -> bool:
        """Whether it goes on beside the other steps."""
        return self.topic in ALONGSIDE or self.kind is StepKind.SWEDISH


@dataclass(frozen=True, slots=True)
class Found:
    """The educations that one can apply for now for one need.

    Attributes:
        fitting: Those that fit the person's conditions, best first.
        others: The rest, each with the names of the conditions that it does not fit, the fewest first.
        is_asked: Whether any source could be asked.
    """

    fitting: tuple[OfferedEducation, ...] = ()
    others: tuple[tuple[OfferedEducation, tuple[str, ...]], ...] = ()
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that a plan is made from.

    Attributes:
        group: Where it leads.
        path: How far it is.
        conditions: What it must fit.
        today: ISO date.
        way: The route into the occupation; None when none is written for it.
        route: Its steps for where the person is trained.
        found: Educations by the gap that they close.
        ready: Groups that the person can work in now, to earn money meanwhile or instead.
        needs_swedish: They have told of less Swedish than most work asks for.
    """

    group: OccupationGroup
    path: Path
    conditions: Conditions
    today: str
    way: Route | None = None
    route: tuple[RouteStep, ...] = ()
    found: Mapping[Gap, Found] = field(default_factory=dict)
    ready: tuple[OccupationGroup, ...] = ()
    needs_swedish: bool = False

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing; for who is ready, what the occupation uses too and they have not mentioned."""
        if self.path.kind is not PathKind.READY:
            return self.path.gaps
        return tuple(
            Gap(GapKind.PAPER if skill.is_qualification else GapKind.SKILL, skill=skill)
            for skill in self.path.missing[:_MOST_TO_ADD]
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Three to six steps in order; `is_barred` when the occupation cannot be had as the person wants it."""

    steps: tuple[PlanStep, ...]
    is_barred: bool = False
