"""Finds which passages of the taxonomy and of ESCO speak for which occupation groups."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.domain.concept import ConceptType
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.group_titles import group_titles, write_group_titles
from assistant.retrieval.stores.passage_store import PassageTable, read_passage_table

# What an occupation is called elsewhere tells a little less than what the group itself is called.
_ELSEWHERE = 0.9
# How far an ESCO occupation speaks for the group of an occupation-name that it is matched with.
_MATCHES = {"exact_match": 1.0, "close_match": 0.95, "narrow_match": 0.9, "broad_match": 0.75}
# The same for one that is matched with none, through its ISCO group, which may be several SSYK groups.
_ONE_GROUP = 0.85
_SEVERAL_GROUPS = 0.65
_ESCO_OCCUPATION = "esco-occupation"
_ISCO_GROUP = "isco-level-4"
_ISCO_DIGITS = 4
_OCCUPATION_NAME = "occupation-name"

Shares = Mapping[str, Mapping[str, float]]


def write_all_group_titles(build: Path) -> None:
    """Write them for every passage type of a build that names occupations; its passages are written."""
    own = read_passage_table(build, PassageType.OCCUPATION)
    numbers = {group_id: number for number, group_id in enumerate(own.owner_ids)}
    for passage_type, shares in owner_shares(build).items():
        table = read_passage_table(build, passage_type)
        if len(table):
            write_group_titles(build, passage_type, group_titles(_rows(table, shares, numbers)))


def owner_shares(build: Path) -> Mapping[PassageType, Shares]:
    """How far each owner speaks for each group, by their ids, of each type that names occupations."""
    own = read_passage_table(build, PassageType.OCCUPATION)
    store = ConceptStore(build)
    broader = dict(store.pairs("broader", _OCCUPATION_NAME, ConceptType.OCCUPATION_GROUP))
    return {
        PassageType.OCCUPATION: {group_id: {group_id: 1.0} for group_id in own.owner_ids},
        PassageType.OCCUPATION_NAME: {name: {group: _ELSEWHERE} for name, group in broader.items()},
        PassageType.ESCO_OCCUPATION: _esco_shares(store, broader),
    }


def _esco_shares(store: ConceptStore, group_of: Mapping[str, str]) -> Shares:
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for relation, share in _MATCHES.items():
        for name, uri in store.pairs(relation, _OCCUPATION_NAME, _ESCO_OCCUPATION):
            if group := group_of.get(name):
                shares[uri][group] = max(_ELSEWHERE * share, shares[uri].get(group, 0))
    codes = {concept.concept_id: concept.code for concept in store.concepts(_ISCO_GROUP)}
    by_code: dict[str, list[str]] = defaultdict(list)
    for group, isco in store.pairs("related", ConceptType.OCCUPATION_GROUP, _ISCO_GROUP):
        by_code[codes[isco]].append(group)
    for concept in store.concepts(_ESCO_OCCUPATION):
        if concept.concept_id not in shares:
            groups = by_code[concept.code[:_ISCO_DIGITS]]
            share = _ONE_GROUP if len(groups) == 1 else _SEVERAL_GROUPS
            shares[concept.concept_id] = {group: _ELSEWHERE * share for group in groups}
    return shares


def _rows(
    table: PassageTable, shares: Shares, numbers: Mapping[str, int]
) -> Iterator[tuple[int, int, float]]:
    for position, owner in enumerate(table.owners.tolist()):
        for group, share in shares.get(table.owner_ids[owner], {}).items():
            if group in numbers:
                yield position, numbers[group], share
