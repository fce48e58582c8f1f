"""Pay by occupation from Statistics Sweden (SCB), by PxWeb's API version 2.

Contract: https://github.com/PxTools/PxApiSpecs. Ids of tables and codes of what they measure change
when SCB begins a new series, so both are found at run time by their names. Words are searched for in
Swedish, because the search knows each language's own titles alone. Figures are given as SCB has them.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from pydantic import Field

from assistant.apis.jsonstat import Dataset, Dimension, read_dataset
from assistant.apis.transport import Transport
from assistant.apis.wire import Flag, ListOf, Text, Wire, parsed
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamMalformed, UpstreamRejected

SERVICE = "SCB"
_TABLE_LIFETIME_S = 24 * 3600.0
# The title of 2023's series has the first; the second is for a series that is named otherwise.
_SEARCHES = ("lönespridning", "månadslön yrke SSYK 2012")
_TABLES_WANTED = 100
_TABLES_READ = 4
_YEARS_READ = 3
_MEASURES = {
    "p10": re.compile(r"\b10:e percentil", re.IGNORECASE),
    "median": re.compile(r"median|\b50:e percentil", re.IGNORECASE),
    "p90": re.compile(r"\b90:e percentil", re.IGNORECASE),
    "mean": re.compile(r"^(genomsnittlig )?månadslön$|medellön", re.IGNORECASE),
}
_NEEDED = frozenset({"p10", "median", "p90"})
_TOTAL = re.compile(r"\b(samtliga|totalt|båda könen|alla)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay of one occupation group, all sectors and both sexes.

    Attributes:
        ssyk_code: SSYK 2012, four digits.
        p10: One in ten earns less; SEK a month before tax, full-time equivalent; None where not published.
        median: Half earn less; as above.
        p90: Nine in ten earn less; as above.
        mean: Average; as above.
        year: The year that the figures are for.
        table_id: SCB's id of the table, such as `TAB5932`.
        table_title: Its title in Swedish.
        address: Where anybody can see these very figures.
    """

    ssyk_code: str
    p10: int | None
    median: int | None
    p90: int | None
    mean: int | None
    year: int
    table_id: str
    table_title: str
    address: str


@dataclass(frozen=True, slots=True)
class _PayTable:
    """Where the figures stand in a table: variable codes, and the codes of the values wanted."""

    table_id: str
    title: str
    occupation: Dimension
    contents: str
    measures: Mapping[str, str]
    period: str
    years: tuple[str, ...]
    totals: Mapping[str, str]

    def selection(self, ssyk_code: str) -> dict[str, str]:
        """Query parameters for the figures of one occupation group, the last years."""
        wanted = {
            **self.totals,
            self.occupation.code: ssyk_code,
            self.contents: ",".join(self.measures.values()),
            self.period: ",".join(self.years),
        }
        return {f"valueCodes[{code}]": codes for code, codes in wanted.items()}

    def address(self, ssyk_code: str) -> str:
        query = {"lang": "sv", **self.selection(ssyk_code), "outputFormat": "html"}
        return f"{Addresses().scb}/tables/{quote(self.table_id, safe='')}/data?{urlencode(query)}"

    def pay(self, ssyk_code: str, dataset: Dataset) -> Pay | None:
        """The newest figures of one group; None when no year has any."""
        for year in reversed(self.years):
            place = {**self.totals, self.occupation.code: ssyk_code, self.period: year}
            found = {
                name: dataset.value({**place, self.contents: code}) for name, code in self.measures.items()
            }
            if any(figure is not None for figure in found.values()):
                return Pay(
                    ssyk_code=ssyk_code,
                    p10=_whole(found["p10"]),
                    median=_whole(found["median"]),
                    p90=_whole(found["p90"]),
                    mean=_whole(found.get("mean")),
                    year=int(year),
                    table_id=self.table_id,
                    table_title=self.title,
                    address=self.address(ssyk_code),
                )
        return None


def _whole(figure: float | None) -> int | None:
    """SCB gives pay in hundreds of kronor, so nothing is lost."""
    return None if figure is None else round(figure)


class _WireTable(Wire):
    id: str
    label: Text = ""
    last_period: Annotated[Text, Field(alias="lastPeriod")] = ""
    updated: Text = ""
    discontinued: Flag = False
    variable_names: Annotated[ListOf[Text], Field(alias="variableNames")] = []

    @property
    def may_tell_pay(self) -> bool:
        names = " ".join(self.variable_names).casefold()
        return not self.discontinued and "yrke" in names and "sektor" in names


class _TablesAnswer(Wire):
    tables: ListOf[_WireTable] = []


class ScbClient:
    """Reads pay; the table that has it is looked for once a day."""

    def __init__(self, transport: Transport, clock: Callable[[], float] = time.monotonic) -> None:
        self._transport = transport
        self._clock = clock
        self._table: tuple[_PayTable, float] | None = None

    async def pay(self, ssyk_code: str) -> Pay | None:
        """Pay of an occupation group, the newest year that has figures.

        Args:
            ssyk_code: SSYK 2012, four digits.

        Returns:
            The figures; None when SCB publishes none for this group.

        Raises:
            UpstreamMalformed: No table of pay could be found, or its figures could not be read.
            UpstreamError: SCB could not be read.
        """
        table = await self._pay_table()
        if ssyk_code not in table.occupation.labels:
            return None
        params = {"lang": "sv", **table.selection(ssyk_code), "outputFormat": "json-stat2"}
        try:
            raw = await self._transport.get_json(
                f"/tables/{quote(table.table_id, safe='')}/data", params, operation="pay"
            )
        except UpstreamRejected:
            # The table has changed since it was found; it is looked for anew the next time.
            self._table = None
            raise
        dataset = read_dataset(raw, service=SERVICE, operation="pay")
        try:
            return table.pay(ssyk_code, dataset)
        except KeyError as error:
            reason = f"no figures for {error}"
            raise UpstreamMalformed(service=SERVICE, operation="pay", reason=reason) from error

    async def _pay_table(self) -> _PayTable:
        if self._table and self._clock() < self._table[1]:
            return self._table[0]
        table = await self._find_pay_table()
        self._table = (table, self._clock() + _TABLE_LIFETIME_S)
        return table

    async def _find_pay_table(self) -> _PayTable:
        """Look through the tables on spread of pay, newest first, for one with all that is wanted."""
        for search in _SEARCHES:
            for candidate in await self._tables(search):
                if found := await self._read_table(candidate):
                    return found
        raise UpstreamMalformed(service=SERVICE, operation="find tables", reason="no table of pay")

    async def _read_table(self, candidate: _WireTable) -> _PayTable | None:
        """The table with the places of its figures; None when it is another kind or cannot be read."""
        path = f"/tables/{quote(candidate.id, safe='')}/metadata"
        try:
            raw = await self._transport.get_json(path, {"lang": "sv"}, operation="table")
            return _as_pay_table(candidate, read_dataset(raw, service=SERVICE, operation="table"))
        except (UpstreamMalformed, UpstreamRejected):
            return None

    async def _tables(self, search: str) -> list[_WireTable]:
        """The tables that may tell pay by occupation, newest first."""
        raw = await self._transport.get_json(
            "/tables", {"lang": "sv", "query": search, "pageSize": _TABLES_WANTED}, operation="find tables"
        )
        answer = parsed(_TablesAnswer, raw, service=SERVICE, operation="find tables")
        found = [table for table in answer.tables if table.may_tell_pay]
        found.sort(key=lambda table: (table.last_period, table.updated), reverse=True)
        return found[:_TABLES_READ]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _as_pay_table(table: _WireTable, metadata: Dataset) -> _PayTable | None:
    """Where a table has pay by SSYK 2012; None when it is another kind of table."""
    rest = {dimension.code: dimension for dimension in metadata.dimensions}
    occupation = next((d for d in rest.values() if _is_occupation(d)), None)
    period = next((d for d in rest.values() if d.code in metadata.time_codes or d.label == "år"), None)
    contents = next((d for d in rest.values() if _measures(d).keys() >= _NEEDED), None)
    if occupation is None or period is None or contents is None:
        return None
    for used in (occupation, period, contents):
        rest.pop(used.code, None)
    years = sorted(code for code in period.labels if re.fullmatch(r"\d{4}", code))
    totals = {code: _total(dimension) for code, dimension in rest.items()}
    if not years or not all(totals.values()):
        return None
    return _PayTable(
        table_id=table.id,
        title=metadata.label or table.label,
        occupation=occupation,
        contents=contents.code,
        measures=_measures(contents),
        period=period.code,
        years=tuple(years[-_YEARS_READ:]),
        totals=totals,
    )


def _is_occupation(dimension: Dimension) -> bool:
    """Whether the values are SSYK 2012 at four digits; the older SSYK 96 has the same form."""
    named = "2012" in dimension.code or "SSYK 2012" in dimension.label
    return named and any(re.fullmatch(r"\d{4}", code) for code in dimension.labels)


def _measures(dimension: Dimension) -> dict[str, str]:
    """Codes of the wanted measures, by our names for them."""
    found = {
        name: next((code for code, label in dimension.labels.items() if pattern.search(label)), "")
        for name, pattern in _MEASURES.items()
    }
    return {name: code for name, code in found.items() if code}


def _total(dimension: Dimension) -> str:
    """Code of the value that stands for all; empty when there is none."""
    if dimension.total_code:
        return dimension.total_code
    return next((code for code, label in dimension.labels.items() if _TOTAL.search(label)), "")
