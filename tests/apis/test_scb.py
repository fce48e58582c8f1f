from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from assistant.apis.scb import Pay, ScbClient
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamRejected
from tests.apis.canned import Canned
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.scb.tables import INVENTED_PAY, PAY_TABLE
from tests.standin.server import StandIn

BASE = "/scb/api/v2"
COOK, NURSE = "5120", "2221"


@pytest.fixture
def scb(service: StandIn, connect: Connect, shared_dir: object) -> ScbClient:
    return ScbClient(connect(service.url("scb")))


@pytest.mark.shared
async def test_pay_is_that_of_all_sectors_and_both_sexes(scb: ScbClient) -> None:
    pay = await scb.pay(NURSE)
    assert pay is not None
    assert (pay.p10, pay.median, pay.mean, pay.p90) == (33300, None, 40600, 55900)
    assert (pay.ssyk_code, pay.year, pay.table_id) == (NURSE, 2023, PAY_TABLE)
    assert pay.table_title.startswith("Genomsnittlig månadslön och lönespridning efter sektor, yrke")


@pytest.mark.shared
async def test_the_newest_year_with_figures_counts(scb: ScbClient) -> None:
    pay = await scb.pay(COOK)
    assert pay is not None
    assert (pay.p10, pay.median, pay.mean, pay.p90) == INVENTED_PAY[COOK]
    assert pay.year == 2024


@pytest.mark.shared
async def test_anybody_can_see_the_figures_at_the_address(scb: ScbClient) -> None:
    pay = await scb.pay(NURSE)
    assert pay is not None
    assert pay.address.startswith(f"https://statistikdatabasen.scb.se/api/v2/tables/{PAY_TABLE}/data?")
    for part in ("Yrke2012%5D=2221", "Sektor%5D=0", "Kon%5D=1%2B2", "outputFormat=html"):
        assert part in pay.address


@pytest.mark.shared
@pytest.mark.parametrize("code", ["9999", "", "51", "top(1)", "*", "5120,2221", "öäå"])
async def test_a_group_that_the_table_lacks_has_no_pay_and_is_not_asked_for(
    code: str, scb: ScbClient, service: StandIn
) -> None:
    assert await scb.pay(code) is None
    assert service.requests[f"{BASE}/tables/{PAY_TABLE}/data"] == 0


@pytest.mark.shared
async def test_a_group_without_published_figures_has_no_pay(scb: ScbClient) -> None:
    assert await scb.pay("1111") is None


@dataclass
class Clock:
    now: float = field(default=0.0)

    def __call__(self) -> float:
        return self.now


@pytest.mark.shared
async def test_the_table_is_looked_for_once_a_day(
    service: StandIn, connect: Connect, shared_dir: object
) -> None:
    clock = Clock()
    scb = ScbClient(connect(service.url("scb")), clock)
    searches = []
    for clock.now in (0, 3600, 23 * 3600, 25 * 3600):
        await scb.pay(COOK)
        searches.append(service.requests[f"{BASE}/tables"])
    assert searches == [1, 1, 1, 2]


@pytest.mark.parametrize("mode", ["503", "malformed", "html", "429:60"])
async def test_every_fault_is_an_upstream_error(mode: str, service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamError):
        await ScbClient(connect(service.fault_url(mode, "scb"), attempts=1)).pay(COOK)


def variable(label: str, values: Mapping[str, str], **more: object) -> dict[str, Any]:
    index = {code: place for place, code in enumerate(values)}
    return {"label": label, "category": {"index": index, "label": dict(values)}, **more}


# A series as it might be tomorrow: other ids, codes, years and words. All of it invented.
TOMORROW: dict[str, dict[str, Any]] = {
    "Naring": variable("sektor", {"P": "privat sektor", "T": "alla sektorer"}),
    "Yrke2012X": variable("yrke", {"5120": "Kockar och kallskänkor"}),
    "Konet": variable("kön", {"K": "kvinnor", "B": "båda könen"}),
    "Matt": variable(
        "mått", {"a": "90:e percentilen", "b": "50:e percentilen", "c": "10:e percentilen", "d": "Medellön"}
    ),
    "Period": variable("år", {"2030": "2030"}),
}
LISTED = {
    "id": "TAB7",
    "label": "Lönespridning",
    "lastPeriod": "2030",
    "variableNames": ["sektor", "yrke", "kön", "mått", "år"],
}


def table(variables: Mapping[str, dict[str, Any]], value: object = None) -> dict[str, Any]:
    sizes = [len(one["category"]["label"]) for one in variables.values()]
    return {"id": list(variables), "size": sizes, "dimension": dict(variables), "value": value}


def chosen(**codes: str) -> dict[str, dict[str, Any]]:
    """The variables with the given values alone."""
    cut = dict(TOMORROW)
    for name, code in codes.items():
        cut[name] = variable(name, {code: TOMORROW[name]["category"]["label"].get(code, code)})
    return cut


OF_COOKS = chosen(Naring="T", Konet="B")
TOMORROWS_ANSWERS: dict[str, object] = {
    "/tables": {"tables": [LISTED]},
    "/tables/TAB7/metadata": table(TOMORROW),
    "/tables/TAB7/data": table(OF_COOKS, [40000, 30000.4, 25000, None]),
}


@contextmanager
def canned(answers: Mapping[str, object]) -> Iterator[tuple[Canned, str]]:
    app = Canned(answers)
    with LocalServer(app) as server:
        yield app, server.origin


async def test_a_new_series_is_found_by_its_words(connect: Connect) -> None:
    with canned(TOMORROWS_ANSWERS) as (app, origin):
        pay = await ScbClient(connect(origin)).pay(COOK)
    expected = Pay(COOK, 25000, 30000, 40000, None, 2030, "TAB7", "Lönespridning", "")
    assert pay is not None
    assert replace(pay, address="") == expected
    assert app.asked[-1].params == {
        "lang": "sv",
        "valueCodes[Naring]": "T",
        "valueCodes[Konet]": "B",
        "valueCodes[Yrke2012X]": "5120",
        "valueCodes[Matt]": "c,b,a,d",
        "valueCodes[Period]": "2030",
        "outputFormat": "json-stat2",
    }


async def test_the_value_that_stands_for_all_may_be_named_by_the_source(connect: Connect) -> None:
    nameless = variable(
        "sektor", {"P": "privat", "X": "hela"}, extension={"eliminationValueCode": "X", "elimination": True}
    )
    answers = TOMORROWS_ANSWERS | {
        "/tables/TAB7/metadata": table(TOMORROW | {"Naring": nameless}),
        "/tables/TAB7/data": table(OF_COOKS | {"Naring": variable("sektor", {"X": "hela"})}, [1, 2, 3, 4]),
    }
    with canned(answers) as (app, origin):
        assert await ScbClient(connect(origin)).pay(COOK)
    assert app.asked[-1].params["valueCodes[Naring]"] == "X"


OLDER = {"Yrke96" if code == "Yrke2012X" else code: described for code, described in TOMORROW.items()}


@dataclass(frozen=True)
class NoTable:
    name: str
    changes: dict[str, object]


NO_TABLES = (
    NoTable("no tables", {"/tables": {"tables": None}}),
    NoTable("retired", {"/tables": {"tables": [LISTED | {"discontinued": True}]}}),
    NoTable("of something else", {"/tables": {"tables": [LISTED | {"variableNames": ["region", None]}]}}),
    NoTable("metadata is gone", {"/tables": {"tables": [LISTED | {"id": "TAB8"}]}}),
    NoTable("an id that leads elsewhere", {"/tables": {"tables": [LISTED | {"id": "../tables"}]}}),
    NoTable("metadata is malformed", {"/tables/TAB7/metadata": {"id": "x"}}),
    NoTable("no median", {"/tables/TAB7/metadata": table(chosen(Matt="c"))}),
    NoTable("no total", {"/tables/TAB7/metadata": table(chosen(Naring="P"))}),
    NoTable("no year", {"/tables/TAB7/metadata": table(TOMORROW | {"Period": variable("år", {"H1": "h"})})}),
    NoTable("the older SSYK", {"/tables/TAB7/metadata": table(OLDER)}),
)


@pytest.mark.parametrize("case", NO_TABLES, ids=lambda case: case.name)
async def test_a_table_that_cannot_tell_pay_is_not_used(case: NoTable, connect: Connect) -> None:
    with canned(TOMORROWS_ANSWERS | case.changes) as (_, origin), pytest.raises(UpstreamMalformed):
        await ScbClient(connect(origin)).pay(COOK)


@dataclass(frozen=True)
class Data:
    name: str
    answer: object


MALFORMED_DATA = (
    Data("of another group", table(OF_COOKS | {"Yrke2012X": variable("yrke", {"2221": "x"})}, [1, 2, 3, 4])),
    Data("of one sector", table(chosen(Naring="P", Konet="B"), [1, 2, 3, 4])),
    Data("of other measures", table(chosen(Naring="T", Konet="B", Matt="a"), [1])),
    Data("empty", {}),
    Data("nothing", None),
    Data("too many values", table(OF_COOKS, [1] * 9)),
)


@pytest.mark.parametrize("case", MALFORMED_DATA, ids=lambda case: case.name)
async def test_figures_of_anything_else_are_never_taken_for_pay(case: Data, connect: Connect) -> None:
    answers = TOMORROWS_ANSWERS | {"/tables/TAB7/data": case.answer}
    with canned(answers) as (_, origin), pytest.raises(UpstreamMalformed):
        await ScbClient(connect(origin)).pay(COOK)


async def test_a_table_that_has_gone_is_looked_for_anew(connect: Connect) -> None:
    with canned(TOMORROWS_ANSWERS) as (app, origin):
        scb = ScbClient(connect(origin))
        assert await scb.pay(COOK)
        moved = app.answers.pop("/tables/TAB7/data")
        app.answers |= {
            "/tables": {"tables": [LISTED | {"id": "TAB8"}]},
            "/tables/TAB8/metadata": table(TOMORROW),
            "/tables/TAB8/data": moved,
        }
        with pytest.raises(UpstreamRejected):
            await scb.pay(COOK)
        pay = await scb.pay(COOK)
    assert pay is not None
    assert pay.table_id == "TAB8"
