"""Reads a file of educations, one row for each time and place, as Susa-navet has them.

The rows have no ids of educations, so those of one provider with the same title, form and course code are
one education. Rows without a provider (Susa-navet's own, with SSYK codes) are one education when the site and
the description are the same too: two schools can give the same programme, and each has it in its own words.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from assistant.apis.skolverket import (
    SCHOOL_TYPE_OF_LABEL,
    Number,
    Parts,
    Plain,
    Whole,
    Word,
    iso_date,
    web_address,
)
from assistant.apis.susa import Code, EducationEvent, EducationInfo, EducationProvider
from assistant.apis.wire import Wire
from assistant.domain.place import PlaceType
from assistant.errors import StarterDataError
from ingest.records import EducationEventRecord, EducationRecord
from ingest.sources.places import read_places
from ingest.sources.susa_records import event_to_record, info_to_record

FILE = "educations_sample.jsonl.gz"

# What the rows say for a title or code that is missing.
_UNKNOWN = "Okänd"
# As Planned Educations' records of the same forms have it.
_CREDIT_SYSTEMS = {"VUXGR": "gy", "VUXGRAN": "gy", "VUXGY": "gy", "VUXGYAN": "gy", "YH": "yh"}

_Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedEducations:
    """The rows as Susa-navet's records."""

    infos: tuple[EducationInfo, ...]
    events: tuple[EducationEvent, ...]
    providers: tuple[EducationProvider, ...]


class _Row(Wire):
    id: Word = ""
    title: Plain = ""
    type: Word = ""
    code: Word = ""
    provider: Plain = ""
    description: Plain = ""
    url: Word = ""
    location: Plain = ""
    ssyk: Parts[Word]
    credits: Number = None
    start: Word = ""
    end: Word = ""
    apply_from: Word = ""
    apply_to: Word = ""
    pace_percent: Whole = None
    distance: Whole = None
    date: Word = ""

    @property
    def school_type(self) -> str:
        return SCHOOL_TYPE_OF_LABEL.get(self.type.casefold(), "")

    @property
    def site(self) -> str:
        return urlsplit(web_address(self.url)).netloc

    def education_key(self) -> _Key:
        """What the rows of one education have in common."""
        shared = (_known(self.title), self.type, _known(self.code))
        return (*shared, self.provider) if self.provider else (*shared, "", self.site, self.description)


def read_shared_educations(folder: Path) -> Iterator[EducationRecord | EducationEventRecord]:
    """Read the file in a folder: the educations, then the events.

    Raises:
        StarterDataError: The file is missing or cannot be read.
    """
    educations = group_rows(_rows(folder / FILE))
    yield from map(info_to_record, educations.infos)
    providers = {provider.provider_id: provider for provider in educations.providers}
    yield from (event_to_record(event, providers) for event in educations.events)


def group_rows(raw_rows: Iterable[dict[str, Any]]) -> SharedEducations:
    """Make educations, events and providers out of rows."""
    by_education: dict[_Key, list[_Row]] = defaultdict(list)
    events: dict[str, EducationEvent] = {}
    codes = _municipality_codes()
    for raw in raw_rows:
        row = _Row.model_validate(raw)
        key = row.education_key()
        by_education[key].append(row)
        event_id = row.id or _stable_id("e", (json.dumps(raw, sort_keys=True, ensure_ascii=False),))
        events.setdefault(event_id, _event(row, event_id, _stable_id("i", key), codes))
    names = {row.provider: row for rows in by_education.values() for row in rows if row.provider}
    return SharedEducations(
        infos=tuple(_info(_stable_id("i", key), rows) for key, rows in by_education.items()),
        events=tuple(events.values()),
        providers=tuple(EducationProvider(_stable_id("p", (name,)), name) for name in names),
    )


def _info(info_id: str, rows: list[_Row]) -> EducationInfo:
    first = rows[0]
    codes = sorted({code for row in rows for code in row.ssyk if code})
    amount = next((row.credits for row in rows if row.credits is not None), None)
    return EducationInfo(
        info_id=info_id,
        title_sv=_known(first.title),
        description_sv=_most_common(row.description for row in rows),
        school_type=first.school_type,
        code=_known(first.code),
        subjects=tuple(Code("AUB_Subject", code) for code in codes),
        credits=amount,
        credits_system="" if amount is None else _CREDIT_SYSTEMS.get(first.school_type, ""),
        url=_most_common(web_address(row.url) for row in rows),
        last_edited=max(iso_date(row.date) for row in rows),
    )


def _event(row: _Row, event_id: str, education_id: str, codes: dict[str, str]) -> EducationEvent:
    code = codes.get(row.location.casefold(), "")
    return EducationEvent(
        event_id=event_id,
        education_id=education_id,
        provider_ids=(_stable_id("p", (row.provider,)),) if row.provider else (),
        title_sv=_known(row.title),
        description_sv=row.description,
        towns=(row.location,) if row.location else (),
        municipality_codes=(code,) if code else (),
        # The number of times that one must come, so none means that it is no distance education.
        is_distance=bool(row.distance),
        mandatory_sessions=row.distance or None,
        start=iso_date(row.start),
        end=iso_date(row.end),
        apply_from=iso_date(row.apply_from),
        apply_by=iso_date(row.apply_to),
        pace_percent=row.pace_percent or 0,
        url=web_address(row.url),
        last_edited=iso_date(row.date),
    )


def _municipality_codes() -> dict[str, str]:
    """Codes by names of municipalities and of towns, in lower case, where the name has one meaning."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for entry in read_places():
        if entry.place.type is PlaceType.MUNICIPALITY:
            for name in entry.names:
                meanings[name.casefold()].add(entry.place.code)
    return {name: next(iter(found)) for name, found in meanings.items() if len(found) == 1}


def _known(value: str) -> str:
    return "" if value == _UNKNOWN else value


def _most_common(values: Iterable[str]) -> str:
    counted = Counter(value for value in values if value)
    return max(counted, key=counted.__getitem__, default="")


def _stable_id(kind: str, key: _Key) -> str:
    digest = blake2s("\x1f".join(key).encode(), digest_size=8)
    return f"{kind}.{digest.hexdigest()}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(_object, lines)
    except (OSError, EOFError, ValueError) as error:
        raise StarterDataError(file=path.name, reason=str(error)) from error


def _object(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("a row is no object")
    return row
