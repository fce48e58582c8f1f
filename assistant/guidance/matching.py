"""Ranks occupation groups for what a person can and wants. Pure and deterministic.

Blind by construction: `MatchInput` has no room for name, gender, age, origin, religion or health.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.domain.concept import EducationLevel, OccupationGroup, Skill
from assistant.domain.path import Path, PathKind
from assistant.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class MatchInput:
    """All that ranking may know.

    Attributes:
        experience: Years by concept id of an occupation group; None when not said.
        skill_ids: Concept ids of skills held.
        education: Highest level told, None when not said.
        licences: Driving licence classes held, upper case.
        wished_ids: Concept ids of groups that the person has named as a wish, best first.
        wants_new_work: The person would rather do something else than before.
        wants_to_study: The person wants to study.
    """

    experience: Mapping[str, float | None]
    skill_ids: frozenset[str]
    education: EducationLevel | None = None
    licences: frozenset[str] = frozenset()
    wished_ids: tuple[str, ...] = ()
    wants_new_work: bool = False
    wants_to_study: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters of the ranking, each with its reason.

    Attributes:
        own_work: Having done the work says most.
        near_work: A neighbouring group shares tools and tasks, by the taxonomy's relations.
        near_work_fall: A neighbour's rank matters: the first is much closer than the sixth.
        skills: Confirmed skills say less than work done, since they are counted on few labels.
        wish: A wish lifts a group above its equals, not above work the person can do today.
        near_wish: A neighbour of a wish is worth showing.
        long_experience_years: From here more years add nothing.
        ready_share: Holding half of what a group uses, by rarity, is enough to try.
        step_share: A fifth shows a connection beyond chance.
        unwanted: What somebody wants to leave is still shown, below the rest.
    """

    own_work: float = 0.6
    near_work: float = 0.42
    near_work_fall: float = 0.04
    skills: float = 0.4
    wish: float = 0.3
    near_wish: float = 0.1
    long_experience_years: float = 5.0
    ready_share: float = 0.5
    step_share: float = 0.2
    unwanted: float = 0.45


def match_input(profile: Profile, wished_ids: tuple[str, ...] = ()) -> MatchInput:
    """What ranking may know of a profile."""
    experience: dict[str, float | None] = {}
    for item in profile.experiences:
        known = experience.get(item.concept_id)
        experience[item.concept_id] = (known or 0) + item.years if item.years is not None else known
    levels = [education.level for education in profile.education if education.level is not None]
    return MatchInput(
        experience=experience,
        skill_ids=profile.held_skill_ids,
        education=max(levels, key=lambda level: level.order, default=None),
        licences=frozenset(profile.licences),
        wished_ids=wished_ids,
        wants_new_work="new_work" in profile.wishes,
        wants_to_study="study" in profile.wishes,
    )


class Matcher:
    """Ranks the groups of one catalogue."""

    def __init__(
        self,
        groups: Mapping[str, OccupationGroup],
        skills: Mapping[str, Skill],
        weights: Weights | None = None,
    ) -> None:
        self._groups = groups
        self._skills = skills
        self._weights = weights or Weights()

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """Weight of a skill: the fewer groups use it, the more it says (inverse document frequency)."""
        used = Counter(skill_id for group in self._groups.values() for skill_id in self._abilities(group))
        return {skill_id: math.log(1 + len(self._groups) / count) for skill_id, count in used.items()}

    @cached_property
    def _openness(self) -> Counter[str]:
        """How many groups name a group as their neighbour: where many ways lead."""
        return Counter(n for group in self._groups.values() for n in group.neighbour_ids)

    def rank(self, known: MatchInput, *, limit: int = 8) -> tuple[Path, ...]:
        """Rank paths for what is known of a person.

        Args:
            known: What ranking may know.
            limit: Most paths wanted.

        Returns:
            Paths: the ready ones first, then one step away, then with education; within each, best
            first. At most two of one minor group (SSYK level 3), and one outside the person's field
            where the evidence carries it. At least three whenever the catalogue has them.
        """
        paths = [path for group in self._groups.values() if (path := self._path(group, known))]
        paths.sort(key=lambda path: (-path.score, path.ssyk_code))
        chosen = self._chosen(paths, known, limit)
        # Somebody who has told of no work gets at least one place to begin.
        has_start = known.experience or any(path.kind is PathKind.READY for path in chosen)
        wanted = max(3 - len(chosen), 0 if has_start else 1)
        chosen += self._open_to_all(known, limit=wanted, taken={path.concept_id for path in chosen})
        return tuple(sorted(chosen, key=lambda p: (list(PathKind).index(p.kind), -p.score, p.ssyk_code)))

    def assess(self, group: OccupationGroup, known: MatchInput) -> Path:
        """An honest answer about one group, however far away it is."""
        share = self._share_held(group, known)
        return self._described(group, known, share, self._score(group, known, share))

    def _path(self, group: OccupationGroup, known: MatchInput) -> Path | None:
        share = self._share_held(group, known)
        connected = share >= self._weights.step_share or self._work_evidence(group, known) > 0
        if not connected and group.concept_id not in known.wished_ids:
            return None
        return self._described(group, known, share, self._score(group, known, share))

    def _described(self, group: OccupationGroup, known: MatchInput, share: float, score: float) -> Path:
        held = [skill_id for skill_id in group.skill_ids if skill_id in known.skill_ids]
        lacking = [skill_id for skill_id in group.skill_ids if skill_id not in known.skill_ids]
        leading = [
            group_id
            for group_id in known.experience
            if group_id == group.concept_id or self._are_near(group, self._groups.get(group_id))
        ]
        return Path(
            concept_id=group.concept_id,
            ssyk_code=group.ssyk_code,
            kind=self._kind(group, known, share),
            score=round(score, 4),
            matched=tuple(self._skills[skill_id] for skill_id in held),
            missing=tuple(self._skills[skill_id] for skill_id in lacking),
            experience_ids=tuple(leading),
            needs_education=self._lacks_education(group, known),
            needs_licences=tuple(c for c in group.licences if not _covers(known.licences, c)),
            is_wished=group.concept_id in known.wished_ids,
            outside_own_field=not any(
                _field(self._groups[group_id]) == _field(group)
                for group_id in known.experience
                if group_id in self._groups
            ),
        )

    def _score(self, group: OccupationGroup, known: MatchInput, share: float) -> float:
        weights = self._weights
        score = self._work_evidence(group, known) + weights.skills * share + self._wish(group, known)
        if known.wants_new_work and group.concept_id in known.experience:
            score *= weights.unwanted
        if known.wants_to_study and self._lacks_education(group, known):
            score *= 1.2
        return min(score, 1.0)

    def _share_held(self, group: OccupationGroup, known: MatchInput) -> float:
        abilities = self._abilities(group)
        asked = sum(self._rarity[skill_id] for skill_id in abilities)
        held = sum(self._rarity[skill_id] for skill_id in abilities if skill_id in known.skill_ids)
        return held / asked if asked else 0.0

    def _abilities(self, group: OccupationGroup) -> tuple[str, ...]:
        """The group's skills without papers: lacking one of those is a gap, not a lack of ability."""
        return tuple(s for s in group.skill_ids if not self._skills[s].is_qualification)

    def _work_evidence(self, group: OccupationGroup, known: MatchInput) -> float:
        return max(
            (self._evidence_of(done, years, group) for done, years in known.experience.items()), default=0
        )

    def _evidence_of(self, done_id: str, years: float | None, group: OccupationGroup) -> float:
        weights = self._weights
        # An unsaid length counts as one year: enough to matter, too little to lead.
        depth = 0.5 + 0.5 * min(years if years is not None else 1.0, weights.long_experience_years) / (
            weights.long_experience_years
        )
        if done_id == group.concept_id:
            return weights.own_work * depth
        done = self._groups.get(done_id)
        if done is None:
            return 0.0
        if group.concept_id in done.neighbour_ids:
            rank = done.neighbour_ids.index(group.concept_id)
            return (weights.near_work - weights.near_work_fall * rank) * depth
        if done_id in group.neighbour_ids:
            return weights.near_work / 2 * depth
        return 0.0

    def _wish(self, group: OccupationGroup, known: MatchInput) -> float:
        if group.concept_id in known.wished_ids:
            return self._weights.wish / (1 + known.wished_ids.index(group.concept_id))
        if any(self._are_near(group, self._groups.get(wished)) for wished in known.wished_ids[:1]):
            return self._weights.near_wish
        return 0.0

    def _kind(self, group: OccupationGroup, known: MatchInput, share: float) -> PathKind:
        has_done_it = group.concept_id in known.experience
        if self._lacks_education(group, known) and not (has_done_it and group.regulation is None):
            return PathKind.EDUCATION
        barred = group.regulation is not None or any(not _covers(known.licences, c) for c in group.licences)
        if barred:
            return PathKind.STEP
        near_and_open = group.education.level.order <= EducationLevel.COMPULSORY.order
        return (
            PathKind.READY
            if has_done_it or share >= self._weights.ready_share or near_and_open
            else PathKind.STEP
        )

    def _lacks_education(self, group: OccupationGroup, known: MatchInput) -> bool:
        """Whether the usual education is above what the person has told.

        A vocational upper-secondary level is one step (a course), not years of study, so it counts
        only when the person has told of no more than compulsory school and has no related work.
        """
        asked = group.education.level
        if asked.order <= EducationLevel.COMPULSORY.order:
            return False
        told = known.education
        if told is None:
            return (
                asked.order > EducationLevel.UPPER_SECONDARY.order
                and group.concept_id not in known.experience
            )
        # A dentist's five years are called a bachelor's degree in many countries: the licence decides.
        if group.concept_id in known.experience and told.order >= EducationLevel.BACHELOR.order:
            return False
        if asked is EducationLevel.UPPER_SECONDARY and self._work_evidence(group, known) > 0:
            return False
        return asked.order > told.order

    def _are_near(self, group: OccupationGroup, other: OccupationGroup | None) -> bool:
        return other is not None and (
            other.concept_id in group.neighbour_ids or group.concept_id in other.neighbour_ids
        )

    def _chosen(self, paths: list[Path], known: MatchInput, limit: int) -> list[Path]:
        chosen: list[Path] = []
        in_minor_group: Counter[str] = Counter()
        per_kind: Counter[PathKind] = Counter()
        # What somebody has named as a wish is among the paths, however far away it is.
        for path in sorted(paths, key=lambda path: path.concept_id not in known.wished_ids[:1]):
            minor = path.ssyk_code[:3]
            if len(chosen) < limit and in_minor_group[minor] < 2 and per_kind[path.kind] < limit // 2:
                chosen.append(path)
                in_minor_group[minor] += 1
                per_kind[path.kind] += 1
        if chosen and not any(path.outside_own_field for path in chosen):
            chosen += [path for path in paths if path.outside_own_field][:1]
        return chosen

    def _open_to_all(self, known: MatchInput, *, limit: int, taken: set[str]) -> list[Path]:
        """Groups that usually ask for no education, for somebody who has told of no work yet."""
        groups: Iterable[OccupationGroup] = (
            group
            for group in self._groups.values()
            if group.education.level is EducationLevel.NONE
            and group.concept_id not in taken
            and group.regulation is None
            and all(_covers(known.licences, licence) for licence in group.licences)
        )
        most_open = sorted(groups, key=lambda group: (-self._openness[group.concept_id], group.ssyk_code))
        return [self.assess(group, known) for group in most_open[:limit]]


def _field(group: OccupationGroup) -> str:
    return group.ssyk_code[:2]


def _covers(held: frozenset[str], asked: str) -> bool:
    """Whether licences held cover a class: CE covers C, and any class for lorries or buses covers B."""
    covering = {
        "B": {"B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"},
        "C": {"C", "CE"},
        "D": {"D", "DE"},
    }
    return bool(held & covering.get(asked, {asked}))
