"""The filters of a search among planned educations, as the OpenAPI file describes them.

How `searchTerm` is matched is not said: here all its words stand in the title, the provider's name, the town
or the municipality. Not filtered by: `directionIds`, `instructionLanguages`, for want of data.
"""

import re
from collections.abc import Callable

from starlette.datastructures import QueryParams

from tests.standin.planned_educations.records import LABELS, Event

_TYPES = {
    "AUB": "aub arbmarknutb",
    "FHS": "fhs fhsk",
    "NY": "ny",
    "VUXGR": "vuxgr komvuxbasiccourses",
    "VUXGRAN": "vuxgran komvuxgrsar",
    "VUXGY": "vuxgy komvuxgycourses",
    "VUXGYAN": "vuxgyan komvuxgysar",
    "YH": "yh yhprogram yhkurskurspaket",
}
# The recorded events do not tell apart the kinds of higher education.
_HIGHER = dict.fromkeys(
    "forutbildning coursebasic courseadvanced programbasic programadvanced".split(), "Högskoleutbildning"
)
_LABEL_OF_TYPE = {
    value: LABELS[code] for code, values in _TYPES.items() for value in values.split()
} | _HIGHER

Filter = Callable[[Event, list[str]], bool]


def found(events: tuple[Event, ...], params: QueryParams) -> list[Event]:
    """The events that fit all the filters; an empty filter fits all."""
    wanted = {name: _values(params, name) for name in _FILTERS}
    asked = [(_FILTERS[name], values) for name, values in wanted.items() if values]
    return [event for event in events if all(fits(event, values) for fits, values in asked)]


def _values(params: QueryParams, name: str) -> list[str]:
    parts = [part.strip() for value in params.getlist(name) for part in re.split(r"[,;:]", value)]
    return [part for part in parts if part]


def _has_words(event: Event, values: list[str]) -> bool:
    names = ("titleSv", "providerName", "town", "municipality")
    text = " ".join(event[name] or "" for name in names).casefold()
    return all(word in text for value in values for word in value.casefold().split())


def _is_in_area(event: Event, values: list[str]) -> bool:
    """A county's code is two digits, a municipality's four that begin with them."""
    return (event["geographicalAreaCode"] or "").startswith(tuple(values))


def _is_of_type(event: Event, values: list[str]) -> bool:
    return event["typeOfSchool"] in {_LABEL_OF_TYPE.get(value) for value in values} - {None}


def _starts_within(event: Event, values: list[str]) -> bool:
    start = event["semesterStartFrom"] or ""
    periods = [value.split("TO") for value in values if value.count("TO") == 1]
    return any(first <= start <= last for first, last in periods)


def _has_pace(event: Event, values: list[str]) -> bool:
    try:
        pace = float(event["paceOfStudy"] or "")
    except ValueError:
        return False
    bounds = [value.split("-") for value in values]
    return any(float(low[0]) <= pace <= float(low[-1]) for low in bounds)


def _is_distance(event: Event, values: list[str]) -> bool:
    return str(event["distance"]).lower() in values


def _is_named(field: str) -> Filter:
    def fits(event: Event, values: list[str]) -> bool:
        return str(event[field]).casefold() in {value.casefold() for value in values}

    return fits


_FILTERS: dict[str, Filter] = {
    "searchTerm": _has_words,
    "geographicalAreaCode": _is_in_area,
    "typeOfSchool": _is_of_type,
    "semesterStartFrom": _starts_within,
    "paceOfStudy": _has_pace,
    "distance": _is_distance,
    "town": _is_named("town"),
    "municipality": _is_named("municipality"),
    "county": _is_named("county"),
    "executionCondition": _is_named("executionCondition"),
    "recommendedPriorKnowledge": _is_named("recommendedPriorKnowledge"),
}
