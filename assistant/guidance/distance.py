"""How far away an occupation group is for somebody: what is missing, and which kind of path that makes."""

from dataclasses import dataclass

from assistant.domain.concept import EducationLevel, OccupationGroup, Skill
from assistant.domain.path import Gap, GapKind, PathKind
from assistant.guidance.match_input import MatchInput
from assistant.guidance.parameters import Limits

_COVERING = {
    "B": {"B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"},
    "C": {"C", "CE"},
    "D": {"D", "DE"},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody brings to one group.

    Attributes:
        share: How much of what the group asks for they hold, 0-1.
        near: How far their work leads there, 0-1, without the time spent in it.
        near_study: How far the subjects of their education lead there, 0-1; 1 to the group itself.
        missing: Skills of the group that they have not mentioned, most typical first.
    """

    share: float
    near: float
    near_study: float
    missing: tuple[Skill, ...]


def lacks_education(group: OccupationGroup, known: MatchInput, standing: Standing, limits: Limits) -> bool:
    """Whether the usual education is above, or in another subject than, what the person has told.

    A vocational upper-secondary level is one step (a course), not years of study, so it counts
    only when the person has told of no more than compulsory school and has no related work.
    """
    asked, told = group.education.level, known.education
    has_done = group.concept_id in known.experience
    if asked.order <= EducationLevel.COMPULSORY.order:
        return False
    if told is None:
        return asked.order > EducationLevel.UPPER_SECONDARY.order and not has_done
    # A dentist's five years are called a bachelor's degree in many countries: the licence decides.
    if has_done and told.order >= EducationLevel.BACHELOR.order:
        return False
    is_related = standing.near >= limits.related
    if asked is EducationLevel.UPPER_SECONDARY:
        return asked.order > told.order and not (has_done or is_related)
    in_other_subject = bool(known.studied_ids) and max(standing.near, standing.near_study) < limits.related
    return asked.order > told.order or (in_other_subject and not has_done)


def lacking_licences(group: OccupationGroup, known: MatchInput) -> tuple[str, ...]:
    """Driving licence classes that the group usually asks for and the person lacks.

    CE covers C, and any class for lorries or buses covers B.
    """
    return tuple(c for c in group.licences if not known.licences & _COVERING.get(c, {c}))


def kind_of(group: OccupationGroup, known: MatchInput, standing: Standing, limits: Limits) -> PathKind:
    """How far away the group is. Regulated work is never ready: an authority decides."""
    has_done = group.concept_id in known.experience
    if lacks_education(group, known, standing, limits) and not (has_done and group.regulation is None):
        return PathKind.EDUCATION
    if group.regulation is not None or lacking_licences(group, known):
        return PathKind.STEP
    is_open = group.education.level.order <= EducationLevel.COMPULSORY.order
    has_studied = group.concept_id in known.studied_ids and known.education is not None
    is_able = has_done or has_studied or standing.share >= limits.ready_share
    return PathKind.READY if is_able or is_open else PathKind.STEP


def gaps_of(
    group: OccupationGroup, known: MatchInput, standing: Standing, kind: PathKind, limits: Limits
) -> tuple[Gap, ...]:
    """What stands between the person and the group, the most binding first; nothing when they are ready."""
    if kind is PathKind.READY:
        return ()
    gaps = [Gap(GapKind.AUTHORITY)] if group.regulation else []
    if kind is PathKind.EDUCATION:
        gaps.append(Gap(GapKind.EDUCATION, level=group.education.level))
    gaps += [Gap(GapKind.DRIVING_LICENCE, licence=licence) for licence in lacking_licences(group, known)]
    if kind is PathKind.STEP and standing.share < limits.ready_share:
        gaps += [Gap(GapKind.SKILL, skill=skill) for skill in standing.missing if not skill.is_qualification]
    gaps += [Gap(GapKind.PAPER, skill=skill) for skill in standing.missing if skill.is_qualification]
    return tuple(gaps[: limits.most_gaps])
