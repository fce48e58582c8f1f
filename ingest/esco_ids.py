"""Makes `starter/esco.yaml`: ESCO's concept for each of our skills and groups, where there is one.

The JobTech Taxonomy says which of ESCO's concepts is the same as one of its own, or close. A skill that
is the same as several is none of them, so it gets no id, and wider and narrower concepts are left out.
A group gets the ISCO-08 unit group that the taxonomy ties it to, if it is tied to one alone. Concepts that
ESCO has retired are left out. Deterministic: the same files give the same text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.domain.concept import EscoMatchKind
from ingest.records import RelationRecord
from ingest.settling import ISCO_URI
from ingest.sources import esco_records, taxonomy_records
from ingest.sources.files import CONCEPTS, ESCO_SKILLS, ISCO_GROUPS, RELATIONS, rows_of
from ingest.starter_schema import EscoRecord, GroupRecord

_MATCHES = {"exact_match": EscoMatchKind.EXACT, "close_match": EscoMatchKind.CLOSE}
_RELATED = "related"
_HEADER = """\
# Made by `python -m ingest esco`; not to be edited. Facts of the JobTech Taxonomy 30 (CC0), whose crosswalk
# of skills was made for ESCO 1.0.9; the concepts are all in ESCO 1.2.0. This service uses the ESCO
# classification of the European Commission.
"""


def make_esco(folder: Path, groups: Iterable[GroupRecord]) -> Mapping[str, EscoRecord]:
    """ESCO's concepts by our concept ids, in the order of the ids.

    Args:
        folder: With the files that `python -m ingest build --source files` reads.
        groups: Our own groups.

    Raises:
        StarterDataError: A file is missing or is not whole.
    """
    links = _links(folder)
    living, codes = _living(folder), _isco_codes(folder)
    made: dict[str, EscoRecord] = {}
    for group in groups:
        related = {f"{ISCO_URI}{codes[i]}" for i in links[_RELATED][group.concept_id] & codes.keys()}
        if len(found := related & living) == 1:
            made[group.concept_id] = EscoRecord(uri=found.pop(), match=EscoMatchKind.RELATED)
        for skill in group.skills:
            if match := _match(skill.concept_id, links, living):
                made[skill.concept_id] = match
    return dict(sorted(made.items()))


def esco_text(matches: Mapping[str, EscoRecord]) -> str:
    """The records as YAML, a line for each concept."""
    lines = (f"{concept_id}: {{uri: {m.uri}, match: {m.match}}}\n" for concept_id, m in matches.items())
    return _HEADER + "".join(lines)


def _match(skill_id: str, links: Mapping[str, Mapping[str, set[str]]], living: set[str]) -> EscoRecord | None:
    """The nearest concept, if no other is as near."""
    for name, kind in _MATCHES.items():
        if found := links[name][skill_id] & living:
            return EscoRecord(uri=found.pop(), match=kind) if len(found) == 1 else None
    return None


def _links(folder: Path) -> Mapping[str, Mapping[str, set[str]]]:
    """Targets by name of the relation and source."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows_of(folder / RELATIONS):
        relation: RelationRecord = taxonomy_records.row_to_relation(row)
        found[relation.relation][relation.source_id].add(relation.target_id)
    return found


def _living(folder: Path) -> set[str]:
    """URIs of the skills and ISCO groups that ESCO has now."""
    rows = (row for file in (ESCO_SKILLS, ISCO_GROUPS) for row in rows_of(folder / file))
    records = (esco_records.row_to_concept(row, "esco-skill") for row in rows)
    return {record.concept_id for record in records if not record.deprecated}


def _isco_codes(folder: Path) -> Mapping[str, str]:
    concepts = (taxonomy_records.row_to_concept(row, {}) for row in rows_of(folder / CONCEPTS))
    return {concept.concept_id: concept.code for concept in concepts if concept.type == "isco-level-4"}
