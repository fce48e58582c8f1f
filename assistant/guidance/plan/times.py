"""How long the steps of a plan take, and all of it; what is not known is said to be unknown."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.plan import StepKind
from assistant.domain.source import Source
from assistant.guidance.plan.steps import Plan, PlanStep, Topic
from assistant.guidance.routes import step_time
from assistant.guidance.sources import OWN_SYSTEM
from assistant.guidance.statement import Statement, Voice, decimal

_A_YEAR = 12
_SAYING = {
    Topic.APPLY: "job",
    Topic.APPLY_NOW: "job",
    Topic.MEANWHILE: "job",
    Topic.NEARBY: "job",
    Topic.CONTACT: "now",
    Topic.GUIDANCE: "now",
    Topic.ELIGIBILITY: "now",
    Topic.ADMISSION: "now",
    Topic.SWEDISH: "own_pace",
}
_WHOM = {
    StepKind.PLACEMENT: "caseworker",
    StepKind.VALIDATION: "caseworker",
    StepKind.DRIVING_LICENCE: "driving",
    StepKind.AUTHORITY: "authority",
    StepKind.RECOGNITION: "authority",
}
_SAYING_OF_ROUTE = {StepKind.APPLY: "job", StepKind.SWEDISH: "own_pace"}


def time_statement(step: PlanStep, source: Source | None, voice: Voice) -> Statement:
    """How long a step takes.

    Args:
        step: The step.
        source: What it is about; vouches for the length.
        voice: The language to say it in.
    """
    if step.months and source:
        if len(step.route) == 1:
            return Statement(f"{step_time(step.route[0], voice)} {source.token}", source)
        length = _range_said(step.months, voice)
        counted = _counted(source, f"{source.title}: {length}", voice)
        return Statement(voice.say("plan.time.about", length=length, source=counted.token), counted)
    if saying := _SAYING.get(step.topic) or (step.route and _SAYING_OF_ROUTE.get(step.kind)):
        return Statement(voice.say(f"plan.time.{saying}"))
    whom = voice.say(f"plan.whom.{_whom(step)}")
    return Statement(voice.say("plan.time.unknown", whom=whom))


def total_statement(
    plan: Plan, titles: Sequence[str], sources: Sequence[Source | None], voice: Voice
) -> Statement:
    """How long the whole of a plan takes, added up from the steps that have a known time.

    Args:
        plan: The plan.
        titles: The steps' titles, in their order.
        sources: What the steps are about, in the same order.
        voice: The language to say it in.
    """
    timed = [
        (step, title, source)
        for step, title, source in zip(plan.steps, titles, sources, strict=True)
        if step.months and source
    ]
    if not timed:
        return Statement(voice.say("plan.total.unknown"))
    parts = "; ".join(
        f"{title}: {_range_said(step.months, voice)}" for step, title, _ in timed if step.months
    )
    ends = max(step.starts_after_months + (step.months[1] if step.months else 0) for step, _, _ in timed)
    length = _length_said(ends, voice)
    source = _counted(timed[-1][2], f"{parts}; {voice.say('plan.total.together', length=length)}", voice)
    is_whole = all(step.months or _takes_none(step) for step in plan.steps)
    key = "plan.total.known" if is_whole else "plan.total.least"
    return Statement(voice.say(key, length=length, source=source.token), source)


def _whom(step: PlanStep) -> str:
    """Whom to ask how long a step takes."""
    if step.kind in (StepKind.COURSE, StepKind.EDUCATION):
        return "school"
    return "there" if step.route else _WHOM.get(step.kind, "there")


def _takes_none(step: PlanStep) -> bool:
    """Whether a step adds nothing to the whole, so that nothing of it is unknown for its sake."""
    return step.kind is StepKind.APPLY or (step.topic in _SAYING and step.kind is not StepKind.SWEDISH)


def _counted(source: Source, parts: str, voice: Voice) -> Source:
    """Our own reckoning of a length, with the address of what it is counted from."""
    return replace(
        source,
        source_id=f"length:{source.source_id}:{parts}",
        system=OWN_SYSTEM,
        quote=voice.say("plan.total.source", parts=parts),
    )


def _range_said(months: tuple[float, float], voice: Voice) -> str:
    least, most = months
    if least == most:
        return _length_said(most, voice)
    return voice.say("plan.length.range", least=decimal(least, voice), most=decimal(most, voice))


def _length_said(months: float, voice: Voice) -> str:
    """Months, or years where it is whole or half years: 7.5 months, 1 year, 2.5 years."""
    years = months / _A_YEAR
    if years < 1 or (years * 2) % 1:
        return voice.say("plan.length.months", number=decimal(months, voice))
    return voice.say("plan.length.year" if years == 1 else "plan.length.years", number=decimal(years, voice))
