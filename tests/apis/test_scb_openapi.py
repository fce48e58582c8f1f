"""Holds SCB's client and stand-in to the official OpenAPI file of PxWeb."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import pytest
import yaml
from openapi_core.exceptions import OpenAPIError
from starlette.applications import Starlette

from assistant.apis.scb import ScbClient
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.openapi import Exchange, Recorder, Specification
from tests.standin.scb.routes import routes
from tests.standin.scb.tables import PAY_TABLE
from tests.standin.shared import EDUCATION_SAMPLES

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared_dir")]

SPECIFICATION = EDUCATION_SAMPLES / "scb" / "PxAPI-2.openapi.yml"
ONE_CELL = "valueCodes[Sektor]=0&valueCodes[Kon]=1%2B2&valueCodes[Yrke2012]=5120&valueCodes[Tid]=2024"
EVERYTHING = "&".join(
    f"valueCodes[{code}]=*" for code in ("Sektor", "Kon", "Yrke2012", "ContentsCode", "Tid")
)


@cache
def specification() -> Specification:
    content = copy.deepcopy(yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8")))
    _mend(content)
    return Specification(content, json_types=("application/problem+json",))


def _mend(content: dict[str, Any]) -> None:
    """Put right where the file contradicts itself, so that all the rest can be held to."""
    schemas = content["components"]["schemas"]
    # Both patterns allow a date alone, one of them beside `format: date-time`; its examples have a time.
    del schemas["Table"]["properties"]["updated"]["pattern"]
    del schemas["updated"]["pattern"]
    data = content["paths"]["/tables/{id}/data"]["get"]
    # Data is declared to be a text, whatever its form; the form of json-stat2 is described as Dataset.
    as_json = {"schema": {"$ref": "#/components/schemas/Dataset"}}
    data["responses"]["200"]["content"]["application/json"] = as_json
    # Selections are declared to be arrays, but its example has texts with commas, as has everybody.
    selections = next(one for one in data["parameters"] if one.get("name") == "valuecodes")
    selections["schema"]["additionalProperties"] = {"type": "string"}
    # SCB writes `valueCodes`; the server reads names of parameters in upper or lower case.
    selections["name"] = "valueCodes"


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Starlette(routes=routes()))


@pytest.fixture
def origin(recorder: Recorder) -> Iterator[str]:
    with LocalServer(recorder) as server:
        yield server.origin


async def test_all_that_the_client_asks_and_gets_is_as_specified(
    origin: str, recorder: Recorder, connect: Connect
) -> None:
    assert await ScbClient(connect(origin)).pay("5120")
    paths = [exchange.path for exchange in recorder.exchanges]
    assert {"/tables", f"/tables/{PAY_TABLE}/metadata", f"/tables/{PAY_TABLE}/data"} <= set(paths)
    for exchange in recorder.exchanges:
        specification().check(exchange)


@dataclass(frozen=True)
class Route:
    name: str
    target: str
    status: int


ROUTES = (
    Route("configuration", "/config", 200),
    Route("search", "/tables?lang=sv&query=lönespridning&pageSize=2&pageNumber=2", 200),
    Route("search in English", "/tables?lang=en&query=salary", 200),
    Route("nothing found", "/tables?lang=sv&query=fiskar", 200),
    Route("a table", f"/tables/{PAY_TABLE}?lang=sv", 200),
    Route("no table", "/tables/TAB0", 404),
    Route("metadata", f"/tables/{PAY_TABLE}/metadata?lang=sv", 200),
    Route("no metadata", "/tables/TAB0/metadata", 404),
    Route("data", f"/tables/{PAY_TABLE}/data?{ONE_CELL}&valueCodes[ContentsCode]=*", 200),
    Route("the newest year", f"/tables/{PAY_TABLE}/data?{ONE_CELL}&valueCodes[ContentsCode]=top(1)", 200),
    Route("an unknown code", f"/tables/{PAY_TABLE}/data?{ONE_CELL}&valueCodes[ContentsCode]=x", 400),
    Route("a variable left out", f"/tables/{PAY_TABLE}/data?{ONE_CELL}", 400),
    Route("too many cells", f"/tables/{PAY_TABLE}/data?{EVERYTHING}", 403),
    Route("no data", "/tables/TAB0/data", 404),
)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_of_the_stand_in_answers_as_specified(
    route: Route, origin: str, recorder: Recorder
) -> None:
    async with httpx.AsyncClient() as client:
        await client.get(origin + route.target)
    assert recorder.exchanges[0].status == route.status
    specification().check(recorder.exchanges[0])


def test_the_check_finds_what_is_not_as_specified() -> None:
    wrong = Exchange("get", "/config", (), "", 200, "application/json", b'{"apiVersion": 2}')
    with pytest.raises(OpenAPIError):
        specification().check(wrong)
