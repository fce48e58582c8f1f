"""Makes a plan of what is missing. Pure and deterministic."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.domain.concept import EducationLevel
from assistant.domain.path import Gap, GapKind, PathKind
from assistant.domain.plan import StepKind
from assistant.domain.route import RouteStep
from assistant.guidance.educations import OfferedEducation
from assistant.guidance.plan.closing import closes
from assistant.guidance.plan.route import RouteSteps, condensed, months_of_steps
from assistant.guidance.plan.steps import (
    FEWEST_STEPS,
    MOST_STEPS,
    Plan,
    PlanFacts,
    PlanStep,
    Topic,
)
from assistant.guidance.study_length import months_until

_MOST_PAPERS = 2
_ENOUGH_TO_VALIDATE = 3
_LEFT_OUT_FIRST = (
    *(Topic.CONTACT, Topic.PLACEMENT, Topic.GUIDANCE, Topic.VALIDATION, Topic.SKILLS),
    *(Topic.PAPER, Topic.ELIGIBILITY, Topic.SWEDISH, Topic.ADMISSION),
)
# A step of the route of this kind closes a gap of that kind.
_CLOSED_BY = {
    GapKind.DRIVING_LICENCE: StepKind.DRIVING_LICENCE,
    GapKind.EDUCATION: StepKind.EDUCATION,
    GapKind.SKILL: StepKind.EDUCATION,
}
_SCHOOL = frozenset({StepKind.EDUCATION})
# What is left for somebody who does not want the school that a law asks for.
_WITHOUT_STUDIES = (Topic.GUIDANCE, Topic.CONTACT, Topic.PLACEMENT)
_TAUGHT = frozenset({StepKind.EDUCATION, StepKind.COURSE, StepKind.DRIVING_LICENCE})


def made_plan(facts: PlanFacts) -> Plan:
    """The steps to an occupation: what is missing in order, what goes on beside it, the application last."""
    steps = list(_ready(facts) if facts.path.kind is PathKind.READY else _way(facts))
    steps = _with_enough(_without_too_many(steps), facts)
    return Plan(_timed(steps, facts.today), is_barred=is_barred(facts))


def is_barred(facts: PlanFacts) -> bool:
    """Whether the person has ruled out the studies without which the occupation is hardly to be had."""
    return facts.conditions.no_studies and bool(_gaps(facts, GapKind.EDUCATION))


def needs_education(facts: PlanFacts) -> tuple[Gap, ...]:
    """The gaps for which educations are looked for: not those that the person wants no school for."""
    taught = (GapKind.DRIVING_LICENCE, GapKind.PAPER, GapKind.SKILL)
    kinds = taught if facts.conditions.no_studies else (*taught, GapKind.EDUCATION)
    return tuple(gap for gap in facts.gaps if gap.kind in kinds)


def _ready(facts: PlanFacts) -> Iterator[PlanStep]:
    yield PlanStep(Topic.APPLY_NOW)
    yield PlanStep(Topic.CONTACT)
    if facts.needs_swedish:
        yield PlanStep(Topic.SWEDISH)
    # Nothing of it is needed to apply, so only what can be had is a step.
    yield from [step for step in _courses(facts) if step.education][:1]


def _way(facts: PlanFacts) -> list[PlanStep]:
    """What goes on beside, the way by route or by school, courses and tests, and the application."""
    if is_barred(facts) and facts.group.regulation:
        return [PlanStep(topic) for topic in (*([Topic.NEARBY] if facts.ready else []), *_WITHOUT_STUDIES)]
    beside = [PlanStep(Topic.MEANWHILE)] if facts.conditions.needs_income and facts.ready else []
    if facts.needs_swedish and not _has(facts.route, StepKind.SWEDISH):
        beside.append(PlanStep(Topic.SWEDISH))
    route = [step for step in facts.route if not (facts.conditions.no_studies and step.kind in _SCHOOL)]
    studies = list(_studies(facts)) if len(route) < len(facts.route) or not route else []
    courses = list(_courses(facts))
    decision = [PlanStep(Topic.AUTHORITY)] if _gaps(facts, GapKind.AUTHORITY) and not route else []
    last = [] if _has(facts.route, StepKind.APPLY) else [PlanStep(Topic.APPLY)]
    certain = [
        step for step in (*beside, *studies, *courses, *decision, *last) if step.topic not in _LEFT_OUT_FIRST
    ]
    way = [_of_route(steps, facts) for steps in condensed(route, max(1, MOST_STEPS - len(certain)))]
    # Where the employer comes before the authority, what the work asks for comes before the employer.
    to_work = next((at for at, step in enumerate(way) if step.kind is StepKind.APPLY), len(way))
    return [*beside, *way[:to_work], *studies, *courses, *decision, *way[to_work:], *last]


def _of_route(steps: RouteSteps, facts: PlanFacts) -> PlanStep:
    """Steps of a route as one, with an education where it teaches what is missing."""
    closed = tuple(gap for gap in facts.gaps if any(_closes(step, gap) for step in steps))
    is_taught = any(step.kind in _TAUGHT for step in steps)
    education = next(filter(None, (_best(gap, facts) for gap in closed)), None) if is_taught else None
    return PlanStep(Topic.ROUTE, closed, steps, education, months_of_steps(steps))


def _closes(step: RouteStep, gap: Gap) -> bool:
    """Whether a step of a route is about what is missing."""
    if gap.kind is GapKind.PAPER:
        return step.kind is StepKind.AUTHORITY or closes(gap, step.title.sv)
    return step.kind is _CLOSED_BY.get(gap.kind)


def _has(route: RouteSteps, kind: StepKind) -> bool:
    return any(step.kind is kind for step in route)


def _studies(facts: PlanFacts) -> Iterator[PlanStep]:
    """The way through school, or what remains for somebody who does not want to go there."""
    for gap in _gaps(facts, GapKind.EDUCATION)[:1]:
        if facts.conditions.no_studies:
            yield PlanStep(Topic.VALIDATION)
            yield PlanStep(Topic.PLACEMENT)
            return
        is_above_school = _level(gap, facts).order > EducationLevel.UPPER_SECONDARY.order
        education = _best(gap, facts)
        yield PlanStep(Topic.ELIGIBILITY if is_above_school else Topic.GUIDANCE, (gap,), education=education)
        yield PlanStep(Topic.ADMISSION, (gap,), education=education)
        yield PlanStep(Topic.STUDIES, (gap,), education=education, months=_months(education))


def _courses(facts: PlanFacts) -> Iterator[PlanStep]:
    """What a course or a test gives: driving licences and papers each, skills together."""
    taught: set[GapKind] = set()
    if _gaps(facts, GapKind.EDUCATION) and not facts.conditions.no_studies:
        # Papers and skills are what the education gives.
        taught = {GapKind.PAPER, GapKind.SKILL}
    open_gaps = [
        gap
        for gap in facts.gaps
        if gap.kind not in taught and not any(_closes(step, gap) for step in facts.route)
    ]
    for topic, kind in ((Topic.LICENCE, GapKind.DRIVING_LICENCE), (Topic.PAPER, GapKind.PAPER)):
        for gap in [gap for gap in open_gaps if gap.kind is kind][:_MOST_PAPERS]:
            education = _best(gap, facts)
            yield PlanStep(topic, (gap,), education=education, months=_months(education))
    if skills := tuple(gap for gap in open_gaps if gap.kind is GapKind.SKILL):
        education = next(filter(None, (_best(gap, facts) for gap in skills)), None)
        if facts.route and education is None:
            # The route says the way; a skill that nobody teaches is no step.
            return
        yield PlanStep(Topic.SKILLS, skills, education=education, months=_months(education))


def _without_too_many(steps: list[PlanStep]) -> list[PlanStep]:
    """At most six steps, without those that matter least."""
    kept = list(steps)
    for topic in _LEFT_OUT_FIRST:
        for step in [step for step in reversed(kept) if step.topic is topic]:
            if len(kept) > MOST_STEPS:
                kept.remove(step)
    return kept


def _with_enough(steps: list[PlanStep], facts: PlanFacts) -> list[PlanStep]:
    """At least three steps, with what helps anybody where too little is missing."""
    # Work that only leads there gives nothing to validate.
    has_done_it = facts.group.concept_id in facts.path.experience_ids
    has_shown_it = has_done_it or len(facts.path.matched) >= _ENOUGH_TO_VALIDATE
    fillers = [
        *([Topic.VALIDATION] if has_shown_it and facts.group.regulation is None else []),
        *(Topic.CONTACT, Topic.PLACEMENT),
    ]
    topics = {step.topic for step in steps}
    missing = [topic for topic in fillers if topic not in topics][: max(0, FEWEST_STEPS - len(steps))]
    extra = [PlanStep(topic) for topic in missing]
    return [*steps, *extra] if facts.path.kind is PathKind.READY else [*extra, *steps]


def _timed(steps: Sequence[PlanStep], today: str) -> tuple[PlanStep, ...]:
    """The steps with when each can begin at the earliest; a length that nobody knows counts as none."""
    timed = []
    at = 0.0
    for step in steps:
        if step.is_alongside:
            timed.append(step)
            continue
        starts = step.education.start if step.education and step.months else ""
        begins = max(at, months_until(starts, today)) if starts else at
        timed.append(replace(step, starts_after_months=begins))
        at = begins + (step.months[1] if step.months else 0)
    return tuple(timed)


def _gaps(facts: PlanFacts, kind: GapKind) -> tuple[Gap, ...]:
    return tuple(gap for gap in facts.gaps if gap.kind is kind)


def _level(gap: Gap, facts: PlanFacts) -> EducationLevel:
    return gap.level or facts.group.education.level


def _best(gap: Gap, facts: PlanFacts) -> OfferedEducation | None:
    found = facts.found.get(gap)
    return found.fitting[0] if found and found.fitting else None


def _months(education: OfferedEducation | None) -> tuple[float, float] | None:
    return (education.months, education.months) if education and education.months else None
