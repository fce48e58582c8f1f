"""Reads the shared data into a taxonomy: version 30 first, then older official files for what it lacks."""

from functools import cache
from typing import Any

from tests.standin.shared import SHARED_DIR, read_json, read_rows
from tests.standin.taxonomy.data import RELATIONS, Scalar, Taxonomy
from tests.standin.taxonomy.esco import add_esco
from tests.standin.taxonomy.invented import add_invented

_V30 = "data/official/jobtech_v30_2026-06"
_DUMPS = "data/official/jobtech_dumps_2025-12"

# That the occupations of a forecast are `related` to it is a guess: no recorded answer shows them.
_API_NAMES = {"broader": "broader", "related": "related", "barometer": "related"}

COMPLETE_IN_V30 = frozenset({"occupation-name", "skill"})
"""Types of which the version 30 files hold every concept, so that any other is deprecated."""


@cache
def read_taxonomy() -> Taxonomy:
    """Read all files; about two seconds, once a process."""
    taxonomy = Taxonomy()
    in_v30 = _add_v30_places_and_occupations(taxonomy) | _add_v30_skills(taxonomy)
    _add_dumps(taxonomy)
    _add_joined_concepts(taxonomy)
    _add_synonyms(taxonomy)
    _add_joined_relations(taxonomy)
    add_esco(taxonomy)
    for concept in taxonomy.all():
        if concept.type in COMPLETE_IN_V30 and concept.concept_id not in in_v30:
            concept.scalars["deprecated"] = True
    add_invented(taxonomy)
    return taxonomy


@cache
def read_concept_types() -> list[dict[str, str]]:
    types: list[dict[str, str]] = read_json(SHARED_DIR / _DUMPS / "concept-types.json.gz")["data"][
        "concept_types"
    ]
    return types


def _add_v30_places_and_occupations(taxonomy: Taxonomy) -> set[str]:
    """Add them; gives the ids of the occupations that are live in version 30."""
    snapshot = read_json(SHARED_DIR / _V30 / "taxonomy-snapshot.json.gz")
    for region in snapshot["regions"]:
        _add_snapshot_node(taxonomy, region, "region")
        for municipality in region["municipalities"]:
            _add_snapshot_node(taxonomy, municipality, "municipality", parent=region)
    for occupation_field in snapshot["occupationFields"]:
        _add_snapshot_node(taxonomy, occupation_field, "occupation-field")
        for group in occupation_field["occupationGroups"]:
            _add_snapshot_node(taxonomy, group, "ssyk-level-4", parent=occupation_field)
        for occupation in occupation_field["occupations"]:
            _add_snapshot_node(taxonomy, occupation, "occupation-name")
    mappings = read_json(SHARED_DIR / _V30 / "occupation-name-to-ssyk-level-4.v30.json.gz")["mappings"]
    for occupation_id, group_id in mappings.items():
        taxonomy.relate(occupation_id, "broader", group_id)
    # The snapshot, a day older, still has 170 occupations of version 29 that the mapping has not.
    return set(mappings)


def _add_snapshot_node(
    taxonomy: Taxonomy, node: dict[str, Any], type: str, parent: dict[str, Any] | None = None
) -> None:
    taxonomy.add(node["conceptId"], type, {"preferred_label": node["label"]})
    if parent:
        taxonomy.relate(node["conceptId"], "broader", parent["conceptId"])


def _add_v30_skills(taxonomy: Taxonomy) -> set[str]:
    nodes = read_json(SHARED_DIR / _V30 / "jobad-skill-taxonomy.v30.json.gz")["skills"]
    for node in nodes:
        scalars = {"preferred_label": node["preferredLabel"], "alternative_labels": node["synonyms"]}
        taxonomy.add(node["conceptId"], node["layer"], scalars)
    return {node["conceptId"] for node in nodes}


def _add_dumps(taxonomy: Taxonomy) -> None:
    edges: list[tuple[str, str, str, int | None]] = []
    for path in sorted((SHARED_DIR / _DUMPS).glob("*.json.gz")):
        for node in read_json(path)["data"].get("concepts", []):
            # The files of one SNI level give no ids; the hierarchy has the same concepts with them.
            if "id" in node:
                _add_dump_node(taxonomy, node, edges)
    for source_id, relation, target_id, percentage in edges:
        taxonomy.relate(source_id, relation, target_id, percentage)


def _add_dump_node(
    taxonomy: Taxonomy, node: dict[str, Any], edges: list[tuple[str, str, str, int | None]]
) -> None:
    not_stored = RELATIONS | {"id", "type", "substitutability_percentage"}
    scalars = {name: value for name, value in node.items() if name not in not_stored}
    taxonomy.add(node["id"], node["type"], scalars)
    for relation in RELATIONS & node.keys():
        for target in node[relation]:
            _add_dump_node(taxonomy, target, edges)
            edges.append((node["id"], relation, target["id"], target.get("substitutability_percentage")))


def _add_joined_concepts(taxonomy: Taxonomy) -> None:
    for row in read_rows("jobtech_concepts"):
        # 26 occupations of version 30 have no label in any file; the API has no concept without one.
        if row.get("label_sv"):
            scalars: dict[str, Scalar] = {
                "preferred_label": row["label_sv"],
                "definition": _described(row),
                "alternative_labels": row.get("alt_labels"),
                "esco_uri": row.get("esco_uri"),
            }
            taxonomy.add(row["id"], row["type"], scalars)


def _described(row: dict[str, Any]) -> str | None:
    """The definition; where the taxonomy has none, the description that the shared files join to it."""
    texts = (row.get(name) for name in ("definition", "description_from_esco", "hitta_yrken_description"))
    return next(filter(None, texts), None)


def _add_synonyms(taxonomy: Taxonomy) -> None:
    """Other names of concepts, from Arbetsförmedlingen's synonym dictionary; the API has its own."""
    for row in read_rows("autosuggest_terms"):
        concept = taxonomy.get(row["id"])
        if concept is None or row["label"].casefold() == concept.preferred_label.casefold():
            continue
        known = concept.scalars.get("alternative_labels") or []
        assert isinstance(known, list)
        if row["label"] not in known:
            concept.scalars["alternative_labels"] = [*known, row["label"]]


def _add_joined_relations(taxonomy: Taxonomy) -> None:
    for row in read_rows("jobtech_relations"):
        # Those with ESCO have a module of their own; the others are not in the API.
        if relation := _API_NAMES.get(row["relation"]):
            taxonomy.relate(row["source"], relation, row["target"])
