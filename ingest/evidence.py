"""Makes `starter/evidence.yaml`: what public data say of the groups' kinship and of what they ask for.

Labour flows are of groups already. All else the sources say of single occupations (JobTech
`occupation-name`), so it is brought up to the groups that these belong to; each function says how.
Deterministic: the same files give the same text.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.records import RelationRecord
from ingest.sources import esco_records, taxonomy_records
from ingest.sources.files import CONCEPTS, ESCO_RELATIONS, RELATIONS, rows_of
from ingest.starter_schema import AskedRecord, EvidenceRecord, GroupRecord

# The files list at most so many skills of an occupation, most typical first.
_LISTED_SKILLS = 20
# Beyond these, a single one of many occupations in a group makes the tie.
_MOST_SIMILAR = 15
_LEAST_SUBSTITUTABILITY = 5
_SAME_OCCUPATION = ("exact_match", "close_match")
_HEADER = """\
# Made by `python -m ingest evidence`; not to be edited. Facts of the JobTech Taxonomy 30, of
# Arbetsförmedlingen's open files on relevant skills and neighbouring occupations 29, of SCB's labour flows
# as of 2025-04 (all CC0), and of ESCO 1.2.0 (European Commission).
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """The relations needed, by name and source in rank order, and the occupations of each SSYK code."""

    relations: Mapping[str, Mapping[str, tuple[RelationRecord, ...]]]
    codes: Mapping[str, str]
    occupations: Mapping[str, tuple[str, ...]]

    def of(self, name: str, source_id: str) -> tuple[RelationRecord, ...]:
        return self.relations.get(name, {}).get(source_id, ())

    def code_of(self, occupation_id: str) -> str:
        """The code of an occupation's group; empty for one that is retired."""
        found = self.of("broader", occupation_id)
        return next((self.codes[each.target_id] for each in found if each.target_id in self.codes), "")


def make_evidence(folder: Path, groups: Iterable[GroupRecord]) -> Iterator[EvidenceRecord]:
    """The evidence of each group, by SSYK code.

    Args:
        folder: With the files that `python -m ingest build --source files` reads.
        groups: Our own groups; how much others ask for their skills is not kept.

    Raises:
        StarterDataError: A file is missing or is not whole.
    """
    read = _read(folder)
    for group in sorted(groups, key=lambda group: group.ssyk_code):
        code, skill_ids = group.ssyk_code, tuple(skill.concept_id for skill in group.skills)
        yield EvidenceRecord(
            ssyk_code=code,
            flows=_flows(read, group.concept_id, code),
            similar=_similar(read, code),
            substitutes=_substitutes(read, code),
            asked=_asked(read, code, skill_ids),
        )


def evidence_text(records: Iterable[EvidenceRecord]) -> str:
    """The records as YAML, a line for each group."""
    lines = (json.dumps(record.model_dump(exclude_defaults=True)) for record in records)
    return _HEADER + "".join(f"- {line}\n" for line in lines)


def _flows(read: _Read, group_id: str, own_code: str) -> list[str]:
    """SCB's ranking as it is: where most people go who leave the group."""
    codes = (read.codes.get(flow.target_id, "") for flow in read.of("labour_flow_to", group_id))
    return [code for code in dict.fromkeys(codes) if code not in ("", own_code)]


def _similar(read: _Read, code: str) -> list[str]:
    """Groups by how near their occupations are to the group's own.

    Each occupation of the group gives each that is like it 1 divided by its rank in the file; a group
    has the sum of what its occupations were given, so the more of the group name it, the nearer it is.
    """
    given: dict[str, float] = defaultdict(float)
    for occupation in read.occupations.get(code, ()):
        best: dict[str, float] = {}
        for name in ("similar_occupation", "similar_occupation_other_group"):
            for link in read.of(name, occupation):
                best[link.target_id] = max(best.get(link.target_id, 0.0), 1 / max(link.rank, 1))
        for target, points in best.items():
            given[read.code_of(target)] += points
    nearest = sorted(given, key=lambda other: (-given[other], other))
    return [other for other in nearest if other not in ("", code)][:_MOST_SIMILAR]


def _substitutes(read: _Read, code: str) -> dict[str, int]:
    """How well the group's people can do the work of others, by the taxonomy's 75 (high) and 25 (low).

    The mean, over the group's occupations, of the best percentage towards any occupation of the other.
    """
    occupations = read.occupations.get(code, ())
    total: dict[str, int] = defaultdict(int)
    for occupation in occupations:
        best: dict[str, int] = {}
        for link in read.of("substitutes", occupation):
            other = read.code_of(link.target_id)
            best[other] = max(best.get(other, 0), link.percentage or 0)
        for other, percentage in best.items():
            total[other] += percentage
    means = {other: round(sum_ / len(occupations)) for other, sum_ in total.items()}
    kept = [o for o, mean in means.items() if mean >= _LEAST_SUBSTITUTABILITY and o not in ("", code)]
    return {other: means[other] for other in sorted(kept, key=lambda other: (-means[other], other))}


def _asked(read: _Read, code: str, skill_ids: tuple[str, ...]) -> dict[str, AskedRecord]:
    """How much ads ask for each skill, and whether ESCO has it for an occupation that is the same.

    Of ads: the mean, over the occupations that the file knows, of 1 for the first of an occupation's 20
    most typical skills down to 0.05 for the last, and 0 for one that is not among them.
    """
    lists = [found for o in read.occupations.get(code, ()) if (found := read.of("has_skill_calculated", o))]
    weight: dict[str, float] = defaultdict(float)
    for listed in lists:
        for link in listed:
            weight[link.target_id] += 1 - (max(link.rank, 1) - 1) / _LISTED_SKILLS
    essential, optional = (_esco_skills(read, code, name) for name in ("essential_skill", "optional_skill"))
    asked = {}
    for skill_id in skill_ids:
        same = _same_as(read, skill_id)
        asking = AskedRecord(
            ads=round(weight[skill_id] / len(lists), 3) if lists else 0.0,
            essential=bool(same & essential),
            optional=bool(same & optional),
        )
        if asking != AskedRecord():
            asked[skill_id] = asking
    return asked


def _esco_skills(read: _Read, code: str, relation: str) -> set[str]:
    same = (uri for occupation in read.occupations.get(code, ()) for uri in _same_as(read, occupation))
    return {link.target_id for uri in same for link in read.of(relation, uri)}


def _same_as(read: _Read, concept_id: str) -> set[str]:
    """ESCO concepts that are the same as one of JobTech's, or nearly."""
    return {link.target_id for name in _SAME_OCCUPATION for link in read.of(name, concept_id)}


_NEEDED = frozenset(
    """
    broader labour_flow_to similar_occupation similar_occupation_other_group substitutes has_skill_calculated
    exact_match close_match essential_skill optional_skill
    """.split()
)


def _read(folder: Path) -> _Read:
    codes, living = {}, []
    for row in rows_of(folder / CONCEPTS):
        concept = taxonomy_records.row_to_concept(row, {})
        if concept.type == "ssyk-level-4":
            codes[concept.concept_id] = concept.code
        elif concept.type == "occupation-name" and not concept.deprecated:
            living.append(concept.concept_id)
    found: dict[str, dict[str, list[RelationRecord]]] = defaultdict(lambda: defaultdict(list))
    for relation in _relations(folder):
        if relation.relation in _NEEDED:
            found[relation.relation][relation.source_id].append(relation)
    relations = {
        name: {source: tuple(sorted(links, key=_order)) for source, links in by_source.items()}
        for name, by_source in found.items()
    }
    read = _Read(relations, codes, {})
    occupations: dict[str, list[str]] = defaultdict(list)
    for occupation_id in sorted(living):
        occupations[read.code_of(occupation_id)].append(occupation_id)
    return _Read(relations, codes, {code: tuple(ids) for code, ids in occupations.items()})


def _order(relation: RelationRecord) -> tuple[int, str]:
    return relation.rank, relation.target_id


def _relations(folder: Path) -> Iterator[RelationRecord]:
    for row in rows_of(folder / RELATIONS):
        yield taxonomy_records.row_to_relation(row)
    for row in rows_of(folder / ESCO_RELATIONS):
        yield from esco_records.row_to_relations(row)
