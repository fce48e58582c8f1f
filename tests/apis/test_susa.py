"""Susa-navet's client against the stand-in."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.emil3_wire import read_event, read_info, read_provider
from assistant.apis.susa import Code, EducationInfo, Fee, SusaClient, event_address, info_address
from assistant.errors import UpstreamMalformed, UpstreamRejected, UpstreamTimeout, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn
from tests.standin.susa.records import educations

PATIENT = {"timeout_s": 20.0, "deadline_s": 20.0}


@pytest.fixture
def client(connect: Connect, service: StandIn, shared_dir: object) -> SusaClient:
    return SusaClient(connect(service.url("susa"), **PATIENT))


def undated(info: EducationInfo) -> EducationInfo:
    return replace(info, last_edited="")


def swedish(text: str) -> dict[str, Any]:
    return {"strings": [{"lang": "swe", "value": text}]}


@pytest.mark.shared
async def test_what_the_service_says_of_itself(client: SusaClient) -> None:
    info = await client.api_info()
    assert (info.version, info.schema_version, info.released) == ("1.0.0", "1.0.0", "2025-10-07")
    assert info.status == "beta"


@pytest.mark.shared
async def test_lists_hold_all_records_as_they_were_made(client: SusaClient) -> None:
    infos = await client.infos()
    events = [await client.events(page=page, size=1000) for page in range(3)]
    providers = await client.providers()
    # When the undated rows were edited is the stand-in's own invention.
    assert [undated(info) for info in infos.items] == [undated(info) for info in educations().infos]
    found = [event for page in events for event in page.items]
    assert [event.event_id for event in found] == [event.event_id for event in educations().events]
    assert [event.start for event in found] == [event.start for event in educations().events]
    assert [provider.name for provider in providers.items] == [p.name for p in educations().providers]
    assert (len(infos.items), len(found), len(providers.items)) == (720, 2400, 22)


@pytest.mark.shared
async def test_what_is_gone_is_told_apart(client: SusaClient) -> None:
    infos = await client.infos()
    assert infos.removed_ids == ("i.sv.deleted.1", "i.sv.deleted.2")
    assert (infos.total, infos.pages, infos.unread_ids) == (722, 1, ())


@pytest.mark.shared
async def test_pages_hold_each_record_once(client: SusaClient) -> None:
    pages = [await client.infos(page=page, size=100) for page in range(9)]
    ids = [info.info_id for page in pages for info in page.items]
    assert len(ids) == len(set(ids)) == 720
    assert [page.page for page in pages] == list(range(9))
    assert {page.pages for page in pages} == {8}
    assert pages[8].items == ()


@pytest.mark.shared
async def test_only_some_forms_of_education(client: SusaClient) -> None:
    some = await client.infos(school_types=("YH", "NY"))
    assert {info.school_type for info in some.items} == {"YH", "NY"}
    assert len(some.items) == 78
    assert (await client.infos(school_types=("NOSUCH",))).items == ()


@pytest.mark.shared
async def test_only_what_is_new(client: SusaClient) -> None:
    new = await client.events(updated_since="2025-05-23")
    assert {event.last_edited for event in new.items} == {"2025-05-23"}
    assert len(new.items) == 784
    assert len(new.removed_ids) == 3
    newest = await client.events(updated_since="2025-05-23T00:00:01")
    assert (newest.items, len(newest.removed_ids)) == ((), 3)
    assert (await client.events(updated_since="2026-01-01")).total == 0


@pytest.mark.shared
async def test_the_documented_education_is_read_whole(client: SusaClient) -> None:
    info = await client.info("i.uoh.uu.1te686.14483.20242")
    assert (info.title_sv, info.title_en) == ("Elektronik för ingenjörer", "Electronics for Engineers")
    assert (info.school_type, info.code, info.configuration) == ("HS", "1TE686", "kurs")
    assert (info.credits, info.credits_system, info.extent) == (7.5, "hp", "10 weeks")
    assert (info.seqf_level, info.student_aid, info.gives_degree) == (6, "ja", False)
    assert info.is_vocational is None
    assert Code("C_Subject_ISCED2013", "0714") in info.subjects
    assert Code("UH_EducationLevel", "G1N") in info.levels
    assert info.eligibility == "Grundläggande behörighet samt Matematik 3c"
    assert (info.url, info.last_edited, info.expires) == (
        "https://www.uu.se/1TE686",
        "2026-01-02",
        "2027-01-31",
    )


@pytest.mark.shared
async def test_the_documented_event_is_read_whole(client: SusaClient) -> None:
    event = await client.event("e.uoh.kth.dd1420.60090.20251")
    assert event.education_id == "i.uoh.kth.dd1420.60090.20251"
    assert event.description_sv == (
        "Kursen ger grunderna i datalogi.\nAlgoritmer\nDatastrukturer & komplexitet"
    )
    assert (event.towns, event.municipality_codes) == (("Stockholm",), ("0180",))
    assert (event.start, event.end, event.start_term) == ("2025-01-20", "2025-06-08", "VT 2025")
    assert (event.apply_from, event.apply_by) == ("2024-09-16", "2024-10-15")
    assert (event.is_distance, event.mandatory_sessions, event.pace_percent) == (True, 2, 50)
    assert (event.languages, event.time_of_study, event.places) == (("swe", "eng"), "dag", 120)
    assert event.url == "https://www.kth.se/student/kurser/kurs/DD1420"
    assert event.fees == (Fee(65000.0, 32500.0, "SEK", "Gäller studenter utanför EU/EES"),)
    assert not event.starts_continuously


@pytest.mark.shared
async def test_the_recorded_event_survives_all_that_it_lacks(client: SusaClient) -> None:
    event = await client.event("e.uoh.kth.cbiot.32101.20262")
    assert (event.education_id, event.start, event.end, event.apply_by) == ("", "", "", "2026-04-15")
    assert event.start_term == "HT 2026"
    assert event.tuition_fee == Fee(783000.0, 70500.0)


@pytest.mark.shared
async def test_a_provider_is_read_without_its_persons(client: SusaClient) -> None:
    provider = await client.provider("p.uoh.kth")
    assert (provider.name, provider.body) == ("Kungliga Tekniska högskolan", "statlig")
    assert (provider.town, provider.municipality_code) == ("Stockholm", "0180")
    assert provider.url == "https://www.kth.se"


@pytest.mark.shared
async def test_ids_are_equal_whatever_their_case(client: SusaClient) -> None:
    assert await client.event("E.UOH.KTH.DD1420.60090.20251") == await client.event(
        "e.uoh.kth.dd1420.60090.20251"
    )


@pytest.mark.shared
async def test_an_unknown_id_and_one_that_is_gone(client: SusaClient) -> None:
    for id, status in (("i.myh.0", 404), ("i.sv.deleted.1", 410)):
        with pytest.raises(UpstreamRejected) as refused:
            await client.info(id)
        assert refused.value.status == status


@pytest.mark.parametrize("record_id", ["", ".", "..", "../api-info", "a/b", "i?page=0", "i 1", "x" * 300])
async def test_what_cannot_be_an_id_is_never_asked_for(
    record_id: str, connect: Connect, service: StandIn
) -> None:
    client = SusaClient(connect(service.url("susa")))
    for asked in (client.info(record_id), client.event(record_id), client.provider(record_id)):
        with pytest.raises(UpstreamRejected) as refused:
            await asked
        assert refused.value.status == 404
    assert not service.calls


@pytest.mark.parametrize(("page", "size"), [(-1, 100), (0, 0), (0, 2001)])
async def test_a_page_out_of_range_is_never_asked_for(
    page: int, size: int, connect: Connect, service: StandIn
) -> None:
    client = SusaClient(connect(service.url("susa")))
    for ask in (client.infos, client.events, client.providers):
        with pytest.raises(ValueError, match="2000"):
            await ask(page=page, size=size)
    assert not service.calls


@pytest.mark.shared
async def test_the_nightly_load_is_told_as_unavailable(
    connect: Connect, service: StandIn, shared_dir: object
) -> None:
    client = SusaClient(connect(service.url("susa") + "/updating", attempts=2))
    with pytest.raises(UpstreamUnavailable):
        await client.infos()
    assert len(service.calls) == 2


@pytest.mark.shared
async def test_a_load_that_ends_is_waited_out(connect: Connect, service: StandIn, shared_dir: object) -> None:
    client = SusaClient(connect(service.fault_url("flaky:2", "susa"), **PATIENT))
    assert len((await client.providers()).items) == 22


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("503", UpstreamUnavailable),
        ("slow:5", UpstreamTimeout),
        ("malformed", UpstreamMalformed),
        ("html", UpstreamMalformed),
        ("errors", UpstreamMalformed),
    ],
)
async def test_faults_become_typed_errors(
    mode: str, error: type[Exception], connect: Connect, service: StandIn
) -> None:
    client = SusaClient(connect(service.fault_url(mode, "susa"), attempts=1, timeout_s=0.2, deadline_s=0.4))
    with pytest.raises(error):
        await client.infos()


# From here on the answers are invented: what a source that nobody has recorded whole may come up with.
@pytest.mark.parametrize("answer", [[], {}, {"educationInfos": None}, {"educationInfos": "x"}, 7, "x", None])
async def test_a_list_of_another_form_is_malformed(answer: Any, connect: Connect) -> None:
    app = Starlette(routes=[Route("/educationInfos", lambda request: JSONResponse(answer))])
    with LocalServer(app) as server, pytest.raises(UpstreamMalformed):
        await SusaClient(connect(server.origin)).infos()


async def test_rows_that_cannot_be_read_are_counted_and_cost_no_other(connect: Connect) -> None:
    rows = [
        {"id": "i.1", "status": "ACTIVE", "content": {"title": swedish("Svets")}},
        {"id": "i.2", "status": "ACTIVE", "content": None},
        {"id": "i.3", "status": "ACTIVE", "content": "text"},
        {"status": "ACTIVE", "content": {"title": swedish("No id")}},
        {"id": "i.4", "status": "deleted"},
        "no row",
        {"id": "i.5", "content": {"title": "a text", "subjects": {}, "credits": [], "type": {"code": None}}},
    ]
    app = Starlette(routes=[Route("/educationInfos", lambda request: JSONResponse({"educationInfos": rows}))])
    with LocalServer(app) as server:
        page = await SusaClient(connect(server.origin)).infos(size=len(rows))
    assert [info.info_id for info in page.items] == ["i.1", "i.5"]
    assert page.removed_ids == ("i.4",)
    assert page.unread_ids == ("i.2", "i.3", "", "")
    # Nothing is said of pages, and this one is full, so there may be another.
    assert (page.pages, page.total) == (2, 0)


@dataclass(frozen=True)
class TextCase:
    id: str
    strings: Any
    swedish: str
    english: str = ""


TEXTS = (
    TextCase("null", None, ""),
    TextCase("null value", [{"lang": "swe", "value": None}], ""),
    TextCase(
        "two languages", [{"lang": "eng", "value": "Cook"}, {"lang": "swe", "value": "Kock"}], "Kock", "Cook"
    ),
    TextCase(
        "two-letter codes", [{"lang": "sv", "value": "Kock"}, {"lang": "en", "value": "Cook"}], "Kock", "Cook"
    ),
    TextCase("no Swedish", [{"lang": "eng", "value": "Cook"}], "", "Cook"),
    TextCase("another language", [{"lang": "fin", "value": "Kokki"}], "Kokki"),
    TextCase("no language", [{"value": "Kock"}], "Kock"),
    TextCase(
        "markup",
        [{"lang": "swe", "value": "<p>Kock</p><script>x()</script><p>Värme &amp; ö</p>"}],
        "Kock\nVärme & ö",
    ),
    TextCase("escaped twice", [{"lang": "swe", "value": "&lt;p&gt;Kock&lt;/p&gt;"}], "Kock"),
    TextCase("no markup", [{"lang": "swe", "value": "1 < 2 & 3 > 2"}], "1 < 2 & 3 > 2"),
    TextCase("CDATA", [{"lang": "swe", "value": "<![CDATA[Kock <b>och</b> bagare]]>"}], "Kock och bagare"),
    TextCase("mojibake stays", [{"lang": "swe", "value": "KÃ¶k"}], "KÃ¶k"),
    TextCase("empty markup", [{"lang": "swe", "value": "<p> </p>"}], ""),
    TextCase("one odd string", [7, {"lang": "swe", "value": "Kock"}], "Kock"),
)


def test_a_text_of_hundreds_of_thousands_of_tags_is_read_all_the_same() -> None:
    nested = "<div>" * 300_000 + "<p>Kock &amp; bagare</p>"
    assert read_info({"description": swedish(nested)}, "i.1").description_sv == "Kock & bagare"


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.id)
def test_texts(case: TextCase) -> None:
    info = read_info({"title": {"strings": case.strings}}, "i.1")
    assert (info.title_sv, info.title_en) == (case.swedish, case.english)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("www.kth.se/kurs", "https://www.kth.se/kurs"),
        ("kth.se", "https://kth.se"),
        ("http://kth.se:8080/å?x=1", "http://kth.se:8080/å?x=1"),
        ("HTTPS://KTH.se", "HTTPS://KTH.se"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@kth.se", ""),
        ("ftp://kth.se", ""),
        ("//kth.se", ""),
        ("https://", ""),
        ("https://a@b.se", ""),
        ("https://kth.se/<script>", ""),
        ("https://[kth.se", ""),
        ("se hemsidan", ""),
        ("", ""),
    ],
)
def test_addresses(written: str, read: str) -> None:
    event = read_event({"url": {"urls": [{"lang": "swe", "value": written}]}}, "e.1")
    assert event.url == read


def test_the_swedish_address_is_preferred_and_a_bad_one_passed_over() -> None:
    urls = [{"lang": "eng", "value": "https://kth.se/en"}, {"lang": "swe", "value": "https://kth.se/sv"}]
    assert read_info({"url": {"urls": urls}}, "i.1").url == "https://kth.se/sv"
    urls[1]["value"] = "javascript:x"
    assert read_info({"url": {"urls": urls}}, "i.1").url == "https://kth.se/en"


@dataclass(frozen=True)
class EventCase:
    id: str
    content: dict[str, Any]
    field: str
    value: object


EVENTS = (
    EventCase("a date with a time", {"execution": {"start": "2026-08-17T00:00:00"}}, "start", "2026-08-17"),
    EventCase("no date", {"execution": {"start": "hösten"}}, "start", ""),
    EventCase("an impossible date", {"execution": {"start": "2026-02-30"}}, "start", ""),
    EventCase("a week", {"execution": {"start": "2026-W34-1"}}, "start", "2026-08-17"),
    EventCase("the first of all days", {"execution": {"start": "0001-01-01"}}, "start", ""),
    EventCase("a deadline that means none", {"application": {"last": "2099-12-31"}}, "apply_by", ""),
    EventCase("continuous", {"execution": {"condition": {"code": "2"}}}, "starts_continuously", True),
    EventCase("continuous, a number", {"execution": {"condition": {"code": 3}}}, "starts_continuously", True),
    EventCase("a date set", {"execution": {"condition": {"code": "1"}}}, "starts_continuously", False),
    EventCase("pace as a text", {"paceOfStudy": {"percentage": "33.3"}}, "pace_percent", 33),
    EventCase("pace that is none", {"paceOfStudy": {"percentage": "individuell"}}, "pace_percent", 0),
    EventCase("distance that says nothing", {"distance": {}}, "is_distance", True),
    EventCase("no distance", {"distance": None}, "is_distance", False),
    EventCase("cancelled", {"isCancelled": True}, "is_cancelled", True),
    EventCase(
        "two places", {"locations": [{"town": "Umeå"}, {"town": None}, {"town": "Umeå"}]}, "towns", ("Umeå",)
    ),
    EventCase("a fee without a sum", {"fees": [{"currency": "SEK"}]}, "fees", ()),
    EventCase(
        "no tuition fee", {"extensions": [{"tuitionFee": {"value": False, "total": 9}}]}, "tuition_fee", None
    ),
    EventCase("providers of another form", {"providers": "p.1"}, "provider_ids", ()),
    EventCase(
        "a year as a number and a term in small letters",
        {"extensions": [None, {"startPeriod": {"period": {"year": 2027, "semester": "vt"}}}]},
        "start_term",
        "VT 2027",
    ),
    EventCase(
        "the address to apply at, where there is no other",
        {"application": {"url": {"urls": [{"value": "antagning.se"}]}}},
        "url",
        "https://antagning.se",
    ),
)


@pytest.mark.parametrize("case", EVENTS, ids=lambda case: case.id)
def test_odd_events(case: EventCase) -> None:
    assert getattr(read_event(case.content, "e.1"), case.field) == case.value


def test_unknown_codes_and_fields_survive() -> None:
    content = {
        "type": {"type": "C_SchoolType", "code": "NYFORM"},
        "subjects": [{"type": "AUB_Subject", "code": 8332}],
    }
    info = read_info({**content, "qualificationLevel": {"code": "9"}, "new": {"deep": [1]}}, "i.1")
    assert (info.school_type, info.subjects, info.seqf_level) == ("NYFORM", (Code("AUB_Subject", "8332"),), 0)
    assert read_provider({"name": None, "contactAddress": "Solna"}, "p.1").name == ""


def test_public_addresses() -> None:
    assert info_address("i.myh.yh.12291") == (
        "https://api.skolverket.se/susa-navet/emil3/educationInfos/i.myh.yh.12291"
    )
    assert event_address("e.1/../x").endswith("/educationEvents/e.1%2F..%2Fx")
