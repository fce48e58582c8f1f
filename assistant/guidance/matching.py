"""Ranks occupation groups for what a person can and wants. Pure and deterministic.

Blind by construction: `MatchInput` has no room for name, gender, age, origin, religion or health.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import islice

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
        self._groups = {group.concept_id: group for group in groups.values()}
        self._skills = skills
        self._parameters = parameters or Parameters()
        self.kinship = Kinship.of(groups, skills, self._parameters.kinship)
        levels = [self._groups[group_id].education.level.order for group_id in self.kinship.group_ids]
        self._levels = np.array(levels)
        self._fields = np.array([_field(self._groups[group_id]) for group_id in self.kinship.group_ids])
        # Into how many groups' flows a group comes: where people begin from all kinds of work.
        self._openness = Counter(other for group in groups.values() for other in group.evidence.flows)

    def rank(self, known: MatchInput, *, limit: int = 8) -> tuple[Path, ...]:
        """Rank paths for what is known of a person.

        Args:
            known: What ranking may know.
            limit: Most paths wanted.

        Returns:
            Paths: the ready ones first, then one step away, then with education; within each, best
            first. At most two of one minor group (SSYK level 3), not all of one kind, one outside the
            person's field where the evidence carries it, and one that needs nothing more. At least
            three whenever the catalogue has them, and more for who has told of no work.
        """
        measured = self._measured(known)
        least = max(self._parameters.limits.least_share * measured.scores.max(initial=0.0), _LEAST)
        paths = [
            self._path(self._groups[group_id], known, measured)
            for group_id, score in zip(self.kinship.group_ids, measured.scores, strict=True)
            if (score >= least or group_id in known.wished_ids) and group_id not in known.without
        ]
        paths.sort(key=lambda path: (-path.score, path.ssyk_code))
        chosen = varied(paths, self._wishes(paths, known), limit=limit, limits=self._parameters.limits)
        if not any(path.kind is PathKind.READY for path in chosen):
            chosen += self._nearest_ready(known, measured)
        limits = self._parameters.limits
        wanted = limits.fewest if known.experience else max(limits.fewest, min(limits.beginnings, limit))
        taken = {path.concept_id for path in chosen}
        chosen += self._beginnings(known, measured, taken)[: max(wanted - len(chosen), 0)]
        return tuple(sorted(chosen, key=lambda p: (list(PathKind).index(p.kind), -p.score, p.ssyk_code)))

    def assess(self, group: OccupationGroup, known: MatchInput) -> Path:
        """An honest answer about one group, however far away it is."""
        return self.assess_all((group,), known)[0]

    def assess_all(self, groups: Iterable[OccupationGroup], known: MatchInput) -> tuple[Path, ...]:
        """The same for several groups, in their order."""
        measured = self._measured(known)
        return tuple(self._path(group, known, measured) for group in groups)

    def _measured(self, known: MatchInput) -> _Measured:
        near, near_study = self._near_work(known), self._near_study(known)
        shares = self.kinship.held_shares(known.skill_ids)
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
        parts[PartName.UNWANTED] = -self._unwanted(known) * total
        return _Measured(shares, near, near_study, parts, total + parts[PartName.UNWANTED])

    def _unwanted(self, known: MatchInput) -> NDArray[np.float64]:
        """The share of its score that each group loses when somebody wants to leave their work."""
        shares = np.zeros(len(self.kinship.group_ids))
        if known.wants_new_work:
            done = [number for number, _ in self._done(known)]
            shares[np.isin(self._fields, self._fields[done])] = self._parameters.points.unwanted_field
            shares[[self.kinship.numbers[w] for w in known.wished_ids if w in self.kinship.numbers]] = 0.0
            shares[done] = self._parameters.points.unwanted
        return shares

    def _depth(self, years: float | None) -> float:
        """How much of an experience counts, by its length; 0-1."""
        points = self._parameters.points
        lived = min(points.unsaid_years if years is None else years, points.long_experience_years)
        return points.start + (1 - points.start) * lived / points.long_experience_years

    def _own_work(self, known: MatchInput) -> NDArray[np.float64]:
        own = np.zeros(len(self.kinship.group_ids))
        for number, depth in self._done(known):
            own[number] = depth
        return own

    def _done(self, known: MatchInput) -> list[tuple[int, float]]:
        """Numbers of the groups that the person has worked in, with how much that counts."""
        numbers = self.kinship.numbers
        return sorted(
            (numbers[group_id], self._depth(years))
            for group_id, years in known.experience.items()
            if group_id in numbers
        )

    def _near_work(self, known: MatchInput) -> NDArray[np.float64]:
        closeness = [self.kinship.closeness[number] for number, _ in self._done(known)]
        return np.max(closeness, axis=0) if closeness else np.zeros(len(self.kinship.group_ids))

    def _led(self, known: MatchInput) -> NDArray[np.float64]:
        """How far all work together leads to each group: several ways there count more than one."""
        remaining = np.ones(len(self.kinship.group_ids))
        for number, depth in self._done(known):
            remaining *= 1 - depth * self.kinship.closeness[number]
        return 1 - remaining

    def _near_study(self, known: MatchInput) -> NDArray[np.float64]:
        return self._towards(known.studied_ids, self._parameters.points.near_field)

    def _towards(self, group_ids: Iterable[str], near: float) -> NDArray[np.float64]:
        """How near each group is to some that were named, best first: 1 for the first itself."""
        points, numbers = self._parameters.points, self.kinship.numbers
        best = np.zeros(len(self.kinship.group_ids))
        for place, group_id in enumerate(group_ids):
            if group_id in numbers:
                towards = near * self.kinship.closeness[numbers[group_id]]
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
        for number, group_id in enumerate(self.kinship.group_ids):
            group = self._groups[group_id]
            if known.wanted:
                wish[number] += points.feature * len(known.wanted & group.features) / len(known.wanted)
            if known.wants_same_work and group_id in known.experience:
                wish[number] += points.study
            standing = self._standing(group, known, measured) if known.wants_to_study else None
            if standing and lacks_education(group, known, standing, self._parameters.limits):
                wish[number] += points.study
        return np.minimum(wish, 1.0)

    def _standing(self, group: OccupationGroup, known: MatchInput, measured: _Measured) -> Standing:
        number = self.kinship.numbers[group.concept_id]
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
        number = self.kinship.numbers[group.concept_id]
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
        number = self.kinship.numbers[group.concept_id]

        def points(done: int, depth: float) -> float:
            return depth if done == number else depth * float(self.kinship.closeness[done, number])

        led = {
            done: points(done, depth)
            for done, depth in self._done(known)
            if done == number or self.kinship.closeness[done, number] >= self._parameters.limits.related
        }
        best = sorted(led, key=lambda done: (done != number, -led[done], done))
        return tuple(self.kinship.group_ids[done] for done in best)

    def _is_outside_field(self, group: OccupationGroup, known: MatchInput) -> bool:
        done = (self._groups[group_id] for group_id in known.experience if group_id in self._groups)
        return all(_field(other) != _field(group) for other in done)

    def _wishes(self, paths: Iterable[Path], known: MatchInput) -> tuple[str, ...]:
        """What is always shown: the first wishes, and the best work that is all that they want it to be."""
        named = known.wished_ids[: self._parameters.limits.wishes]
        like = (p.concept_id for p in paths if known.wanted <= self._groups[p.concept_id].features)
        return (*named, *islice(like, 1)) if known.wanted else named

    def _nearest_ready(self, known: MatchInput, measured: _Measured) -> tuple[Path, ...]:
        """The best path that needs nothing more: a place to begin, or to wait for a licence."""
        for number in np.argsort(-measured.scores, kind="stable"):
            path = self._path(self._groups[self.kinship.group_ids[number]], known, measured)
            if path.score < _LEAST:
                break
            is_left_out = (
                path.concept_id in known.without or path.ssyk_code in self._parameters.limits.elected
            )
            if path.kind is PathKind.READY and not is_left_out:
                return (path,)
        return self._beginnings(known, measured, frozenset())[:1]

    def _beginnings(self, known: MatchInput, measured: _Measured, taken: Set[str]) -> tuple[Path, ...]:
        """Work without regulation and licences to lack that asks for no more schooling than was told of.

        Those first to which most ways lead; what asks for none at all before what one still has to learn.
        """
        told = known.education or EducationLevel.NONE
        most = min(told.order, EducationLevel.UPPER_SECONDARY.order)
        groups = [
            group
            for group in self._groups.values()
            if group.education.level.order <= most
            and group.concept_id not in taken | known.without
            and group.regulation is None
            and not lacking_licences(group, known)
            and group.ssyk_code not in self._parameters.limits.elected
        ]
        groups.sort(key=lambda group: (-self._openness[group.concept_id], group.ssyk_code))
        paths = [self._path(group, known, measured) for group in groups]
        return tuple(sorted(paths, key=lambda path: path.kind is not PathKind.READY))


def _field(group: OccupationGroup) -> str:
    return group.ssyk_code[:2]


__all__ = ["MatchInput", "Matcher", "match_input"]
