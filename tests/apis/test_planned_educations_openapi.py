"""Holds the client and the stand-in of Planned Educations to the official OpenAPI file.

The file leaves `body` open, so the form of events is held to the recorded ones. Its examples break it in one
place: they have the status "OK", which is not among the values of its list ("200 OK").
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import pytest
from openapi_core.exceptions import OpenAPIError
from starlette.applications import Starlette
from starlette.routing import Mount

from assistant.apis.planned_educations import PlannedEducationsClient
from assistant.domain.place import Place, PlaceType
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.openapi import Exchange, Recorder, Specification
from tests.standin.planned_educations.records import details, listed, sample
from tests.standin.planned_educations.routes import MEDIA_TYPE, routes
from tests.standin.shared import EDUCATION_SAMPLES, read_json

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared_dir")]

OPENAPI_FILE = EDUCATION_SAMPLES / "skolverket-specs" / "planned-educations-v4-openapi.json"
# Other paths are not for adults, and some have schemas that are not valid OpenAPI ("type": "String").
OURS = ("/v4/adult-education-events", "/v4/support/adultTypeOfSchooling")
GOTHENBURG = Place("PVZL_BQT_XtL", PlaceType.MUNICIPALITY, "1480", "Göteborg", "14")


def content() -> dict[str, Any]:
    whole = read_json(OPENAPI_FILE)
    schemas = {name: whole["components"]["schemas"][name] for name in ("ApiResponse", "ApiResponse2", "Link")}
    paths = {path: item for path, item in whole["paths"].items() if path.startswith(OURS)}
    return {**whole, "paths": paths, "components": {"schemas": schemas}}


@cache
def official() -> Specification:
    return Specification(content(), json_types=(MEDIA_TYPE,))


@cache
def specification() -> Specification:
    """The official file with the status that its own examples have."""
    mended = deepcopy(content())
    for name in ("ApiResponse", "ApiResponse2"):
        mended["components"]["schemas"][name]["properties"]["status"]["enum"].append("OK")
    return Specification(mended, json_types=(MEDIA_TYPE,))


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Starlette(routes=[Mount("/v4", routes=routes())]))


@pytest.fixture
def origin(recorder: Recorder) -> Iterator[str]:
    with LocalServer(recorder) as server:
        yield server.origin


@dataclass(frozen=True)
class Route:
    name: str
    target: str
    status: int = 200


ROUTES = (
    Route("search", "/adult-education-events"),
    Route("a page", "/adult-education-events?page=3&size=200"),
    Route("filtered", "/adult-education-events?searchTerm=svets&geographicalAreaCode=22&distance=false"),
    Route("nothing found", "/adult-education-events?searchTerm=fiskodlingsastronaut"),
    Route(
        "periods", "/adult-education-events?semesterStartFrom=2023-01-01TO2023-12-31,2024-06-01TO2024-12-31"
    ),
    Route("paces", "/adult-education-events?paceOfStudy=25-50,100"),
    Route("count", "/adult-education-events-count?typeOfSchool=yh,fhs"),
    Route("areas", "/adult-education-events/areas"),
    Route("recorded details", "/adult-education-events/e.myh.27538"),
    Route("made details", "/adult-education-events/sundsvall-790-418"),
    Route("support", "/support/adultTypeOfSchooling"),
)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_of_the_stand_in_answers_as_specified(
    route: Route, origin: str, recorder: Recorder
) -> None:
    async with httpx.AsyncClient(headers={"Accept": MEDIA_TYPE}) as client:
        await client.get(f"{origin}/v4{route.target}")
    assert recorder.exchanges[0].status == route.status
    specification().check(recorder.exchanges[0])


async def test_all_that_the_client_asks_and_gets_is_as_specified(
    origin: str, recorder: Recorder, connect: Connect
) -> None:
    client = PlannedEducationsClient(connect(f"{origin}/v4"))
    found = await client.search(
        text="svets & plåt; <b>",
        place=GOTHENBURG,
        school_types=("YH", "HS", "VUXGY"),
        is_distance=False,
        starting=(("2025-01-01", "2025-06-30"), ("2025-08-01", "2025-12-31")),
        page=1,
        size=200,
    )
    assert found.events == ()
    await client.search()
    await client.count(text="svets")
    await client.areas()
    await client.event("e.myh.27538")
    assert len(recorder.exchanges) == 5
    for exchange in recorder.exchanges:
        specification().check(exchange)
        assert exchange.accept == MEDIA_TYPE


def test_the_official_examples_break_the_official_file_in_their_status_alone() -> None:
    names = ("adult-education-events", "adult-education-events_areas", "adult-education-events_id")
    paths = ("", "/areas", "/e.myh.27538")
    for name, below in zip(names, paths, strict=True):
        body = json.dumps(sample(name)).encode()
        example = Exchange("get", f"{OURS[0]}{below}", (), MEDIA_TYPE, 200, MEDIA_TYPE, body)
        with pytest.raises(OpenAPIError):
            official().check(example)
        specification().check(example)


@dataclass(frozen=True)
class Wrong:
    name: str
    path: str = "/v4/adult-education-events"
    query: tuple[tuple[str, str], ...] = ()
    body: bytes = b'{"status": "OK", "message": "Success", "body": {}}'
    content_type: str = MEDIA_TYPE


WRONG = (
    Wrong("a page too large", query=(("size", "201"),)),
    Wrong("a page that is no number", query=(("page", "first"),)),
    Wrong("no such path", path="/v4/adult-education-event"),
    Wrong("a message that is no text", body=b'{"status": "OK", "message": 1}'),
    Wrong("another media type", content_type="text/html"),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_the_check_finds_what_is_not_as_specified(wrong: Wrong) -> None:
    exchange = Exchange("get", wrong.path, wrong.query, MEDIA_TYPE, 200, wrong.content_type, wrong.body)
    with pytest.raises(OpenAPIError):
        specification().check(exchange)


def kinds(events: list[dict[str, Any]]) -> dict[str, set[type]]:
    """The types of the values that each field has."""
    names = {name for event in events for name in event}
    return {name: {type(event[name]) for event in events} - {type(None)} for name in names}


def test_made_events_have_the_fields_and_types_of_the_recorded_ones() -> None:
    recorded = sample("adult-education-events")["body"]["_embedded"]["listedAdultEducationEvents"]
    recorded_kinds, made_kinds = kinds(recorded), kinds([*listed()[len(recorded) :]])
    assert made_kinds.keys() == recorded_kinds.keys()
    # Fields that are null in every recorded event have no type to compare.
    assert all(made <= recorded_kinds[name] for name, made in made_kinds.items())
    detail = sample("adult-education-events_id")["body"]
    assert all(made.keys() == detail.keys() for made in details().values())
