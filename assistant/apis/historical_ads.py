"""The historical ads of Arbetsförmedlingen: how many ads were published, year by year since 2016.

Contract: https://historical.api.jobtechdev.se (Swagger); it searches and answers as JobSearch, but slowly.
Licence of the data: CC0.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.apis.jobsearch import SearchAnswer, ad_filter
from assistant.apis.transport import Transport
from assistant.apis.wire import parsed
from assistant.domain.place import Place
from assistant.errors import UpstreamError

SERVICE = "Historical ads"
FIRST_YEAR = 2016
"""Of earlier years there are no ads to count."""

# The service is slow, and every year is a search of its own.
_AT_ONCE = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class YearCount:
    """Number of ads published in a year; `ads` is None where that year could not be read."""

    year: int
    ads: int | None


def year_address(
    year: int,
    *,
    occupation_group: str = "",
    occupation_name: str = "",
    place: Place | None = None,
    base_url: str = "https://historical.api.jobtechdev.se",
) -> str:
    """The public address at which the number of ads of a year can be seen."""
    wanted = ad_filter(occupation_group=occupation_group, occupation_name=occupation_name, place=place)
    return f"{base_url}/search?{urlencode({**wanted, **_within(year)})}"


class HistoricalAdsClient:
    """Counts ads of past years."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def counts_by_year(
        self,
        *,
        years: Sequence[int],
        occupation_group: str = "",
        occupation_name: str = "",
        place: Place | None = None,
    ) -> tuple[YearCount, ...]:
        """How many ads were published in each year; one search a year, three at a time.

        Args:
            years: Years since 2016; in the running year, the ads until now.
            occupation_group: Concept id of an SSYK level 4 group.
            occupation_name: Concept id of an occupation.
            place: Municipality or region.

        Returns:
            One count a year, in the order asked for. Where some years could not be read, those have None.

        Raises:
            ValueError: A year before 2016; nothing was asked.
            UpstreamError: Not one year could be read.
        """
        if early := [year for year in years if year < FIRST_YEAR]:
            raise ValueError(f"{SERVICE}: years must be {FIRST_YEAR} or later, not {early}")
        wanted = ad_filter(occupation_group=occupation_group, occupation_name=occupation_name, place=place)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def read(year: int) -> YearCount | UpstreamError:
            async with gate:
                try:
                    return YearCount(year, await self._count(year, wanted))
                except UpstreamError as error:
                    logger.info("the ads of %d are missing: %s", year, error)
                    return error

        counts = await asyncio.gather(*(read(year) for year in years))
        failures = [count for count in counts if isinstance(count, UpstreamError)]
        if failures and len(failures) == len(counts):
            raise failures[0]
        return tuple(
            YearCount(year, None) if isinstance(count, UpstreamError) else count
            for year, count in zip(years, counts, strict=True)
        )

    async def _count(self, year: int, wanted: dict[str, str]) -> int:
        raw = await self._transport.get_json(
            "/search", {**wanted, **_within(year)}, operation="counts by year"
        )
        return parsed(SearchAnswer, raw, service=SERVICE, operation="counts by year").total.value

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _within(year: int) -> dict[str, str | int]:
    return {"historical-from": f"{year}-01-01", "historical-to": f"{year}-12-31", "limit": 0}
