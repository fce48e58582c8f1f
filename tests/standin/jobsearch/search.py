"""Searches the ads as the service does: filters, free words, order, pages and counts."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from starlette.datastructures import QueryParams

from tests.standin.jobsearch.ads import Ad, concept_ids, emptied, recorded

LARGEST_OFFSET = 2000
LARGEST_LIMIT = 100
LARGEST_STATS = 30
LARGEST_COMPLETIONS = 50

_OCCUPATIONS = ("occupation-name", "occupation-group", "occupation-field")
_PLACES = ("municipality", "region", "country")
_AD_FIELD = {"occupation-name": "occupation"}
_STATS = frozenset({*_OCCUPATIONS, *_PLACES})
_ORDERS = {
    "pubdate-desc": ("publication_date", True),
    "pubdate-asc": ("publication_date", False),
    "applydate-desc": ("application_deadline", True),
    "applydate-asc": ("application_deadline", False),
    "updated": ("publication_date", True),
}


class OutOfRange(Exception):
    """A parameter outside of what is allowed; the body is that of the service's source."""

    def __init__(self, name: str, value: str, largest: int) -> None:
        message = f"Invalid argument: {value}. argument must be within the range 0 - {largest}"
        self.body = {"errors": {name: message}, "message": "Input payload validation failed"}
        super().__init__(message)


def number(params: QueryParams, name: str, default: int, largest: int) -> int:
    value = params.get(name, str(default))
    if not value.isdecimal() or int(value) > largest:
        raise OutOfRange(name, value, largest)
    return int(value)


def search(ads: Iterable[Ad], params: QueryParams) -> dict[str, Any]:
    offset = number(params, "offset", 0, LARGEST_OFFSET)
    limit = number(params, "limit", 10, LARGEST_LIMIT)
    stats_limit = number(params, "stats.limit", 5, LARGEST_STATS)
    words = params.get("q", "").lower().split()
    found = [
        (ad, relevance)
        for ad in ads
        if _is_wanted(ad, params, _OCCUPATIONS)
        and _is_wanted(ad, params, _PLACES)
        and (relevance := _relevance(ad, words)) > 0
    ]
    _order(found, params.get("sort", "relevance"))
    envelope: dict[str, Any] = emptied(recorded("search_stats_occupation_name_limit0"))
    return envelope | {
        "query_time_in_millis": 1,
        "result_time_in_millis": 1,
        "total": {"value": len(found)},
        "positions": sum(ad["number_of_vacancies"] or 0 for ad, _ in found),
        "stats": [_stats(found, field, stats_limit) for field in params.getlist("stats") if field in _STATS],
        "hits": [ad | {"relevance": relevance} for ad, relevance in found[offset : offset + limit]],
    }


def _is_wanted(ad: Ad, params: QueryParams, fields: tuple[str, ...]) -> bool:
    """Parameters of one kind are alternatives; a `-` before a value takes it away."""
    wanted = [(field, value) for field in fields for value in params.getlist(field)]
    positive = [one for one in wanted if not one[1].startswith("-")]
    negative = [(field, value[1:]) for field, value in wanted if value.startswith("-")]
    return (not positive or _has_any(ad, positive)) and not _has_any(ad, negative)


def _has_any(ad: Ad, wanted: list[tuple[str, str]]) -> bool:
    return any(value in concept_ids(ad, _AD_FIELD.get(field, field)) for field, value in wanted)


def _text(ad: Ad) -> str:
    place = ad["workplace_address"]
    parts = (
        ad["headline"],
        ad["occupation"]["label"],
        ad["employer"]["name"],
        place["municipality"],
        place["region"],
        ad["description"]["text"],
    )
    return " ".join(part for part in parts if part).lower()


def _relevance(ad: Ad, words: list[str]) -> float:
    if not words:
        return 1.0
    text = _text(ad)
    required = [word[1:] for word in words if word.startswith("+")]
    refused = [word[1:] for word in words if word.startswith("-")]
    plain = [word for word in words if word[0] not in "+-"]
    if any(word in text for word in refused) or not all(word in text for word in required):
        return 0.0
    return sum(word in text for word in plain) / len(plain) if plain else 1.0


def _order(found: list[tuple[Ad, float]], order: str) -> None:
    if order in _ORDERS:
        field, is_descending = _ORDERS[order]
        found.sort(key=lambda one: str(one[0][field] or ""), reverse=is_descending)
    else:
        found.sort(key=lambda one: one[1], reverse=True)


def _stats(found: list[tuple[Ad, float]], field: str, limit: int) -> dict[str, Any]:
    counted = Counter(_counted(ad, field) for ad, _ in found)
    values = [
        {"term": term, "concept_id": concept_id, "code": code, "count": count}
        for (term, concept_id, code), count in counted.most_common()
        if concept_id
    ]
    return {"type": field, "values": values[:limit]}


def _counted(ad: Ad, field: str) -> tuple[str, str | None, str]:
    if field in _PLACES:
        place = ad["workplace_address"]
        return place[field] or "", place[f"{field}_concept_id"], place[f"{field}_code"] or ""
    concept = ad[_AD_FIELD.get(field, field).replace("-", "_")] or {}
    code = concept.get("legacy_ams_taxonomy_id") or ""
    return concept.get("label", ""), concept.get("concept_id"), code


def complete(ads: Iterable[Ad], params: QueryParams) -> dict[str, Any]:
    limit = number(params, "limit", 10, LARGEST_COMPLETIONS)
    begun = params.get("q", "").lower()
    counted: Counter[tuple[str, str]] = Counter()
    for ad in ads:
        for type, term in (
            ("occupation", ad["occupation"]["label"]),
            ("location", ad["workplace_address"]["municipality"]),
        ):
            if term and begun and term.lower().startswith(begun):
                counted[term.lower(), type] += 1
    typeahead = [
        {"value": value, "found_phrase": value, "type": type, "occurrences": count}
        for (value, type), count in counted.most_common(limit)
    ]
    return {"result_time_in_millis": 1, "time_in_millis": 1, "typeahead": typeahead}
