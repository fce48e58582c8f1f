import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.apis.barometer import (
    SWEDEN,
    BarometerClient,
    Opportunities,
    Outlook,
    Recruitment,
    Trend,
    barometer_address,
)
from assistant.apis.stale import accepting_stale
from assistant.errors import UpstreamError, UpstreamMalformed
from tests.apis.canned import Canned
from tests.apis.conftest import Connect
from tests.standin.barometer import COUNTIES
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

FILE = "/yrkesbarometer.json"
UPPSALA, SKANE = "03", "12"
OFFICE_ASSISTANTS = "4119"


@pytest.fixture
def barometer(service: StandIn, connect: Connect, shared_dir: object) -> BarometerClient:
    return BarometerClient(connect(service.url("barometer"), timeout_s=30, deadline_s=30))


def of_county(outlooks: tuple[Outlook, ...], code: str) -> list[Outlook]:
    return [outlook for outlook in outlooks if outlook.county_code == code]


@pytest.mark.shared
async def test_the_recorded_row_of_a_county_is_read(barometer: BarometerClient) -> None:
    (outlook,) = of_county(await barometer.outlooks(ssyk_code=OFFICE_ASSISTANTS), UPPSALA)
    assert outlook.text_opportunities.startswith("Möjligheterna till arbete som administrativ assistent")
    assert outlook.text_recruitment.endswith("efterfrågan på administrativa assistenter vara oförändrad.")
    assert outlook == Outlook(
        occupation="Administrativa assistenter",
        concept_id="PDNm_NZ2_WRh",
        county_code=UPPSALA,
        ssyk_codes=(OFFICE_ASSISTANTS,),
        opportunities=Opportunities.MEDIUM,
        recruitment=Recruitment.BALANCE,
        outlook=Trend.STAYS,
        text_opportunities=outlook.text_opportunities,
        text_recruitment=outlook.text_recruitment,
        level="nuts2",
        is_partial=True,
        is_part_of_group=False,
        round="2025-2",
        taxonomy_version="27",
    )


@pytest.mark.shared
async def test_the_recorded_row_of_the_country_is_read(barometer: BarometerClient) -> None:
    (outlook,) = of_county(await barometer.outlooks(ssyk_code=OFFICE_ASSISTANTS), SWEDEN)
    assert (outlook.is_national, outlook.is_partial, outlook.level) == (True, False, "nationellt")
    assert (outlook.opportunities, outlook.recruitment) == (Opportunities.SMALL, Recruitment.SURPLUS)


@pytest.mark.shared
async def test_the_whole_file_is_read_and_nameless_rows_are_counted(barometer: BarometerClient) -> None:
    file = await barometer.file()
    assert len(file.outlooks) + file.skipped == 219 * len(COUNTIES)
    assert file.skipped == 4 * len(COUNTIES)
    assert {outlook.county_code for outlook in file.outlooks} == set(COUNTIES.values())
    assert await barometer.rows() == file.outlooks


@pytest.mark.shared
async def test_an_occupation_may_stand_for_several_groups(barometer: BarometerClient) -> None:
    several = next(one for one in await barometer.rows() if len(one.ssyk_codes) > 1 and one.is_assessed)
    for code in several.ssyk_codes:
        assert several in await barometer.outlooks(ssyk_code=code)


def row(**changes: Any) -> dict[str, Any]:
    """An invented row, in the recorded form."""
    return {
        "yb_yrke": "Kockar",
        "yb_concept_id": "AAAA_aaa_aaa",
        "lan": "00",
        "ssyk": "5120, 3451",
        "jobbmojligheter": "stora",
        "rekryteringssituation": "brist",
        "prognos": "öka",
        "omgang": "2026-1",
        "taxonomi_version": 30,
    } | changes


@contextmanager
def canned(*rows: object) -> Iterator[tuple[Canned, str]]:
    app = Canned({FILE: list(rows)})
    with LocalServer(app) as server:
        yield app, server.origin


async def test_areas_without_an_assessment_are_left_out(connect: Connect) -> None:
    unknown = row(lan=SKANE, jobbmojligheter=None, rekryteringssituation=None, prognos=None)
    with canned(row(), unknown, row(yb_yrke="Bagare", yb_concept_id=None, lan=UPPSALA)) as (_, origin):
        found = await BarometerClient(connect(origin)).outlooks(ssyk_code="5120")
    assert [(one.occupation, one.county_code) for one in found] == [("Kockar", SWEDEN), ("Bagare", UPPSALA)]


async def test_a_group_that_the_barometer_lacks_has_no_outlook(connect: Connect) -> None:
    with canned(row()) as (_, origin):
        barometer = BarometerClient(connect(origin))
        assert await barometer.outlooks(ssyk_code="345") == ()
        assert len(await barometer.outlooks(ssyk_code="3451")) == 1


@dataclass(frozen=True)
class Words:
    name: str
    changes: dict[str, object]
    expected: tuple[object, ...]


WORDS = (
    Words(
        "upper case", {"jobbmojligheter": " Små "}, (Opportunities.SMALL, Recruitment.SHORTAGE, Trend.GROWS)
    ),
    Words(
        "spaces", {"prognos": "vara  oförändrad"}, (Opportunities.LARGE, Recruitment.SHORTAGE, Trend.STAYS)
    ),
    Words(
        "a paradox",
        {"rekryteringssituation": "paradox", "prognos": "minska"},
        (Opportunities.LARGE, Recruitment.PARADOX, Trend.SHRINKS),
    ),
    Words("unknown words", {"jobbmojligheter": "enorma"}, (None, Recruitment.SHORTAGE, Trend.GROWS)),
    Words("null", {"rekryteringssituation": None}, (Opportunities.LARGE, None, Trend.GROWS)),
    Words(
        "renamed", {"prognos": None, "prognos_ny": "öka"}, (Opportunities.LARGE, Recruitment.SHORTAGE, None)
    ),
)


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case.name)
async def test_the_sources_words_become_values(case: Words, connect: Connect) -> None:
    with canned(row(**case.changes)) as (_, origin):
        (found,) = await BarometerClient(connect(origin)).rows()
    assert (found.opportunities, found.recruitment, found.outlook) == case.expected


@dataclass(frozen=True)
class Codes:
    name: str
    ssyk: object
    expected: tuple[str, ...]


CODES = (
    Codes("one", "5120", ("5120",)),
    Codes("several", "5120, 3451,0110", ("5120", "3451", "0110")),
    Codes("number", 5120, ("5120",)),
    Codes("list", ["5120", "0110"], ("5120", "0110")),
    Codes("null", None, ()),
    Codes("empty", " , ", ()),
)


@pytest.mark.parametrize("case", CODES, ids=lambda case: case.name)
async def test_groups_are_told_apart(case: Codes, connect: Connect) -> None:
    with canned(row(ssyk=case.ssyk, lan=3)) as (_, origin):
        (found,) = await BarometerClient(connect(origin)).rows()
    assert (found.ssyk_codes, found.county_code) == (case.expected, UPPSALA)


BAD_ROWS: tuple[object, ...] = (
    None,
    [],
    "text",
    {},
    row(yb_yrke=None),
    row(lan=None),
    row(yb_yrke=7),
    row(omgang={}),
)


async def test_a_bad_row_is_left_out_counted_and_told_of(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    with canned(*BAD_ROWS, row()) as (_, origin), caplog.at_level(logging.INFO):
        file = await BarometerClient(connect(origin)).file()
    assert (len(file.outlooks), file.skipped) == (1, len(BAD_ROWS))
    assert f"{len(BAD_ROWS)} of {len(BAD_ROWS) + 1} rows" in caplog.text


@pytest.mark.parametrize("body", [{}, None, [], [{}], "fil"], ids=["object", "null", "empty", "bad", "text"])
async def test_a_file_without_a_readable_row_is_malformed(body: object, connect: Connect) -> None:
    with LocalServer(Canned({FILE: body})) as server, pytest.raises(UpstreamMalformed):
        await BarometerClient(connect(server.origin)).rows()


@dataclass
class Clock:
    now: float = field(default=0.0)

    def __call__(self) -> float:
        return self.now


async def test_the_file_is_read_once_in_its_lifetime(connect: Connect) -> None:
    clock = Clock()
    with canned(row()) as (app, origin):
        barometer = BarometerClient(connect(origin), lifetime_s=100, clock=clock)
        asked = []
        for clock.now in (0, 50, 99, 100, 150):
            await barometer.outlooks(ssyk_code="5120")
            asked.append(len(app.asked))
    assert asked == [1, 1, 1, 2, 2]


async def test_a_file_that_cannot_be_renewed_is_missed(connect: Connect) -> None:
    clock = Clock()
    with canned(row()) as (app, origin):
        barometer = BarometerClient(connect(origin), lifetime_s=100, clock=clock)
        await barometer.rows()
        app.answers.clear()
        clock.now = 200
        with pytest.raises(UpstreamError):
            await barometer.rows()


async def test_a_stale_file_is_told_of_every_time_it_is_used(connect: Connect, tmp_path: Path) -> None:
    clock = Clock()
    with canned(row()) as (_, origin):
        transport = connect(origin, attempts=1, cache_file=tmp_path / "cache.db", cache_lifetime_s=0.01)
        barometer = BarometerClient(transport, lifetime_s=100, clock=clock)
        before = await barometer.rows()
    clock.now = 200
    with accepting_stale() as stale:
        assert await barometer.rows() == before
        assert await barometer.rows() == before
    assert [answer.operation for answer in stale] == ["forecasts", "forecasts"]


@pytest.mark.parametrize("mode", ["503", "malformed", "html", "429:60"])
async def test_every_fault_is_an_upstream_error(mode: str, service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamError):
        await BarometerClient(connect(service.fault_url(mode, "barometer"), attempts=1)).rows()


def test_the_file_has_a_public_address() -> None:
    assert barometer_address() == "https://data.arbetsformedlingen.se/prognoser/yrkesbarometer.json"
