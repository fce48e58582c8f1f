"""Adds a confirmed experience to the profile. Pure functions."""

from dataclasses import replace
from typing import Any

from assistant.agent.guide.memory import Candidate
from assistant.agent.guide.script import Outcome, Turn
from assistant.domain.profile import Experience, Profile

_DESCRIBED = 300


def added(turn: Turn, experience: Experience, told: Candidate, rest: tuple[Candidate, ...]) -> Outcome:
    """What follows from a confirmed experience; the same work told again is joined to it."""
    experience, rest = _with_pending_details(experience, rest)
    kept = tuple(e for e in turn.profile.experiences if e.concept_id != told.replaces)
    same = next((e for e in kept if e.concept_id == experience.concept_id), None)
    if same is not None:
        merged = replace(
            same,
            years=_sum(same.years, experience.years),
            country=same.country or experience.country,
        )
        experiences = tuple(merged if e is same else e for e in kept)
        said = turn.wording.say("noted.merged", work=same.title)
    else:
        experiences = (*kept, experience)
        said = turn.wording.say("noted.experience", experience=turn.wording.experience(experience))
    return turn.outcome(
        said,
        profile=replace(turn.profile, experiences=experiences),
        pending=rest,
        # "A maths teacher" says which skills to offer first, along with an ordinary day.
        told=f"{turn.memory.told} {told.quote}".strip()[:_DESCRIBED],
        current=experience.concept_id,
        **_same_goal(turn, experience, told),
    )


def _same_goal(turn: Turn, experience: Experience, told: Candidate) -> dict[str, Any]:
    """Who wants to go on with their own work has said which it is: "I am a teacher, how do I teach here?"."""
    wanted = {turn.memory.goal, *turn.memory.wanted} - {""}
    if not wanted & set(told.concept_ids):
        return {}
    return {"goal": experience.concept_id, "wanted": ()}


def _with_pending_details(
    experience: Experience, rest: tuple[Candidate, ...]
) -> tuple[Experience, tuple[Candidate, ...]]:
    """What was told twice is asked about once: the second telling gives the length and country lacking."""
    others: list[Candidate] = []
    for told in rest:
        adds = experience.years is None or told.years is None
        if told.concept_ids[0] != experience.concept_id or not adds:
            others.append(told)
            continue
        experience = replace(
            experience,
            years=experience.years if experience.years is not None else told.years,
            country=experience.country or told.country,
        )
    return experience, tuple(others)


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None and second is None else (first or 0) + (second or 0)


def with_experience(profile: Profile, changed: Experience) -> Profile:
    """The profile with one experience changed."""
    return replace(
        profile,
        experiences=tuple(changed if e.concept_id == changed.concept_id else e for e in profile.experiences),
    )
