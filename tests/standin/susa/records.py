"""Susa-navet's records, made of the real rows of the shared `educations_sample` in the form of EMIL 3.

Invented: which rows are gone (`DELETED`), when the rows of 2023 were last edited, that every second
description is marked up and every fifth address has no scheme. The recorded samples, and those that mirror
the documented form, can be read by their ids and are on no list.
"""

import html
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.apis.susa import EducationEvent, EducationInfo, EducationProvider
from ingest.sources.shared_educations import SharedEducations, group_rows
from tests.standin.shared import EDUCATION_SAMPLES, read_json, read_rows

Content = dict[str, Any]
SAMPLES = EDUCATION_SAMPLES / "susa-navet-emil3"

_UNDATED = "2023-12-31"
_REMOVED_AT = "2025-06-01"
_REMOVED = {
    "educationInfos": ("i.sv.deleted.1", "i.sv.deleted.2"),
    "educationEvents": ("e.sv.deleted.1", "e.sv.deleted.2", "e.sv.deleted.3"),
    "educationProviders": ("p.sv.deleted.1",),
}


@dataclass(frozen=True)
class Row:
    """A row of a list; `content` is None for one that is gone. `school_types` are what it is listed under."""

    id: str
    content: Content | None
    last_edited: str = _REMOVED_AT
    school_types: frozenset[str] = frozenset()
    providers: tuple[str, ...] = ()

    def to_json(self) -> Content:
        status = "DELETED" if self.content is None else "ACTIVE"
        return {"id": self.id, "status": status, "content": self.content}


@cache
def educations() -> SharedEducations:
    """The shared rows, grouped as the ingest does it."""
    return group_rows(read_rows("educations_sample"))


@cache
def rows(kind: str) -> tuple[Row, ...]:
    """All rows of a list, such as `educationInfos`; those that are gone come last."""
    shared = educations()
    types = {info.info_id: info.school_type for info in shared.infos}
    found = {
        "educationInfos": lambda: [_info(at, info) for at, info in enumerate(shared.infos)],
        "educationEvents": lambda: [_event(at, event, types) for at, event in enumerate(shared.events)],
        "educationProviders": lambda: [_provider(provider, types) for provider in shared.providers],
    }[kind]()
    return (*found, *(Row(id, None) for id in _REMOVED[kind]))


@cache
def samples() -> dict[str, Content]:
    """The sample records by id, as rows."""
    found: list[Content] = []
    found += read_json(SAMPLES / "educationInfos-page.json")["educationInfos"]
    found += read_json(SAMPLES / "educationEvents-page-with-deleted.json")["educationEvents"]
    # The whole records last, since some are on the pages in short.
    whole = ("educationInfo", "educationEvent", "educationProvider")
    found += [read_json(SAMPLES / f"{name}.json") for name in whole]
    found.append(read_json(SAMPLES / "educationEvent-kth-cbiot-partial-recorded.json"))
    return {row["id"]: row for row in found}


def _info(at: int, info: EducationInfo) -> Row:
    content: Content = {
        "identifier": info.info_id,
        "code": info.code or None,
        "lastEdited": f"{info.last_edited or _UNDATED}T00:00:00",
        "title": _text(info.title_sv),
        "description": _description(at, info.description_sv),
        "url": _address(at, info.url),
        "type": _code("C_SchoolType", info.school_type),
        "subjects": [{"type": subject.scheme, "code": subject.code} for subject in info.subjects],
        "isVocational": None,
    }
    if info.credits is not None:
        content["credits"] = {"system": _code("C_Credits", info.credits_system), "credits": info.credits}
    types = frozenset({info.school_type})
    return Row(info.info_id, content, info.last_edited or _UNDATED, types)


def _event(at: int, event: EducationEvent, types: dict[str, str]) -> Row:
    content: Content = {
        "identifier": event.event_id,
        # Ids are equal whatever their case, so a reference need not have the record's.
        "education": event.education_id.upper() if at % 9 == 0 else event.education_id,
        "providers": list(event.provider_ids),
        "lastEdited": f"{event.last_edited or _UNDATED}T00:00:00",
        "title": _text(event.title_sv),
        "description": _description(at, event.description_sv),
        "url": _address(at, event.url),
        "locations": [_location(event)] if event.towns else None,
        "execution": _execution(event),
        "isCancelled": False,
        "paceOfStudy": {"percentage": float(event.pace_percent)} if event.pace_percent else None,
        "application": _given({"first": event.apply_from, "last": event.apply_by}),
    }
    if event.is_distance:
        content["distance"] = {"noOfMandatorySessions": event.mandatory_sessions}
    school_types = frozenset({types[event.education_id]})
    return Row(event.event_id, content, event.last_edited or _UNDATED, school_types, event.provider_ids)


def _provider(provider: EducationProvider, types: dict[str, str]) -> Row:
    own = [event for event in educations().events if provider.provider_id in event.provider_ids]
    content = {
        "identifier": provider.provider_id,
        "lastEdited": f"{_UNDATED}T00:00:00",
        "name": _text(provider.name),
    }
    school_types = frozenset(types[event.education_id] for event in own)
    return Row(provider.provider_id, content, _UNDATED, school_types)


def _text(value: str) -> Content | None:
    return {"strings": [{"lang": "swe", "value": value}]} if value else None


def _description(at: int, value: str) -> Content | None:
    if not value or at % 2:
        return _text(value)
    marked = "".join(f"<p>{html.escape(line)}</p>" for line in value.splitlines())
    return {"strings": [{"lang": "swe", "content": "HTML", "value": marked}]}


def _address(at: int, value: str) -> Content | None:
    written = value.removeprefix("https://") if at % 5 == 0 else value
    return {"urls": [{"lang": "swe", "value": written}]} if value else None


def _code(type: str, code: str) -> Content | None:
    return {"type": type, "code": code} if code else None


def _location(event: EducationEvent) -> Content:
    return {"town": event.towns[0], "areaCode": next(iter(event.municipality_codes), None), "country": "SE"}


def _execution(event: EducationEvent) -> Content:
    """Condition 1 has a date, 0 has none yet."""
    condition = _code("C_ExecutionCondition", "1" if event.start else "0")
    return {"condition": condition, **(_given({"start": event.start, "end": event.end}) or {})}


def _given(values: dict[str, str]) -> Content | None:
    return {name: value for name, value in values.items() if value} or None
