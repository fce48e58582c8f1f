"""Buttons that go with an occupation, a list, a comparison or a plan: at most six, the likeliest first."""

from collections.abc import Sequence

from assistant.agent.guide.memory import Listed
from assistant.agent.guide.wording import Wording
from assistant.domain.conversation import Choice
from assistant.domain.plan import Conditions

ABOUT = "about:"
PLAN = "plan:"
COMPARE = "compare:"
NOT = "not:"
EXPLORE = "explore:"
CHANGE = "change:"
GO_ON = "interview"
PATHS = "paths"
TAKE_ALONG = "take_along"
ELSE = f"{EXPLORE}else"
NEAR = f"{EXPLORE}near:"
MOST = 6
_LOOKED_AT = 3
# What people most often have to say of a plan, in their usual order.
_CHANGES = ("part_time", "stays_put", "needs_income")


def of_list(listed: Sequence[Listed], wording: Wording) -> tuple[Choice, ...]:
    """After a list: look closer at the first ones, the plan for the first, compare, what else."""
    looked_at = tuple(about(one, wording) for one in listed[:_LOOKED_AT])
    first_two = ",".join(one.concept_id for one in listed[:2])
    compared = (
        (Choice(f"{COMPARE}{first_two}", wording.say("onward.choice.compare")),) if len(listed) > 1 else ()
    )
    planned = tuple(plan(one, wording) for one in listed[:1])
    return (*looked_at, *planned, *compared, _else(wording))[:MOST]


def of_occupation(one: Listed, wording: Wording, *, other: str = "") -> tuple[Choice, ...]:
    """After an occupation: the plan, its jobs and courses, compare with the other, like it, not this."""
    compared = Choice(f"{COMPARE}{one.concept_id},{other}", wording.say("onward.choice.compare_other"))
    return (
        plan(one, wording),
        Choice(f"ads:{one.concept_id}", wording.say("choice.ads")),
        Choice(f"educations:{one.concept_id}", wording.say("choice.educations")),
        *((compared,) if other and other != one.concept_id else ()),
        Choice(f"{NEAR}{one.concept_id}", wording.say("onward.choice.near")),
        Choice(f"{NOT}{one.concept_id}", wording.say("onward.choice.not")),
    )[:MOST]


def of_comparison(compared: Sequence[Listed], wording: Wording) -> tuple[Choice, ...]:
    """After a comparison: closer to each, and a plan for each."""
    looked_at = [about(one, wording) for one in compared[:2]]
    planned = [plan(one, wording) for one in compared[:2]]
    return (*looked_at, *planned, _else(wording))


def of_plan(concept_id: str, conditions: Conditions, wording: Wording, *, paths: bool) -> tuple[Choice, ...]:
    """After a plan: what to change, take it along, its jobs, and back to the paths or the interview."""
    changes = (
        Choice(f"{CHANGE}{name}", wording.say(f"onward.choice.change.{name}"))
        for name in _CHANGES
        if not getattr(conditions, name)
    )
    back = Choice(PATHS, wording.say("onward.choice.paths")) if paths else _go_on(wording)
    return (
        *changes,
        Choice(TAKE_ALONG, wording.say("take_along.choice")),
        Choice(f"ads:{concept_id}", wording.say("choice.ads")),
        back,
        Choice(f"{ABOUT}{concept_id}", wording.say("onward.choice.about_it")),
    )[:MOST]


def about(one: Listed, wording: Wording) -> Choice:
    """Look closer at one."""
    return Choice(f"{ABOUT}{one.concept_id}", wording.say("choice.about", work=one.label))


def plan(one: Listed, wording: Wording) -> Choice:
    """The plan for one."""
    return Choice(f"{PLAN}{one.concept_id}", wording.say("onward.choice.plan", work=one.label))


def plan_it(concept_id: str, wording: Wording) -> Choice:
    """The plan for the occupation that was just spoken of."""
    return Choice(f"{PLAN}{concept_id}", wording.say("onward.choice.plan_it"))


def _else(wording: Wording) -> Choice:
    return Choice(ELSE, wording.say("onward.choice.else"))


def _go_on(wording: Wording) -> Choice:
    return Choice(GO_ON, wording.say("onward.choice.go_on"))
