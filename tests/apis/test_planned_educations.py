"""Planned Educations' client against the stand-in, recorded events first."""

from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.planned_educations import PlannedEducationsClient, event_address
from assistant.apis.planned_records import WireEvent
from assistant.domain.place import Place, PlaceType
from assistant.errors import UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

SERVICE = "planned_educations"
PATH = "/planned_educations/planned-educations/v4/adult-education-events"
KLIPPAN = Place("JARU_FAY_hTS", PlaceType.MUNICIPALITY, "1276", "Klippan", "12")
SKANE = Place("CaRE_1nn_cSU", PlaceType.REGION, "12", "Skåne län", "12")
SUNDSVALL = Place("dJbx_FWY_tK6", PlaceType.MUNICIPALITY, "2281", "Sundsvall", "22")


@pytest.fixture
def client(connect: Connect, service: StandIn, shared_dir: object) -> PlannedEducationsClient:
    return PlannedEducationsClient(connect(service.url(SERVICE), deadline_s=20.0, timeout_s=20.0))


@pytest.mark.shared
async def test_recorded_events_are_read_and_mended(client: PlannedEducationsClient) -> None:
    page = await client.search(size=20)
    events = {event.event_id: event for event in page.events}
    assert (page.total, page.pages, len(page.events)) == (2420, 121, 20)
    english = events["e.IST.518107VUXFLEXENG05"]
    assert (english.title, english.school_type, english.municipality_code) == ("Engelska 5", "VUXGY", "1276")
    assert (english.apply_by, english.start, english.pace_percent) == ("", "", 0)
    assert english.starts_continuously
    theology = events["e.uoh.uu.5rg414.09542.20251"]
    assert (theology.credits, theology.credits_system, theology.pace_percent) == (7.5, "hp", 50)
    assert (theology.start, theology.apply_by, theology.is_distance) == ("2025-03-31", "2024-10-15", True)
    assert theology.school_type == "HS"


@pytest.mark.shared
async def test_details_are_read_where_they_differ_from_a_search(client: PlannedEducationsClient) -> None:
    event = await client.event("e.myh.27538")
    assert (event.title, event.provider, event.town) == (
        ".NET Cloud Developer",
        "IT-Högskolan Sverige AB",
        "Göteborg",
    )
    assert (event.school_type, event.credits, event.credits_system) == ("YH", 400.0, "yh")
    assert (event.start, event.languages, event.has_student_aid) == ("2025-08-01", ("swe",), True)
    assert event.web == "https://www.iths.se/utbildningar/net-cloud-developer/"
    assert (event.municipality_code, event.county, event.fee) == ("", "", "")
    assert not event.starts_continuously


@dataclass(frozen=True)
class Search:
    id: str
    arguments: dict[str, Any]
    total: int


SEARCHES = (
    Search("place and text", {"text": "engelska", "place": KLIPPAN}, 6),
    Search("region", {"text": "engelska", "place": SKANE}, 6),
    Search("elsewhere", {"text": "engelska klippans", "place": SUNDSVALL}, 0),
    Search("form of education", {"school_types": ("YH",)}, 43),
    Search("two forms", {"school_types": ("YH", "HS")}, 45),
    Search("a form nobody knows", {"school_types": ("XYZ",)}, 0),
    Search("at a distance", {"is_distance": True}, 77),
    Search("not at a distance", {"is_distance": False}, 2343),
    Search("start", {"starting": (("2026-01-01", "2026-12-31"),)}, 2),
    Search("two periods", {"starting": (("2026-01-01", "2026-12-31"), ("2025-03-01", "2025-03-31"))}, 3),
    Search("hostile", {"text": "'; DROP TABLE--&size=9999&page=-1 <script>"}, 0),
)


@pytest.mark.shared
@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: case.id)
async def test_a_search_and_its_count_agree(case: Search, client: PlannedEducationsClient) -> None:
    page = await client.search(**case.arguments, size=200)
    assert page.total == case.total
    assert len(page.events) == min(case.total, 200)
    assert await client.count(**case.arguments) == case.total


@pytest.mark.shared
async def test_pages_hold_each_event_once(client: PlannedEducationsClient) -> None:
    pages = [await client.search(size=200, page=page) for page in range(14)]
    ids = [event.event_id for page in pages for event in page.events]
    assert len(ids) == len(set(ids)) == pages[0].total
    assert pages[13].events == ()
    assert all(
        event.title != "null" and "CDATA" not in event.title for page in pages for event in page.events
    )


@pytest.mark.shared
async def test_every_found_event_can_be_read_by_its_id(client: PlannedEducationsClient) -> None:
    found = (await client.search(place=SUNDSVALL, size=3)).events
    for event in found:
        detail = await client.event(event.event_id)
        assert (detail.title, detail.start, detail.provider) == (event.title, event.start, event.provider)
        assert detail.description


@pytest.mark.shared
async def test_areas_and_directions(client: PlannedEducationsClient) -> None:
    areas = await client.areas()
    assert len(areas) == 21
    building = areas[0]
    assert (building.area_id, building.name, building.name_en) == (
        1,
        "Bygg och anläggning",
        "Building and construction",
    )
    assert (4, "Arkitektur", "") in {(d.direction_id, d.name, d.name_en) for d in building.directions}


@pytest.mark.shared
async def test_an_unknown_id_is_refused(client: PlannedEducationsClient) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await client.event("e.myh.0")
    assert refused.value.status == 404


@pytest.mark.parametrize("event_id", ["", "..", "../areas", "a/b", "e.1?size=1", "e 1", "%2e%2e", "x" * 300])
async def test_what_cannot_be_an_id_is_never_asked_for(
    event_id: str, connect: Connect, service: StandIn
) -> None:
    client = PlannedEducationsClient(connect(service.url(SERVICE)))
    with pytest.raises(UpstreamRejected) as refused:
        await client.event(event_id)
    assert refused.value.status == 404
    assert not service.calls


@pytest.mark.parametrize(("page", "size"), [(-1, 20), (0, 0), (0, 201)])
async def test_a_page_out_of_range_is_never_asked_for(
    page: int, size: int, connect: Connect, service: StandIn
) -> None:
    client = PlannedEducationsClient(connect(service.url(SERVICE)))
    with pytest.raises(ValueError, match="200"):
        await client.search(page=page, size=size)
    assert not service.calls


async def test_another_media_type_is_refused(connect: Connect, service: StandIn) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await connect(service.url(SERVICE)).get_json("/adult-education-events", {}, operation="search")
    assert refused.value.status == 406


@pytest.mark.parametrize(
    ("mode", "error"),
    [("503", UpstreamUnavailable), ("malformed", UpstreamMalformed), ("errors", UpstreamMalformed)],
)
async def test_faults_become_typed_errors(
    mode: str, error: type[Exception], connect: Connect, service: StandIn
) -> None:
    client = PlannedEducationsClient(connect(service.fault_url(mode, SERVICE), attempts=1))
    with pytest.raises(error):
        await client.search(text="svets")


@dataclass(frozen=True)
class Body:
    """An invented answer to a count, or a search."""

    id: str
    answer: Any


MALFORMED = (
    Body("no envelope", [1, 2]),
    Body("no body", {"status": "OK", "message": "Success"}),
    Body("a null body", {"status": "OK", "body": None}),
    Body("a text for a body", {"status": "OK", "body": "many"}),
    Body("another body", {"status": "OK", "body": {"page": 7}}),
    Body("nothing in the body", {"status": "OK", "body": {}}),
)


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.id)
async def test_another_form_is_malformed(case: Body, connect: Connect) -> None:
    app = Starlette(routes=[Route("/{path:path}", lambda request: JSONResponse(case.answer))])
    with LocalServer(app) as server:
        client = PlannedEducationsClient(connect(server.origin, breaker_failures=100))
        for asked in (client.search(), client.count(), client.event("e.1")):
            with pytest.raises(UpstreamMalformed):
                await asked


async def test_a_search_survives_odd_events(connect: Connect) -> None:
    events = [
        {
            "educationEventId": "e.1",
            "titleSv": "null",
            "credits": "många",
            "contactInfo": "x",
            "distance": "true",
        },
        {"educationEventId": "e.2", "titleSv": "<b>Kock</b>&nbsp;1 < 2", "credits": "7,5", "paceOfStudy": 50},
        {"educationEventId": None, "titleSv": "No id"},
        "no event",
        {
            "educationEventId": "e.3",
            "contactInfo": {"web": "javascript:alert(1)"},
            "semesterStartFrom": "snart",
        },
    ]
    body = {
        "_embedded": {"listedAdultEducationEvents": events},
        "page": {"totalElements": 5, "totalPages": 1},
    }
    app = Starlette(routes=[Route("/{path:path}", lambda request: JSONResponse({"body": body}))])
    with LocalServer(app) as server:
        found = (await PlannedEducationsClient(connect(server.origin)).search()).events
    assert [event.event_id for event in found] == ["e.1", "e.2", "e.3"]
    assert (found[0].title, found[0].credits, found[0].is_distance) == ("", None, True)
    assert (found[1].title, found[1].credits, found[1].pace_percent) == ("Kock 1 < 2", 7.5, 50)
    assert (found[2].web, found[2].start) == ("", "")


def test_a_link_is_never_taken_for_an_address() -> None:
    with pytest.raises(ValidationError):
        WireEvent.model_validate("http://localhost:9007/planned-educations/v3/adult-education-events/e.1")
    assert event_address("e.1/ö") == (
        "https://api.skolverket.se/planned-educations/v4/adult-education-events/e.1%2F%C3%B6"
    )
