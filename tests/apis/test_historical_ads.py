import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.apis.historical_ads import HistoricalAdsClient, YearCount, year_address
from assistant.domain.place import Place, PlaceType
from assistant.errors import UpstreamMalformed, UpstreamTimeout, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

NURSES = "Z8ci_bBE_tmx"
NURSE = "bXNH_MNX_dUR"
UPPSALA = Place("otaF_bQY_4ZD", PlaceType.MUNICIPALITY, "0380", "Uppsala", "03")


@dataclass
class Ledger:
    """A server that knows how many ads each year had, and fails for the years it does not know."""

    ads: dict[str, int]
    running: int = 0
    most_at_once: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/search", self._answer)])

    async def _answer(self, request: Request) -> Response:
        self.asked.append(dict(request.query_params))
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        await asyncio.sleep(0.02)
        self.running -= 1
        year = request.query_params["historical-from"][:4]
        if year not in self.ads:
            return Response(status_code=500)
        return JSONResponse({"total": {"value": self.ads[year]}, "hits": []})


@pytest.mark.shared
async def test_ads_are_counted_year_by_year(service: StandIn, connect: Connect) -> None:
    client = HistoricalAdsClient(connect(service.url("historical_ads"), timeout_s=30.0, deadline_s=60.0))
    counts = await client.counts_by_year(occupation_group=NURSES, years=range(2023, 2027))
    assert counts == (YearCount(2023, 0), YearCount(2024, 0), YearCount(2025, 364), YearCount(2026, 136))
    here = await client.counts_by_year(occupation_name=NURSE, years=[2025], place=UPPSALA)
    assert here[0].ads in range(1, 38)


async def test_each_year_is_asked_for_whole_without_its_ads(connect: Connect) -> None:
    ledger = Ledger({"2020": 5})
    with LocalServer(ledger.app()) as server:
        client = HistoricalAdsClient(connect(server.origin))
        await client.counts_by_year(occupation_group=NURSES, years=[2020], place=UPPSALA)
    assert ledger.asked == [
        {
            "occupation-group": NURSES,
            "municipality": UPPSALA.concept_id,
            "historical-from": "2020-01-01",
            "historical-to": "2020-12-31",
            "limit": "0",
        }
    ]


async def test_a_few_years_are_asked_for_at_once(connect: Connect) -> None:
    ledger = Ledger({str(year): year for year in range(2016, 2026)})
    with LocalServer(ledger.app()) as server:
        client = HistoricalAdsClient(connect(server.origin, deadline_s=30.0))
        counts = await client.counts_by_year(years=range(2016, 2026))
    assert counts == tuple(YearCount(year, year) for year in range(2016, 2026))
    assert 1 <= ledger.most_at_once <= 3


async def test_a_year_that_fails_leaves_the_others(connect: Connect) -> None:
    with LocalServer(Ledger({"2020": 5, "2022": 7}).app()) as server:
        client = HistoricalAdsClient(connect(server.origin, attempts=1))
        counts = await client.counts_by_year(years=[2020, 2021, 2022])
    assert counts == (YearCount(2020, 5), YearCount(2021, None), YearCount(2022, 7))


async def test_when_every_year_fails_there_is_no_answer(connect: Connect) -> None:
    with LocalServer(Ledger({}).app()) as server:
        client = HistoricalAdsClient(connect(server.origin, attempts=1))
        with pytest.raises(UpstreamUnavailable):
            await client.counts_by_year(years=[2020, 2021])


async def test_no_years_have_no_counts(connect: Connect, refused_url: str) -> None:
    assert await HistoricalAdsClient(connect(refused_url)).counts_by_year(years=[]) == ()


async def test_years_before_the_first_are_never_asked_for(connect: Connect, service: StandIn) -> None:
    client = HistoricalAdsClient(connect(service.url("historical_ads")))
    with pytest.raises(ValueError, match="2016 or later, not \\[2015\\]"):
        await client.counts_by_year(years=[2015, 2016])
    assert service.calls == ()


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("429:60", UpstreamUnavailable),
        ("503", UpstreamUnavailable),
        ("slow:30", UpstreamTimeout),
        ("html", UpstreamMalformed),
        ("errors", UpstreamMalformed),
    ],
)
async def test_a_service_that_fails_gives_a_typed_error(
    mode: str, error: type[Exception], service: StandIn, connect: Connect
) -> None:
    url = service.fault_url(mode, "historical_ads")
    client = HistoricalAdsClient(connect(url, timeout_s=0.3, deadline_s=0.5, attempts=1))
    with pytest.raises(error):
        await client.counts_by_year(years=[2024, 2025])


def test_a_years_count_has_a_public_address() -> None:
    assert year_address(2024, occupation_group=NURSES) == (
        "https://historical.api.jobtechdev.se/search?occupation-group=Z8ci_bBE_tmx"
        "&historical-from=2024-01-01&historical-to=2024-12-31&limit=0"
    )
