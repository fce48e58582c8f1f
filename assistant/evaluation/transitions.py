"""Held-out relations: does the ranking find where people really go, when it has not been told?

For each group, somebody who has worked there and has its typical skills asks for paths. What is hidden from
the matcher is every relation that knows of the answer: labour flows and similar occupations from the group
and to it, and its place among our own neighbours, both ways. Both relations at once, because
Arbetsförmedlingen lists as similar only occupations between which people do move, so each gives the other
away. What other groups have to say of each other stays, as do skills, substitutability and levels: they
were made without the hidden ones. The product's own `rank` is measured, its variety included.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from assistant.domain.concept import OccupationGroup
from assistant.guidance.kinship import Kinship, quotient
from assistant.guidance.matching import Matcher, MatchInput
from assistant.guidance.parameters import Parameters
from assistant.retrieval.stores.catalogue import Catalogue

AMONG = 10
TYPICAL_SKILLS = 8
YEARS = 5.0
RELATIONS = ("flows", "similar")
Related: TypeAlias = Mapping[str, Sequence[str]]
"""True targets by group, as concept ids."""


@dataclass(frozen=True, slots=True)
class Found:
    """Figures of one way to rank.

    Attributes:
        pairs: Hidden pairs of source and target.
        hits: How many of them were among the first ten.
        reciprocals: For each source, 1 divided by the rank of the first true target; 0 when none is found.
    """

    pairs: int = 0
    hits: int = 0
    reciprocals: tuple[float, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(self.pairs + other.pairs, self.hits + other.hits, self.reciprocals + other.reciprocals)

    def figures(self) -> dict[str, float]:
        """Rounded, by the names that `evaluate paths` prints."""
        return {
            "n": self.pairs,
            "recall@10": round(self.hits / self.pairs, 4) if self.pairs else 0.0,
            "mrr": round(sum(self.reciprocals) / len(self.reciprocals), 4) if self.reciprocals else 0.0,
        }


def held_out_figures(catalogue: Catalogue, parameters: Parameters | None = None) -> dict[str, object]:
    """All figures on held-out relations; takes about half a minute for 400 groups."""
    truths = {name: _related(catalogue, name) for name in RELATIONS}
    ranked = {group_id: _ranked(catalogue, group_id, parameters) for group_id in catalogue.groups}
    ours = {name: _found(truth, lambda group_id: ranked[group_id]) for name, truth in truths.items()}
    popular = {name: _found(truth, _by_popularity(truth)) for name, truth in truths.items()}
    shared = {name: _found(truth, _by_overlap(catalogue, truth)) for name, truth in truths.items()}
    return {
        **_pooled(ours),
        "by_relation": {name: found.figures() for name, found in ours.items()},
        "baselines": {"popularity": _all(popular), "skill_overlap": _all(shared)},
    }


def typical_person(catalogue: Catalogue, group: OccupationGroup) -> MatchInput:
    """Somebody who has done the work and has its most typical skills, and has told of nothing else."""
    abilities = [skill.concept_id for skill in catalogue.skills_of(group) if not skill.is_qualification]
    return MatchInput({group.concept_id: YEARS}, frozenset(abilities[:TYPICAL_SKILLS]))


def first_ten(matcher: Matcher, known: MatchInput) -> list[str]:
    """SSYK groups of the first ten paths to other work than the person has done, best score first."""
    paths = matcher.rank(known, limit=AMONG + len(known.experience))
    best = sorted(paths, key=lambda path: (-path.score, path.ssyk_code))
    return [path.concept_id for path in best if path.concept_id not in known.experience][:AMONG]


def without_relations_of(catalogue: Catalogue, group_id: str) -> Mapping[str, OccupationGroup]:
    """The groups as if nobody knew where the people of one go, or come from."""

    def others(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(other for other in ids if other != group_id)

    hidden = {}
    for group in catalogue.groups.values():
        is_source = group.concept_id == group_id
        evidence = replace(
            group.evidence,
            flows=() if is_source else others(group.evidence.flows),
            similar=() if is_source else others(group.evidence.similar),
        )
        neighbours = () if is_source else others(group.neighbour_ids)
        hidden[group.concept_id] = replace(group, evidence=evidence, neighbour_ids=neighbours)
    return hidden


def _ranked(catalogue: Catalogue, group_id: str, parameters: Parameters | None) -> list[str]:
    matcher = Matcher(without_relations_of(catalogue, group_id), catalogue.skills, parameters)
    return first_ten(matcher, typical_person(catalogue, catalogue.groups[group_id]))


def _related(catalogue: Catalogue, name: str) -> Related:
    return {
        group_id: related
        for group_id, group in catalogue.groups.items()
        if (related := getattr(group.evidence, name))
    }


def _found(truth: Related, rank: Callable[[str], Sequence[str]]) -> Found:
    total = Found()
    for group_id, targets in truth.items():
        first = rank(group_id)[:AMONG]
        hits = len(set(targets) & set(first))
        reciprocal = next((1 / place for place, each in enumerate(first, 1) if each in targets), 0.0)
        total += Found(len(targets), hits, (reciprocal,))
    return total


def _by_popularity(truth: Related) -> Callable[[str], list[str]]:
    """Where most groups' people go, the source's own relations left out."""
    popular = Counter(target for targets in truth.values() for target in targets)

    def rank(group_id: str) -> list[str]:
        visible = popular - Counter(truth[group_id])
        return [other for other, _ in visible.most_common(AMONG + 1) if other != group_id]

    return rank


def _by_overlap(catalogue: Catalogue, truth: Related) -> Callable[[str], list[str]]:
    """Groups that ask for the same skills: cosine, each skill by rarity and by how much it is asked for.

    Among equals, and where no skill is shared, the most popular comes first.
    """
    kinship = Kinship.of(catalogue.groups, catalogue.skills, Parameters().kinship)
    directions = quotient(kinship.asked, np.linalg.norm(kinship.asked, axis=1, keepdims=True))
    likeness = directions @ directions.T
    popular = Counter(target for targets in truth.values() for target in targets)

    def rank(group_id: str) -> list[str]:
        visible = popular - Counter(truth[group_id])
        alike = dict(zip(kinship.group_ids, likeness[kinship.numbers[group_id]].round(9), strict=True))
        best = sorted(alike, key=lambda other: (-alike[other], -visible[other]))
        return [other for other in best if other != group_id][:AMONG]

    return rank


def _pooled(by_relation: Mapping[str, Found]) -> dict[str, float]:
    return sum(by_relation.values(), Found()).figures()


def _all(by_relation: Mapping[str, Found]) -> dict[str, object]:
    of_each = {name: found.figures() for name, found in by_relation.items()}
    return {**_pooled(by_relation), "by_relation": of_each}
