"""The REST part: concepts, autocomplete and versions, with keys `taxonomy/...`."""

import re
from collections.abc import Mapping

from tests.standin.taxonomy.data import Concept, Selection, Taxonomy
from tests.standin.taxonomy.versions import VERSIONS

Row = dict[str, object]
_AUTOCOMPLETE_LIMIT = 100


class BadParameter(Exception):
    """A query parameter is missing or cannot be read."""


def versions() -> list[Row]:
    return [{"taxonomy/version": id, "taxonomy/timestamp": timestamp} for id, timestamp in VERSIONS]


def concepts(taxonomy: Taxonomy, parameters: Mapping[str, str]) -> list[Row]:
    selection = Selection(
        ids=tuple(parameters.get("id", "").split()),
        types=tuple(parameters.get("type", "").split()),
        preferred_label=parameters.get("preferred-label", ""),
        include_deprecated=parameters.get("include-deprecated") == "true",
        offset=_number(parameters, "offset") or 0,
        limit=_number(parameters, "limit"),
    )
    return [_concept(taxonomy, concept) for concept in taxonomy.select(selection)]


def autocomplete(taxonomy: Taxonomy, parameters: Mapping[str, str]) -> list[Row]:
    """Live concepts whose label has the words, the last of them as a beginning.

    So the recorded answer behaves: "svetsning" finds "131 MIG-svetsning", and not "Robotsvetsning".
    """
    words = _words(parameters.get("query-string", ""))
    if not words:
        raise BadParameter("query-string")
    live = taxonomy.select(Selection(types=tuple(parameters.get("type", "").split())))
    found = [_ref(concept) for concept in live if _has_words(_words(concept.preferred_label), words)]
    offset, limit = _number(parameters, "offset") or 0, _number(parameters, "limit")
    return found[offset : offset + (_AUTOCOMPLETE_LIMIT if limit is None else limit)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _has_words(label: list[str], words: list[str]) -> bool:
    *whole, beginning = words
    return set(whole) <= set(label) and any(word.startswith(beginning) for word in label)


def _number(parameters: Mapping[str, str], name: str) -> int | None:
    value = parameters.get(name)
    if value is None:
        return None
    if not value.isdecimal():
        raise BadParameter(name)
    return int(value)


def _ref(concept: Concept) -> Row:
    return {
        "taxonomy/id": concept.concept_id,
        "taxonomy/type": concept.type,
        "taxonomy/preferred-label": concept.preferred_label,
    }


def _concept(taxonomy: Taxonomy, concept: Concept) -> Row:
    row = _ref(concept)
    if definition := concept.scalars.get("definition"):
        row["taxonomy/definition"] = definition
    if concept.deprecated:
        row["taxonomy/deprecated"] = True
        replacements = map(taxonomy.get, concept.relations.get("replaced_by", {}))
        row["taxonomy/replaced-by"] = [_ref(target) for target in filter(None, replacements)]
    return row
