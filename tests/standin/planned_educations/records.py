"""Planned Educations' events: the recorded ones as they are, then the shared `educations_sample` like them.

The rows get what is odd in the recorded ones: titles in CDATA, the text "null" for a pace, deadlines in 2099,
and links that lead nowhere. A detail says neither the place's code nor whether there is a date, as recorded.
"""

from functools import cache
from typing import Any

from assistant.apis.susa import EducationEvent, EducationInfo
from assistant.domain.place import Place
from ingest.sources.places import read_places
from tests.standin.shared import EDUCATION_SAMPLES, read_json
from tests.standin.susa.records import educations

Event = dict[str, Any]
SAMPLES = EDUCATION_SAMPLES / "planned-educations-v4"
LABELS = {
    "AUB": "Arbetsmarknadsutbildning",
    "FHS": "Folkhögskola",
    "NY": "Nationell yrkesutbildning",
    "VUXGR": "Grundläggande vuxenutbildning",
    "VUXGRAN": "Kommunal vuxenutbildning som anpassad utbildning på grundläggande nivå",
    "VUXGY": "Gymnasial vuxenutbildning",
    "VUXGYAN": "Kommunal vuxenutbildning som anpassad utbildning på gymnasial nivå",
    "YH": "Yrkeshögskoleutbildning",
}
"""Labels of `typeOfSchool` by Susa-navet's codes; recorded are those of VUXGR, VUXGY, YH and HS."""

# Of the recorded events, those with odd values came from a system for municipal adult education.
_MUNICIPAL = frozenset({"VUXGR", "VUXGRAN", "VUXGY", "VUXGYAN"})
_LINKS = "http://localhost:9007/planned-educations/v3/adult-education-events"


def sample(name: str) -> Any:
    """A recorded answer, such as `adult-education-events`."""
    return read_json(SAMPLES / f"v4_{name}_200.json")


@cache
def listed() -> tuple[Event, ...]:
    """All events as a search has them."""
    recorded = sample("adult-education-events")["body"]["_embedded"]["listedAdultEducationEvents"]
    infos = {info.info_id: info for info in educations().infos}
    events = educations().events
    return (*recorded, *(_listed(event, infos[event.education_id]) for event in events))


@cache
def details() -> dict[str, Event]:
    """All events as they are by themselves, by id. Of the recorded, one has its details."""
    infos = {info.info_id: info for info in educations().infos}
    events = {event.event_id: event for event in educations().events}
    found = {
        item["educationEventId"]: _detail(item, events[item["educationEventId"]], infos)
        for item in listed()
        if item["educationEventId"] in events
    }
    recorded = sample("adult-education-events_id")["body"]
    return {**found, recorded["educationEventId"]: recorded}


def _listed(event: EducationEvent, info: EducationInfo) -> Event:
    is_municipal = info.school_type in _MUNICIPAL
    place = _places().get(next(iter(event.municipality_codes), ""))
    region = _places().get(place.region_code) if place else None
    town = next(iter(event.towns), None)
    return {
        "educationEventId": event.event_id,
        "providerName": _provider_name(event),
        "county": region.name if region else None,
        "municipality": place.name if place else None,
        "geographicalAreaCode": place.code if place else None,
        "credits": None if info.credits is None else f"{info.credits:g}",
        "creditsSystem": info.credits_system or None,
        "contractor": None,
        "location": None,
        "town": town,
        "contactInfoAddressCity": town,
        "typeOfSchool": LABELS.get(info.school_type),
        "semesterStartFrom": event.start or None,
        "paceOfStudy": _pace(event, is_municipal=is_municipal),
        "titleSv": f"<![CDATA[{event.title_sv}]]>" if is_municipal else event.title_sv or None,
        "extent": None,
        "distance": event.is_distance,
        "recommendedPriorKnowledge": None,
        "lastApplicationDate": _deadline(event, is_municipal=is_municipal),
        "executionCondition": 1 if event.start else 2 if is_municipal else 0,
        "_links": {event.event_id: {"href": f"{_LINKS}/{event.event_id}"}},
    }


def _detail(item: Event, event: EducationEvent, infos: dict[str, EducationInfo]) -> Event:
    shared = (
        "educationEventId providerName municipality town distance credits creditsSystem contractor "
        "typeOfSchool semesterStartFrom paceOfStudy extent"
    ).split()
    description = event.description_sv or infos[event.education_id].description_sv
    return {
        **{name: item[name] for name in shared},
        "instructionLanguages": "swe",
        "studyPathName": item["titleSv"],
        "areasOfInterest": None,
        "educationEventDescription": description or None,
        "providerDescription": None,
        "requirements": None,
        "fee": None,
        "eligibleForStudentAid": None,
        "contactInfo": {"email": None, "web": event.url or None, "telephone": None, "addresses": []},
        "organizerName": item["providerName"],
        "timeOfStudy": None,
        "geographicalAreaCode": None,
        "executionCondition": 0,
        "_links": {"self": {"href": f"{_LINKS}/{event.event_id}"}},
    }


def _pace(event: EducationEvent, *, is_municipal: bool) -> str | None:
    if event.pace_percent:
        return f"{event.pace_percent:.1f}"
    return "null" if is_municipal else None


def _deadline(event: EducationEvent, *, is_municipal: bool) -> str | None:
    if event.apply_by:
        return f"{event.apply_by}T00:00:00"
    return "2099-12-31T00:00:00" if is_municipal else None


def _provider_name(event: EducationEvent) -> str | None:
    names = {provider.provider_id: provider.name for provider in educations().providers}
    return next((names[id] for id in event.provider_ids), None)


@cache
def _places() -> dict[str, Place]:
    return {entry.place.code: entry.place for entry in read_places()}
