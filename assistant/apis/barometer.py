"""Yrkesbarometern: Arbetsförmedlingen's forecast of demand by occupation and county, as one JSON file.

Contract: the file of round 2025-2, https://data.arbetsformedlingen.se/prognoser/yrkesbarometer.json: 219
occupations, each for the country and its 21 counties. It is renewed in June and December.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, ValidationError

from assistant.apis.stale import accepted_stale
from assistant.apis.transport import Transport
from assistant.apis.wire import Flag, Text, Wire
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamMalformed

SERVICE = "Yrkesbarometern"
SWEDEN = "00"
"""The county code that stands for the whole country."""

_FILE = "/yrkesbarometer.json"
_LIFETIME_S = 24 * 3600.0
_log = logging.getLogger(__name__)


class Opportunities(StrEnum):
    """How good the chances of work are, in the source's words."""

    SMALL = "små"
    MEDIUM = "medelstora"
    LARGE = "stora"


class Recruitment(StrEnum):
    """How applicants and vacancies match; a paradox is many of both at once."""

    SURPLUS = "överskott"
    BALANCE = "balans"
    PARADOX = "paradox"
    SHORTAGE = "brist"


class Trend(StrEnum):
    """Demand in five years, as against now."""

    GROWS = "öka"
    STAYS = "vara oförändrad"
    SHRINKS = "minska"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast for one occupation in one area.

    Attributes:
        occupation: The barometer's name of the occupation, in the plural.
        concept_id: JobTech concept id (`barometer-occupation`).
        county_code: Two digits; `00` is the whole country.
        ssyk_codes: SSYK 2012 groups that it stands for.
        opportunities: None where not assessed.
        recruitment: As above.
        outlook: As above.
        text_opportunities: The source's own sentences, in Swedish.
        text_recruitment: As above.
        level: The widest area that the assessment rests on: nationellt, län or nuts2.
        is_partial: The assessment rests in part on a wider area than the county.
        is_part_of_group: The occupation is only a part of its SSYK group.
        round: Such as "2025-2", the second of 2025.
        taxonomy_version: Version of the JobTech Taxonomy that the ids are from.
    """

    occupation: str
    concept_id: str
    county_code: str
    ssyk_codes: tuple[str, ...]
    opportunities: Opportunities | None
    recruitment: Recruitment | None
    outlook: Trend | None
    text_opportunities: str
    text_recruitment: str
    level: str
    is_partial: bool
    is_part_of_group: bool
    round: str
    taxonomy_version: str

    @property
    def is_national(self) -> bool:
        """Whether it is for the whole country."""
        return self.county_code == SWEDEN

    @property
    def is_assessed(self) -> bool:
        """Whether it says anything; small counties have rows without an assessment."""
        return any((self.opportunities, self.recruitment, self.outlook))


@dataclass(frozen=True, slots=True)
class BarometerFile:
    """The whole file; `skipped` counts the rows that could not be read."""

    outlooks: tuple[Outlook, ...]
    skipped: int


def barometer_address() -> str:
    """The public address of the file; its rows have none of their own."""
    return Addresses().barometer + _FILE


def _text_of(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


def _codes(value: Any) -> Any:
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [code for part in parts if (code := str(part).strip())]


_Number = Annotated[Text, BeforeValidator(_text_of)]


class _WireRow(Wire):
    yb_yrke: str
    yb_concept_id: Text = ""
    lan: Annotated[str, BeforeValidator(_text_of)]
    ssyk: Annotated[list[str], BeforeValidator(_codes)] = []
    jobbmojligheter: Text = ""
    rekryteringssituation: Text = ""
    prognos: Text = ""
    text_jobbmojligheter: Text = ""
    text_rekryteringssituation: Text = ""
    hogsta_bedomningsniva: Text = ""
    delvis_helt: Text = ""
    del_av_ssyk: Flag = False
    omgang: Text = ""
    taxonomi_version: _Number = ""

    def to_outlook(self) -> Outlook:
        return Outlook(
            occupation=self.yb_yrke,
            concept_id=self.yb_concept_id,
            county_code=self.lan.strip().zfill(2),
            ssyk_codes=tuple(self.ssyk),
            opportunities=_known(Opportunities, self.jobbmojligheter),
            recruitment=_known(Recruitment, self.rekryteringssituation),
            outlook=_known(Trend, self.prognos),
            text_opportunities=self.text_jobbmojligheter,
            text_recruitment=self.text_rekryteringssituation,
            level=self.hogsta_bedomningsniva,
            is_partial=self.delvis_helt.casefold() == "delvis",
            is_part_of_group=self.del_av_ssyk,
            round=self.omgang,
            taxonomy_version=self.taxonomi_version,
        )


_WordT = TypeVar("_WordT", bound=StrEnum)


def _known(words: type[_WordT], text: str) -> _WordT | None:
    """The word that the text is; one that nobody knows says nothing."""
    plain = " ".join(text.casefold().split())
    return next((word for word in words if word.value == plain), None)


class BarometerClient:
    """Reads the file, and keeps it in memory for a time."""

    def __init__(
        self,
        transport: Transport,
        *,
        lifetime_s: float = _LIFETIME_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._lifetime_s = lifetime_s
        self._clock = clock
        self._file: tuple[BarometerFile, float] | None = None

    async def outlooks(self, *, ssyk_code: str) -> tuple[Outlook, ...]:
        """The assessments of an occupation group: of the country, and of each county that has its own.

        Args:
            ssyk_code: SSYK 2012, four digits.

        Returns:
            In the file's order; several an area where the group has several occupations in the barometer.

        Raises:
            UpstreamError: The file could not be read.
        """
        rows = await self.rows()
        return tuple(outlook for outlook in rows if ssyk_code in outlook.ssyk_codes and outlook.is_assessed)

    async def rows(self) -> tuple[Outlook, ...]:
        """All forecasts, in the file's order.

        Raises:
            UpstreamError: The file could not be read.
        """
        return (await self.file()).outlooks

    async def file(self) -> BarometerFile:
        """The file, as it was read last within its lifetime.

        Raises:
            UpstreamError: The file could not be read.
        """
        if self._file and self._clock() < self._file[1]:
            return self._file[0]
        stale_before = len(accepted_stale() or ())
        file = await self._fetch()
        # A stale answer is told of whenever it is used, so it is not kept here, where nobody would tell.
        if len(accepted_stale() or ()) == stale_before:
            self._file = (file, self._clock() + self._lifetime_s)
        return file

    async def _fetch(self) -> BarometerFile:
        raw = await self._transport.get_json(_FILE, {}, operation="forecasts")
        if not isinstance(raw, list):
            raise UpstreamMalformed(service=SERVICE, operation="forecasts", reason="no list")
        file = await asyncio.to_thread(_read_rows, raw)
        if not file.outlooks:
            raise UpstreamMalformed(service=SERVICE, operation="forecasts", reason="no row could be read")
        if file.skipped:
            _log.info("%d of %d rows of the file could not be read", file.skipped, len(raw))
        return file

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _read_rows(raw: Sequence[object]) -> BarometerFile:
    """Read what can be read; one bad row does not spoil the file."""
    outlooks = []
    for row in raw:
        try:
            outlooks.append(_WireRow.model_validate(row).to_outlook())
        except ValidationError:
            continue
    return BarometerFile(tuple(outlooks), len(raw) - len(outlooks))
