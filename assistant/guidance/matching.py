"""Ranks occupation groups for what a person can and wants. Pure and deterministic.

Blind by construction: `MatchInput` has no room for name, gender, age, origin, religion or health.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.concept import EducationLevel, OccupationGroup, Skill
from assistant.domain.path import PartName, Path, PathKind, ScorePart
from assistant.guidance.distance import Standing, gaps_of, kind_of, lacking_licences, lacks_education
from assistant.guidance.kinship import Kinship
from assistant.guidance.match_input import MatchInput, match_input
from assistant.guidance.parameters import Parameters
from assistant.guidance.variety import varied

_DIGITS = 4
# Points that would be rounded away.
_LEAST = 10**-_DIGITS


@dataclass(frozen=True, slots=True)
class _Measured:
    """What somebody brings to every group, by the groups' numbers.

    Attributes:
        shares: As `Standing.share`.
        near: As `Standing.near`.
        near_study: As `Standing.near_study`.
        parts: Points of each part of the score.
        scores: Their sum, 0-1.
    """

    shares: NDArray[np.float64]
    near: NDArray[np.float64]
    near_study: NDArray[np.float64]
    parts: Mapping[PartName, NDArray[np.float64]]
    scores: NDArray[np.float64]


class Matcher:
    """Ranks the groups of one catalogue."""

    def __init__(
        self,
        groups: Mapping[str, OccupationGroup],
        skills: Mapping[str, Skill],
        parameters: Parameters | None = None,
    ) -> None:
        self._groups = groups
        self._skills = skills
        self._parameters = parameters or Parameters()
        self._kinship = Kinship.of(groups, skills, self._parameters.kinship)
        levels = [groups[group_id].education.level.order for group_id in self._kinship.group_ids]
        self._levels = np.array(levels)
        # How many groups name a group as their neighbour: where many ways lead.
        self._openness = Counter(n for group in groups.values() for n in group.neighbour_ids)

    def rank(self, known: MatchInput, *, limit: int = 8) -> tuple[Path, ...]:
        """Rank paths for what is known of a person.

        Args:
            known: What ranking may know.
            limit: Most paths wanted.

        Returns:
            Paths: the ready ones first, then one step away, then with education; within each, best
            first. At most two of one minor group (SSYK level 3), not all of one kind, and one outside
            the person's field where the evidence carries it. At least three whenever the catalogue has
            them.
        """
        measured = self._measured(known)
        least = max(self._parameters.limits.least_share * measured.scores.max(initial=0.0), _LEAST)
        paths = [
            self._path(self._groups[group_id], known, measured)
            for group_id, score in zip(self._kinship.group_ids, measured.scores, strict=True)
            if (score >= least and group_id not in known.without) or group_id in known.wished_ids[:1]
        ]
        paths.sort(key=lambda path: (-path.score, path.ssyk_code))
        chosen = varied(paths, known.wished_ids, limit=limit, limits=self._parameters.limits)
        # Somebody who has told of no work gets at least one place to begin.
        has_start = known.experience or any(path.kind is PathKind.READY for path in chosen)
        wanted = max(3 - len(chosen), 0 if has_start else 1)
        taken = {path.concept_id for path in chosen} | known.without
        chosen += tuple(
            self._path(group, known, measured) for group in self._open_to_all(known, taken)[:wanted]
        )
        return tuple(sorted(chosen, key=lambda p: (list(PathKind).index(p.kind), -p.score, p.ssyk_code)))

    def assess(self, group: OccupationGroup, known: MatchInput) -> Path:
        """An honest answer about one group, however far away it is."""
        return self._path(group, known, self._measured(known))

    def nearest(self, concept_id: str, *, limit: int = 8) -> tuple[str, ...]:
        """Concept ids of the groups that work in one group leads to best, best first."""
        return self._kinship.nearest(concept_id, limit=limit)

    def leading_to(self, concept_id: str, *, limit: int = 8) -> tuple[str, ...]:
        """Concept ids of the groups from which work leads to one best, best first."""
        return self._kinship.leading_to(concept_id, limit=limit)

    def _measured(self, known: MatchInput) -> _Measured:
        near, near_study = self._near_work(known), self._near_study(known)
        shares = self._kinship.held_shares(known.skill_ids)
        points = self._parameters.points
        own = self._own_work(known)
        parts = {
            PartName.OWN_WORK: points.work * own,
            PartName.NEAR_WORK: points.work * np.maximum(points.near_work * self._led(known) - own, 0.0),
            PartName.SKILLS: points.skills * shares,
            PartName.EDUCATION: points.field * self._field_fit(known, near_study),
        }
        measured = _Measured(shares, near, near_study, parts, np.zeros_like(shares))
        parts[PartName.WISH] = points.wish * self._wish(known, measured)
        total = np.sum(list(parts.values()), axis=0)
        unwanted = (own > 0) * (points.unwanted if known.wants_new_work else 0.0)
        parts[PartName.UNWANTED] = -unwanted * total
        return _Measured(shares, near, near_study, parts, total + parts[PartName.UNWANTED])

    def _depth(self, years: float | None) -> float:
        """How much of an experience counts, by its length; 0-1."""
        points = self._parameters.points
        lived = min(points.unsaid_years if years is None else years, points.long_experience_years)
        return points.start + (1 - points.start) * lived / points.long_experience_years

    def _own_work(self, known: MatchInput) -> NDArray[np.float64]:
        own = np.zeros(len(self._kinship.group_ids))
        for number, depth in self._done(known):
            own[number] = depth
        return own

    def _done(self, known: MatchInput) -> list[tuple[int, float]]:
        """Numbers of the groups that the person has worked in, with how much that counts."""
        numbers = self._kinship.numbers
        return sorted(
            (numbers[group_id], self._depth(years))
            for group_id, years in known.experience.items()
            if group_id in numbers
        )

    def _near_work(self, known: MatchInput) -> NDArray[np.float64]:
        closeness = [self._kinship.closeness[number] for number, _ in self._done(known)]
        return np.max(closeness, axis=0) if closeness else np.zeros(len(self._kinship.group_ids))

    def _led(self, known: MatchInput) -> NDArray[np.float64]:
        """How far all work together leads to each group: several ways there count more than one."""
        remaining = np.ones(len(self._kinship.group_ids))
        for number, depth in self._done(known):
            remaining *= 1 - depth * self._kinship.closeness[number]
        return 1 - remaining

    def _near_study(self, known: MatchInput) -> NDArray[np.float64]:
        return self._towards(known.studied_ids, self._parameters.points.near_field)

    def _towards(self, group_ids: Iterable[str], near: float) -> NDArray[np.float64]:
        """How near each group is to some that were named, best first: 1 for the first itself."""
        points, numbers = self._parameters.points, self._kinship.numbers
        best = np.zeros(len(self._kinship.group_ids))
        for place, group_id in enumerate(group_ids):
            if group_id in numbers:
                towards = near * self._kinship.closeness[numbers[group_id]]
                towards[numbers[group_id]] = 1.0
                best = np.maximum(best, towards * points.later_wish**place)
        return best

    def _field_fit(self, known: MatchInput, near_study: NDArray[np.float64]) -> NDArray[np.float64]:
        """How well the education fits each group: its subjects, and half only where its level is too low."""
        told = known.education.order if known.education else EducationLevel.NONE.order
        return near_study * np.where(self._levels <= told, 1.0, 0.5)

    def _wish(self, known: MatchInput, measured: _Measured) -> NDArray[np.float64]:
        points = self._parameters.points
        wish = self._towards(known.wished_ids, points.near_wish)
        for number, group_id in enumerate(self._kinship.group_ids):
            group = self._groups[group_id]
            if known.wanted:
                wish[number] += points.feature * len(known.wanted & group.features) / len(known.wanted)
            if known.wants_same_work and group_id in known.experience:
                wish[number] += points.study
            if known.wants_to_study and self._needs_education(group, known, measured):
                wish[number] += points.study
        return np.minimum(wish, 1.0)

    def _needs_education(self, group: OccupationGroup, known: MatchInput, measured: _Measured) -> bool:
        return lacks_education(group, known, self._standing(group, known, measured), self._parameters.limits)

    def _standing(self, group: OccupationGroup, known: MatchInput, measured: _Measured) -> Standing:
        number = self._kinship.numbers[group.concept_id]
        missing = (self._skills[s] for s in group.skill_ids if s not in known.skill_ids)
        return Standing(
            share=float(measured.shares[number]),
            near=float(measured.near[number]),
            near_study=float(measured.near_study[number]),
            missing=tuple(missing),
        )

    def _path(self, group: OccupationGroup, known: MatchInput, measured: _Measured) -> Path:
        limits = self._parameters.limits
        standing = self._standing(group, known, measured)
        kind = kind_of(group, known, standing, limits)
        number = self._kinship.numbers[group.concept_id]
        parts = tuple(
            ScorePart(name, round(float(points[number]), _DIGITS))
            for name, points in measured.parts.items()
            if abs(points[number]) >= _LEAST
        )
        return Path(
            concept_id=group.concept_id,
            ssyk_code=group.ssyk_code,
            kind=kind,
            score=round(sum(part.points for part in parts), _DIGITS),
            matched=tuple(self._skills[s] for s in group.skill_ids if s in known.skill_ids),
            missing=standing.missing,
            experience_ids=self._leading(group, known),
            needs_education=lacks_education(group, known, standing, limits),
            needs_licences=lacking_licences(group, known),
            outside_own_field=self._is_outside_field(group, known),
            is_wished=group.concept_id in known.wished_ids,
            parts=parts,
            gaps=gaps_of(group, known, standing, kind, limits),
        )

    def _leading(self, group: OccupationGroup, known: MatchInput) -> tuple[str, ...]:
        """The experiences that lead to a group, that which leads there best first."""
        number = self._kinship.numbers[group.concept_id]

        def points(done: int, depth: float) -> float:
            return depth if done == number else depth * float(self._kinship.closeness[done, number])

        led = {
            done: points(done, depth)
            for done, depth in self._done(known)
            if done == number or self._kinship.closeness[done, number] >= self._parameters.limits.related
        }
        best = sorted(led, key=lambda done: (done != number, -led[done], done))
        return tuple(self._kinship.group_ids[done] for done in best)

    def _is_outside_field(self, group: OccupationGroup, known: MatchInput) -> bool:
        done = (self._groups[group_id] for group_id in known.experience if group_id in self._groups)
        return all(other.ssyk_code[:2] != group.ssyk_code[:2] for other in done)

    def _open_to_all(self, known: MatchInput, taken: Iterable[str]) -> list[OccupationGroup]:
        """Groups that usually ask for no education, those first to which most ways lead."""
        groups = (
            group
            for group in self._groups.values()
            if group.education.level is EducationLevel.NONE
            and group.concept_id not in taken
            and group.regulation is None
            and not lacking_licences(group, known)
        )
        return sorted(groups, key=lambda group: (-self._openness[group.concept_id], group.ssyk_code))


__all__ = ["MatchInput", "Matcher", "match_input"]
