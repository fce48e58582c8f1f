"""Educations from a file, and that Susa-navet over HTTP gives the same records."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.apis.susa import EducationProvider, SusaClient
from assistant.apis.transport import Transport, TransportPolicy
from assistant.errors import StarterDataError
from ingest.records import EducationEventRecord, EducationRecord, SubjectCode
from ingest.sources.shared_educations import FILE, group_rows, read_shared_educations
from ingest.sources.susa_records import event_to_record, info_to_record, removal
from tests.standin.server import StandIn

CNC = {
    "title": "CNC-operatör",
    "type": "aub",
    "url": "https://arbetsformedlingen.se/1",
    "location": "Malmö",
    "ssyk": ["7223"],
    "description": "Svarva.",
}
ENGLISH = {
    "id": "s-1",
    "title": "Engelska 5",
    "type": "gymnasial vuxenutbildning",
    "code": "ENGENG05",
    "provider": "Umeå kommun",
    "credits": "100.0",
    "location": "Umeå",
    "distance": "0",
}


def counted(*rows: dict[str, Any]) -> tuple[int, int, int]:
    grouped = group_rows(rows)
    return len(grouped.infos), len(grouped.events), len(grouped.providers)


def test_events_of_one_provider_share_an_education() -> None:
    later = {**ENGLISH, "id": "s-2", "start": "2024-08-05", "description": "På kvällstid."}
    assert counted(ENGLISH, later) == (1, 2, 1)
    grouped = group_rows([ENGLISH, later])
    assert {event.education_id for event in grouped.events} == {grouped.infos[0].info_id}


def test_the_same_course_of_two_providers_is_two_educations() -> None:
    assert counted(ENGLISH, {**ENGLISH, "id": "s-2", "provider": "Luleå kommun"}) == (2, 2, 2)


def test_without_a_provider_the_site_and_the_description_tell_educations_apart() -> None:
    in_lund = {**CNC, "location": "Lund", "url": "https://arbetsformedlingen.se/2"}
    assert counted(CNC, in_lund) == (1, 2, 0)
    assert counted(CNC, {**CNC, "url": "https://yh.se"}) == (2, 2, 0)
    assert counted(CNC, {**CNC, "description": "Fräsa."}) == (2, 2, 0)


def test_the_codes_of_all_rows_are_the_education_s() -> None:
    rows = [CNC, {**CNC, "location": "Lund", "ssyk": ["7224", "7223"]}]
    record = info_to_record(group_rows(rows).infos[0])
    assert record.subjects == (SubjectCode("AUB_Subject", "7223"), SubjectCode("AUB_Subject", "7224"))


def test_ids_are_stable_and_the_order_of_rows_does_not_matter() -> None:
    rows = [CNC, ENGLISH, {**CNC, "title": "Svetsare"}]
    one, other = group_rows(rows), group_rows(rows[::-1])
    assert {info.info_id for info in one.infos} == {info.info_id for info in other.infos}
    assert {event.event_id for event in one.events} == {event.event_id for event in other.events}
    assert one.events[0].event_id == "e.589c94448db2bd0d"


def test_a_row_twice_is_one_event() -> None:
    assert counted(CNC, dict(CNC)) == (1, 1, 0)


def test_what_the_rows_call_unknown_is_missing() -> None:
    grouped = group_rows([{"id": "s-1", "title": "Okänd", "code": "Okänd", "provider": "Umeå kommun"}])
    record = info_to_record(grouped.infos[0])
    assert (record.title_sv, record.code, record.school_type) == ("", "", "")


def test_dirty_rows_are_read_as_far_as_they_go() -> None:
    rows: list[dict[str, Any]] = [
        {},
        {"title": None, "ssyk": "7223", "credits": "många", "start": "snart", "location": ["Umeå"]},
        {"title": "<b>Kock</b> &amp; bagare", "url": "javascript:x", "pace_percent": "50.0", "distance": "3"},
    ]
    grouped = group_rows(rows)
    assert len(grouped.events) == 3
    kock = grouped.events[2]
    assert (kock.title_sv, kock.url, kock.pace_percent) == ("Kock & bagare", "", 50)
    assert (kock.is_distance, kock.mandatory_sessions) == (True, 3)


def test_a_town_has_its_municipality_s_code_where_its_name_has_one_meaning() -> None:
    codes = [
        group_rows([{**CNC, "location": town}]).events[0].municipality_codes for town in ("Malmö", "Nowhere")
    ]
    assert codes == [("1280",), ()]


def test_records_join_whatever_the_case_of_ids() -> None:
    event = group_rows([ENGLISH]).events[0]
    providers = {event.provider_ids[0].lower(): EducationProvider("P.X", "Umeå kommun")}
    record = event_to_record(event, providers)
    assert (record.event_id, record.provider) == ("s-1", "Umeå kommun")
    assert event_to_record(event, {}).provider == ""
    assert removal("I.SV.1").record_id == "i.sv.1"


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"{"), gzip.compress(b"[1]\n"), gzip.compress(b'{"a": "\xff"}')],
    ids=["not gzip", "cut", "a list", "not UTF-8"],
)
def test_a_broken_file_is_told_by_name(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StarterDataError, match=FILE):
        list(read_shared_educations(tmp_path))


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(StarterDataError, match=FILE):
        list(read_shared_educations(tmp_path))


def test_a_file_is_read_educations_first(tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps(row)}\n" for row in (ENGLISH, CNC, {**ENGLISH, "id": "s-2"}))
    (tmp_path / FILE).write_bytes(gzip.compress(lines.encode()))
    records = list(read_shared_educations(tmp_path))
    assert [type(record) for record in records] == [EducationRecord] * 2 + [EducationEventRecord] * 3
    english = records[0]
    assert isinstance(english, EducationRecord)
    assert (english.school_type, english.credits, english.code) == ("VUXGY", "100 poäng", "ENGENG05")


@pytest.mark.shared
def test_the_shared_sample_is_read_whole(shared_dir: Path) -> None:
    records = list(read_shared_educations(shared_dir / "data"))
    educations = [record for record in records if isinstance(record, EducationRecord)]
    events = [record for record in records if isinstance(record, EducationEventRecord)]
    assert (len(educations), len(events)) == (720, 2400)
    assert {event.education_id for event in events} == {record.education_id for record in educations}
    assert len({event.event_id for event in events}) == 2400
    forms = Counter(record.school_type for record in educations)
    assert (forms["FHS"], forms["VUXGY"], forms["AUB"], forms["YH"]) == (230, 171, 145, 16)
    assert sum(1 for record in educations if record.subjects) == 427
    # Only the rows whose title the sample itself does not know have none.
    assert sum(1 for record in educations if not record.title_sv) == forms[""] == 16
    assert sum(1 for event in events if event.municipality_codes) > 2100


@pytest.mark.shared
async def test_the_same_records_come_from_susa_navet(shared_dir: Path, standin: StandIn) -> None:
    policy = TransportPolicy(timeout_s=30.0, deadline_s=60.0)
    client = SusaClient(Transport("Susa-navet", standin.url("susa"), policy))
    try:
        infos = [info for page in range(3) for info in (await client.infos(page=page, size=300)).items]
        events = [event for page in range(2) for event in (await client.events(page=page)).items]
        providers = (await client.providers()).items
    finally:
        await client.aclose()
    by_id = {provider.provider_id.lower(): provider for provider in providers}
    over_http = [info_to_record(info) for info in infos] + [event_to_record(event, by_id) for event in events]
    assert over_http == list(read_shared_educations(shared_dir / "data"))
