"""Finds occupations by what they are near or like, and says why each of them is shown. Pure.

Nobody is steered by demand: forecasts play no part in the order, and the number of ads only where the
person asks where most jobs are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.domain.cards import PathCard
from assistant.domain.concept import EducationLevel, Feature, OccupationGroup
from assistant.domain.path import Path, PathKind
from assistant.domain.source import Source
from assistant.guidance.distance import covers
from assistant.guidance.market import LanguagesByGroup
from assistant.guidance.match_input import MatchInput
from assistant.guidance.matching import Matcher
from assistant.guidance.statement import Statement, sources_of

# Fewer open ads than these say nothing of what a group's ads ask for.
_FEWEST_ADS = 5
_PER_MINOR_GROUP = 2
_MINOR_GROUP = 3
# Reciprocal rank fusion, Cormack et al. 2009; small, since the lists are short.
_FUSION = 5
# Digits of a score by which groups are ordered: work that hardly leads there comes after what is open to all.
_COARSE = 1
# So many that some are left when others are left out.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is empty narrows nothing.

    Attributes:
        near: Groups to start from.
        features: What the work must be like, all of it.
        unwanted: What it must not be like.
        licence: A driving licence class to use: the work asks for it, or for one that it covers.
        most_education: The highest education that it may usually ask for.
        without: Concept ids of groups to leave out.
        is_open: Only groups that no authority has to approve anybody for.
    """

    near: tuple[OccupationGroup, ...] = ()
    features: frozenset[Feature] = frozenset()
    unwanted: frozenset[Feature] = frozenset()
    licence: str = ""
    most_education: EducationLevel | None = None
    without: frozenset[str] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A group that was found; `near` is the group that it was found by, if by one."""

    path: Path
    group: OccupationGroup
    near: OccupationGroup | None = None


class Explorer:
    """Searches the groups of one catalogue."""

    def __init__(self, groups: Mapping[str, OccupationGroup], matcher: Matcher) -> None:
        self._groups = groups
        self._matcher = matcher

    @cached_property
    def _openness(self) -> Counter[str]:
        """How many groups have a group as their neighbour: where many ways lead."""
        return Counter(near for group in self._groups.values() for near in group.neighbour_ids)

    def find(self, wanted: Wanted, known: MatchInput) -> tuple[Found, ...]:
        """All groups that fit, best first.

        Near groups come in the order of their nearness; others by how well they fit the person, then by
        how far away they are and how much education they ask for. What the person has done, and what they
        start from, is not among them.

        Args:
            wanted: What they look for.
            known: What ranking may know of them.
        """
        near = self._near(wanted.near)
        pool = near if near else {group_id: None for group_id in self._groups}
        left_out = wanted.without | {group.concept_id for group in wanted.near} | known.experience.keys()
        fitting = [
            self._groups[group_id]
            for group_id in pool
            if group_id not in left_out and _fits(self._groups[group_id], wanted)
        ]
        found = [
            Found(path, group, pool[group.concept_id])
            for path, group in zip(self._matcher.assess_all(fitting, known), fitting, strict=True)
        ]
        if near:
            return tuple(found)
        # Who may drive a lorry may drive a car too; work with the lorry comes first.
        return tuple(
            sorted(found, key=lambda one: (wanted.licence not in one.group.licences, self._distance(one)))
        )

    def _distance(self, one: Found) -> tuple[float, int, int, int, str]:
        path, group = one.path, one.group
        return (
            -round(path.score, _COARSE),
            list(PathKind).index(path.kind),
            group.education.level.order,
            -self._openness[group.concept_id],
            group.ssyk_code,
        )

    def _near(self, starts: Sequence[OccupationGroup]) -> dict[str, OccupationGroup | None]:
        """Ids of the groups near the starts, the nearest first, each with the start that it is nearest."""
        points: defaultdict[str, float] = defaultdict(float)
        by: dict[str, tuple[int, OccupationGroup]] = {}
        for start in starts:
            for rank, group_id in enumerate(
                self._matcher.kinship.nearest(start.concept_id, limit=_NEAR), start=1
            ):
                points[group_id] += 1 / (_FUSION + rank)
                if group_id not in by or rank < by[group_id][0]:
                    by[group_id] = (rank, start)
        order = sorted(points, key=lambda group_id: (-points[group_id], self._groups[group_id].ssyk_code))
        return {group_id: by[group_id][1] for group_id in order}


def least_swedish(found: Iterable[Found], languages: LanguagesByGroup) -> tuple[Found, ...]:
    """Those whose open ads name Swedish least often, the smallest share first; few ads say nothing."""
    counted = [
        one
        for one in found
        if one.group.concept_id in languages and languages[one.group.concept_id].ads >= _FEWEST_ADS
    ]
    return tuple(sorted(counted, key=lambda one: languages[one.group.concept_id].swedish_share))


def most_ads(found: Iterable[Found], ads: Mapping[str, int]) -> tuple[Found, ...]:
    """Those with the most open ads first; only for somebody who asks where most jobs are."""
    return tuple(sorted(found, key=lambda one: -ads.get(one.group.concept_id, 0)))


def varied(found: Iterable[Found], limit: int) -> tuple[Found, ...]:
    """The first ones, at most two of a minor group (SSYK level 3)."""
    taken: Counter[str] = Counter()
    chosen: list[Found] = []
    for one in found:
        minor = one.group.ssyk_code[:_MINOR_GROUP]
        if len(chosen) < limit and taken[minor] < _PER_MINOR_GROUP:
            taken[minor] += 1
            chosen.append(one)
    return tuple(chosen)


def with_reasons(
    card: PathCard, sources: Sequence[Source], reasons: Sequence[Statement]
) -> tuple[PathCard, tuple[Source, ...]]:
    """A card with the reasons for which it was found before those that lead there, and all its sources."""
    said = (*(reason.text for reason in reasons), card.why)
    all_sources = tuple(dict.fromkeys((*sources_of(*reasons), *sources)))
    return (
        replace(
            card,
            why=" ".join(filter(None, said)),
            source_ids=tuple(source.source_id for source in all_sources),
        ),
        all_sources,
    )


def _fits(group: OccupationGroup, wanted: Wanted) -> bool:
    return (
        wanted.features <= group.features
        and not wanted.unwanted & group.features
        and (not wanted.licence or _asks_for(group, wanted.licence))
        and (wanted.most_education is None or group.education.level.order <= wanted.most_education.order)
        and not (wanted.is_open and group.regulation)
    )


def _asks_for(group: OccupationGroup, licence: str) -> bool:
    """Whether a group asks for driving licences, and for none that this class does not cover."""
    return bool(group.licences) and all(covers({licence}, asked) for asked in group.licences)
