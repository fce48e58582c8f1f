"""Concepts of the JobTech Taxonomy in the neutral form, from the rows of a file and from the API."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.apis.taxonomy_bulk import BulkConcept, BulkLink
from assistant.apis.wire import Flag, ListOf, Text, Wire
from ingest.cleaning import JOBTECH, MIRRORED_TYPES
from ingest.records import ConceptRecord, Record, RelationRecord
from ingest.settling import ISCO_URI

OPEN_FILES = "Arbetsförmedlingen open files"
"""Relevant skills and neighbouring occupations, which the API does not have."""
LABOUR_FLOWS = "SCB labour flows"

COMPLETE_IN_FILES = frozenset({"occupation-name", "skill"})
"""Types of which the files mark every concept that is live; any other concept of them is retired."""

_OPEN_FILE_RELATIONS = frozenset(
    """
    has_skill has_skill_calculated has_license has_vocational_qualification similar_occupation
    similar_occupation_other_group
    """.split()
)
SYSTEMS: Mapping[str, str] = {name: OPEN_FILES for name in _OPEN_FILE_RELATIONS} | {
    "labour_flow_to": LABOUR_FLOWS
}
"""Whose the relations are that are not JobTech's own, by name."""

_FILE_NAMES = {"related_isco": "related"} | {
    f"esco_{match}": match for match in ("exact_match", "close_match", "broad_match", "narrow_match")
}

API_RELATIONS: Mapping[str, tuple[str, ...]] = {
    "occupation-name": (
        "broader",
        "substitutes",
        "exact_match",
        "close_match",
        "broad_match",
        "narrow_match",
    ),
    "skill": ("broader", "related", "exact_match", "close_match", "broad_match", "narrow_match"),
    "ssyk-level-4": ("broader", "related", "exact_match", "close_match", "broad_match", "narrow_match"),
    "isco-level-4": ("exact_match", "close_match", "broad_match", "narrow_match"),
    "esco-skill": ("exact_match", "close_match", "broad_match", "narrow_match"),
    "language": ("exact_match", "close_match", "broad_match", "narrow_match"),
    "keyword": ("related", "exact_match", "close_match", "broad_match", "narrow_match"),
    "job-title": ("related",),
    "occupation-collection": ("related",),
    "barometer-occupation": ("related",),
}
"""Relations that are read from the API with the concepts of a type; only `broader` where not listed."""

# JobTech's `related` goes both ways: it is read from one side, and only to these types.
_RELATED_TYPES: Mapping[str, Collection[str]] = {
    "skill": ("ssyk-level-4",),
    "ssyk-level-4": ("isco-level-4",),
    "keyword": MIRRORED_TYPES,
    "job-title": ("occupation-name",),
    "occupation-collection": ("occupation-name",),
    "barometer-occupation": ("occupation-name",),
}
# Here JobTech's general word stands for something that the files have a name for, read from the other end.
_MEMBERSHIPS = {"occupation-collection": "member_of", "barometer-occupation": "barometer"}

# What the regions of other countries are called when they are set aside.
_ABROAD = "region-abroad"


def _first(value: Any) -> Any:
    """ISCO codes of a group are a list, that of an ISCO group is one."""
    return value[0] if isinstance(value, list) and value else value or ""


class _ConceptRow(Wire):
    id: str
    type: str
    label_sv: Text = ""
    alt_labels: ListOf[Text] = Field(default_factory=list)
    definition: Text = ""
    description_from_esco: Text = ""
    hitta_yrken_description: Text = ""
    code: Text = ""
    ssyk: Text = ""
    isco: Annotated[str, BeforeValidator(_first)] = ""
    esco_uri: Text = ""
    v30: Flag = False

    @property
    def own_code(self) -> str:
        if self.type.startswith("ssyk-level-"):
            return self.ssyk
        return self.isco if self.type == "isco-level-4" else self.code


class _RelationRow(Wire):
    source: str
    relation: str
    target: str
    rank: int | None = None
    percentage: int | None = None


def row_to_concept(row: Any, terms: Mapping[str, tuple[str, ...]]) -> ConceptRecord:
    """A row of `jobtech_concepts`.

    Args:
        row: As in the file; its English labels are left out, since the mirror derives the same.
        terms: Other words for concepts by id, of which those that differ from the label are taken.

    Raises:
        ValidationError: It has another form.
    """
    read = _ConceptRow.model_validate(row)
    others = (term for term in terms.get(read.id, ()) if term.casefold() != read.label_sv.casefold())
    return ConceptRecord(
        concept_id=read.id,
        type=_mirrored_type(read.type),
        system=JOBTECH,
        label_sv=read.label_sv,
        alternative_sv=tuple(dict.fromkeys((*read.alt_labels, *others))),
        definition_sv=read.definition or read.description_from_esco or read.hitta_yrken_description,
        code=read.own_code,
        esco_uri=read.esco_uri,
        deprecated=read.type in COMPLETE_IN_FILES and not read.v30,
    )


def row_to_relation(row: Any) -> RelationRecord:
    """A row of `jobtech_relations`.

    Raises:
        ValidationError: It has another form.
    """
    read = _RelationRow.model_validate(row)
    return RelationRecord(
        source_id=read.source,
        relation=_FILE_NAMES.get(read.relation, read.relation),
        target_id=read.target,
        system=SYSTEMS.get(read.relation, JOBTECH),
        rank=read.rank or 0,
        percentage=read.percentage,
    )


def bulk_to_records(concept: BulkConcept) -> Iterator[Record]:
    """A concept from the API, then its relations."""
    yield ConceptRecord(
        concept_id=concept.concept_id,
        type=_ABROAD if _is_abroad(concept) else _mirrored_type(concept.type),
        system=JOBTECH,
        label_sv=concept.preferred_label,
        alternative_sv=concept.alternative_labels,
        definition_sv=concept.definition,
        code=concept.code,
        esco_uri=concept.esco_uri,
        deprecated=concept.deprecated,
        replaced_by=concept.replaced_by,
    )
    ranks: dict[str, int] = {}
    for link in concept.links:
        relation = _relation(concept, link, ranks.get(link.relation, 0))
        if relation:
            ranks[link.relation] = ranks.get(link.relation, 0) + 1
            yield relation


def _relation(concept: BulkConcept, link: BulkLink, rank: int) -> RelationRecord | None:
    """The relation that a link stands for; none for one that is read from its other end, or not at all."""
    wanted = _RELATED_TYPES[concept.type] if link.relation == "related" else MIRRORED_TYPES
    if link.relation.endswith("_match"):
        target = _esco_target(link)
    else:
        target = link.concept_id if _mirrored_type(link.type) in wanted else ""
    if not target:
        return None
    if link.relation == "related" and concept.type in _MEMBERSHIPS:
        return RelationRecord(target, _MEMBERSHIPS[concept.type], concept.concept_id, JOBTECH)
    return RelationRecord(concept.concept_id, link.relation, target, JOBTECH, rank, link.percentage)


def _esco_target(link: BulkLink) -> str:
    """The URI of an ESCO concept or ISCO group; empty for the matches of these with JobTech's own."""
    if link.type == "isco-level-4" and link.isco_code:
        return f"{ISCO_URI}{link.isco_code}"
    return link.esco_uri


def _is_abroad(concept: BulkConcept) -> bool:
    """The taxonomy has the regions of all Europe; the Swedish ones alone have a county code."""
    return concept.type == "region" and not concept.code


def _mirrored_type(type: str) -> str:
    """JobTech's own ESCO concepts have the type names of ESCO's; the mirror tells them apart."""
    return f"jobtech-{type}" if type in ("esco-occupation", "esco-skill") else type
