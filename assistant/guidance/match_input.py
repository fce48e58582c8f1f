"""All that ranking may know of a person: no name, gender, age, origin, religion or health has room here."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.profile import Profile, WishKind


@dataclass(frozen=True, slots=True)
class MatchInput:
    """All that ranking may know.

    Attributes:
        experience: Years by concept id of an occupation group; None when not said.
        skill_ids: Concept ids of skills held.
        education: Highest level told, None when not said.
        studied_ids: Concept ids of groups that the subjects of the education prepare for.
        licences: Driving licence classes held, upper case.
        wished_ids: Concept ids of groups that the person has named as a wish, best first.
        wanted: What work should be like.
        without: Concept ids of groups that the person has turned down.
        wants_same_work: The person wants to go on with what they have done.
        wants_new_work: The person would rather do something else than before.
        wants_to_study: The person wants to study.
    """

    experience: Mapping[str, float | None]
    skill_ids: frozenset[str]
    education: EducationLevel | None = None
    studied_ids: tuple[str, ...] = ()
    licences: frozenset[str] = frozenset()
    wished_ids: tuple[str, ...] = ()
    wanted: frozenset[Feature] = frozenset()
    without: frozenset[str] = frozenset()
    wants_same_work: bool = False
    wants_new_work: bool = False
    wants_to_study: bool = False


def match_input(
    profile: Profile,
    wished_ids: tuple[str, ...] = (),
    *,
    studied_ids: tuple[str, ...] = (),
    wanted: frozenset[Feature] = frozenset(),
    without: frozenset[str] = frozenset(),
) -> MatchInput:
    """What ranking may know of a profile.

    Args:
        profile: As confirmed by the person. Titles, countries and the words of wishes are not looked at.
        wished_ids: Groups that the words of a wish name, best first.
        studied_ids: Groups that the subjects of the education prepare for.
        wanted: What work should be like.
        without: Groups that the person has turned down.
    """
    experience: dict[str, float | None] = {}
    for item in profile.experiences:
        known = experience.get(item.concept_id)
        experience[item.concept_id] = (known or 0) + item.years if item.years is not None else known
    levels = [education.level for education in profile.education if education.level is not None]
    return MatchInput(
        experience=experience,
        skill_ids=profile.held_skill_ids,
        education=max(levels, key=lambda level: level.order, default=None),
        studied_ids=studied_ids,
        licences=frozenset(profile.licences),
        wished_ids=wished_ids,
        wanted=wanted,
        without=without,
        wants_same_work=WishKind.SAME_WORK in profile.wishes,
        wants_new_work=WishKind.NEW_WORK in profile.wishes,
        wants_to_study=WishKind.STUDY in profile.wishes,
    )
