"""Susa-navet: Skolverket's register of educations in Sweden, which is read in bulk by page.

Contract: https://api.skolverket.se/susa-navet/susa-navet-emil3.yaml (known through its users). It has no
search: whoever wants one keeps a copy, and asks with `updatedSince` for what is new. What is gone comes as a
row with the status DELETED. While it takes in new records at night it answers 503.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote

from pydantic import Field

from assistant.apis.emil3 import Code, EducationEvent, EducationInfo, EducationProvider, Fee
from assistant.apis.emil3_wire import read_event, read_info, read_provider
from assistant.apis.skolverket import Whole, Word, require_record_id
from assistant.apis.transport import Params, Transport
from assistant.apis.wire import Wire, parsed
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamMalformed, UpstreamRejected

__all__ = [
    "MOST_A_PAGE",
    "SERVICE",
    "ApiInfo",
    "Code",
    "EducationEvent",
    "EducationInfo",
    "EducationProvider",
    "Fee",
    "SusaClient",
    "SusaPage",
    "event_address",
    "info_address",
]

SERVICE = "Susa-navet"
MOST_A_PAGE = 2000
"""Most rows that one page may have."""

_INFOS, _EVENTS, _PROVIDERS = "educationInfos", "educationEvents", "educationProviders"
_GONE = 410
_BASE_URL = Addresses().susa

_ItemT = TypeVar("_ItemT")
_Reader: TypeAlias = Callable[[dict[str, Any], str], _ItemT]


@dataclass(frozen=True, slots=True)
class ApiInfo:
    """What the service says of itself; `released` is an ISO date."""

    version: str
    schema_version: str
    released: str
    status: str


@dataclass(frozen=True, slots=True)
class SusaPage(Generic[_ItemT]):
    """One page of records.

    Attributes:
        items: The records in force.
        removed_ids: Records that are gone.
        page: Number of this page, from 0.
        pages: How many there are.
        total: Rows on all pages; 0 when the service does not say.
        unread_ids: Rows that could not be read, by id, which may be empty.
    """

    items: tuple[_ItemT, ...]
    removed_ids: tuple[str, ...]
    page: int
    pages: int
    total: int
    unread_ids: tuple[str, ...] = ()


def info_address(info_id: str, base_url: str = _BASE_URL) -> str:
    """The public address of an education; its own page, `EducationInfo.url`, says more to people."""
    return f"{base_url}/{_INFOS}/{quote(info_id, safe='')}"


def event_address(event_id: str, base_url: str = _BASE_URL) -> str:
    """The public address of an education event; as above."""
    return f"{base_url}/{_EVENTS}/{quote(event_id, safe='')}"


class _ApiInfo(Wire):
    version: Word = Field("", alias="apiVersion")
    schema_version: Word = Field("", alias="emilSchemaVersion")
    released: Word = Field("", alias="apiReleased")
    status: Word = Field("", alias="apiStatus")


class _Row(Wire):
    id: Word = ""
    status: Word = ""
    content: Any = None

    @property
    def is_gone(self) -> bool:
        return self.status.upper() == "DELETED"


class _PageInfo(Wire):
    total_elements: Whole = Field(None, alias="totalElements")
    total_pages: Whole = Field(None, alias="totalPages")


class SusaClient:
    """Reads Susa-navet."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def api_info(self) -> ApiInfo:
        """What the service says of itself.

        Raises:
            UpstreamError: It could not be read.
        """
        raw = await self._transport.get_json("/api-info", {}, operation="api-info")
        found = parsed(_ApiInfo, raw, service=SERVICE, operation="api-info")
        return ApiInfo(found.version, found.schema_version, found.released, found.status)

    async def infos(
        self, *, school_types: Sequence[str] = (), updated_since: str = "", page: int = 0, size: int = 2000
    ) -> SusaPage[EducationInfo]:
        """One page of educations.

        Args:
            school_types: Codes of forms of education, such as `YH`; all when empty.
            updated_since: ISO date or time, to read only what was changed or removed since.
            page: From 0.
            size: Rows a page, 1-2000.

        Raises:
            ValueError: The page or the size is out of range.
            UpstreamUnavailable: Also while the service takes in records at night.
            UpstreamError: It could not be read.
        """
        params = _params(school_types, updated_since, page, size)
        return await self._page(_INFOS, read_info, params)

    async def events(
        self, *, school_types: Sequence[str] = (), updated_since: str = "", page: int = 0, size: int = 2000
    ) -> SusaPage[EducationEvent]:
        """One page of education events; arguments and errors as of `infos`."""
        params = _params(school_types, updated_since, page, size)
        return await self._page(_EVENTS, read_event, params)

    async def providers(
        self, *, school_types: Sequence[str] = (), updated_since: str = "", page: int = 0, size: int = 2000
    ) -> SusaPage[EducationProvider]:
        """One page of providers; arguments and errors as of `infos`."""
        params = _params(school_types, updated_since, page, size)
        return await self._page(_PROVIDERS, read_provider, params)

    async def info(self, info_id: str) -> EducationInfo:
        """Read one education, by its id in any case.

        Raises:
            UpstreamRejected: Status 404 for an unknown id, 410 for a record that is gone.
            UpstreamError: It could not be read.
        """
        return await self._record(_INFOS, read_info, info_id)

    async def event(self, event_id: str) -> EducationEvent:
        """Read one education event; errors as of `info`."""
        return await self._record(_EVENTS, read_event, event_id)

    async def provider(self, provider_id: str) -> EducationProvider:
        """Read one provider; errors as of `info`."""
        return await self._record(_PROVIDERS, read_provider, provider_id)

    async def _page(self, kind: str, read: _Reader[_ItemT], params: Params) -> SusaPage[_ItemT]:
        raw = await self._transport.get_json(f"/{kind}", params, operation=kind)
        rows = raw.get(kind) if isinstance(raw, dict) else None
        if not isinstance(rows, list):
            raise UpstreamMalformed(service=SERVICE, operation=kind, reason="no rows")
        info = parsed(_PageInfo, raw.get("page") or {}, service=SERVICE, operation=kind)
        items, removed, unread = _sorted_rows(rows, read)
        page, size = int(str(params["page"])), int(str(params["size"]))
        guessed = page + (2 if len(rows) == size else 1)
        return SusaPage(
            items=items,
            removed_ids=removed,
            page=page,
            pages=guessed if info.total_pages is None else info.total_pages,
            total=info.total_elements or 0,
            unread_ids=unread,
        )

    async def _record(self, kind: str, read: _Reader[_ItemT], record_id: str) -> _ItemT:
        require_record_id(record_id, service=SERVICE, operation=kind)
        raw = await self._transport.get_json(f"/{kind}/{quote(record_id, safe='')}", {}, operation=kind)
        row = parsed(_Row, raw, service=SERVICE, operation=kind)
        if row.is_gone:
            raise UpstreamRejected(service=SERVICE, operation=kind, status=_GONE)
        if not isinstance(row.content, dict):
            raise UpstreamMalformed(service=SERVICE, operation=kind, reason="no content")
        return read(row.content, row.id or record_id)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _params(school_types: Sequence[str], updated_since: str, page: int, size: int) -> Params:
    if page < 0 or not 1 <= size <= MOST_A_PAGE:
        raise ValueError(f"page {page} of {size} rows; pages begin at 0 and have 1-{MOST_A_PAGE} rows")
    wanted: dict[str, str | int | Sequence[str]] = {"page": page, "size": size}
    if school_types:
        wanted["schoolType"] = tuple(school_types)
    if updated_since:
        wanted["updatedSince"] = updated_since
    return wanted


def _sorted_rows(
    rows: list[Any], read: _Reader[_ItemT]
) -> tuple[tuple[_ItemT, ...], tuple[str, ...], tuple[str, ...]]:
    """The rows in force, the ids of those that are gone, and of those that cannot be read."""
    items: list[_ItemT] = []
    removed: list[str] = []
    unread: list[str] = []
    for raw in rows:
        row = _Row.model_validate(raw) if isinstance(raw, dict) else _Row()
        if row.is_gone:
            removed.append(row.id)
        elif row.id and isinstance(row.content, dict):
            items.append(read(row.content, row.id))
        else:
            unread.append(row.id)
    return tuple(items), tuple(removed), tuple(unread)
