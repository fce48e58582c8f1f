"""What is said beside a plan: what the conditions rule out, and what could be had without one of them."""

from collections.abc import Iterator, Mapping

from assistant.domain.concept import GuidePage
from assistant.domain.path import GapKind
from assistant.guidance.educations import education_statement
from assistant.guidance.plan.conditions import condition_said, conditions_said
from assistant.guidance.plan.steps import Found, Plan, PlanFacts
from assistant.guidance.sources import route_source
from assistant.guidance.statement import Statement, Voice


def plan_notes(
    plan: Plan, facts: PlanFacts, voice: Voice, guides: Mapping[str, GuidePage]
) -> tuple[Statement, ...]:
    """Sentences that stand beside the card of a plan; none when nothing is ruled out.

    Args:
        plan: The plan.
        facts: What it was made from.
        voice: The language to say it in.
        guides: The guide pages by id.
    """
    return tuple((*_barred(plan, facts, voice, guides), *_ruled_out(plan, facts, voice)))


def _barred(
    plan: Plan, facts: PlanFacts, voice: Voice, guides: Mapping[str, GuidePage]
) -> Iterator[Statement]:
    if plan.is_barred:
        way = facts.group.education
        source = route_source(facts.group, guides[way.guide_ids[0]], voice.language)
        route = f"{way.route.text(voice.language)} {source.token}"
        yield Statement(voice.say("plan.not_without_studies", route=route), source)


def _ruled_out(plan: Plan, facts: PlanFacts, voice: Voice) -> Iterator[Statement]:
    """Where a step has no education: why, and the one that would do but for the fewest conditions."""
    lacking = [gap for step in plan.steps if step.education is None for gap in step.gaps]
    searched = [facts.found[gap] for gap in lacking if gap in facts.found]
    if not searched:
        return
    if not searched[0].is_asked:
        yield Statement(voice.say("plan.switched_off"))
        return
    instead = next((found for found in searched if found.others), None)
    if instead:
        conditions = ", ".join(conditions_said(facts.conditions, voice))
        yield Statement(voice.say("plan.nothing_fits", conditions=conditions))
        yield _instead(instead, facts, voice)
    elif any(gap.kind is GapKind.EDUCATION for gap in lacking):
        yield Statement(voice.say("plan.nothing_found"))


def _instead(found: Found, facts: PlanFacts, voice: Voice) -> Statement:
    education, broken = found.others[0]
    named = ", ".join(condition_said(name, facts.conditions, voice) for name in broken)
    said = education_statement(education, voice)
    return Statement(voice.say("plan.instead", condition=named, education=said.text), said.source)
