"""Planned Educations v4: Skolverket's search among the times and places at which adults can study.

Contract: https://api.skolverket.se/planned-educations/v3/api-docs/--v4-active (OpenAPI 3.1). Links in the
answers are never followed, only ids: those recorded lead to a machine of the service's makers. No record has
a code of an occupation; JobEd Connect ties educations to occupations.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from assistant.apis.planned_records import (
    AreasBody,
    CountBody,
    Direction,
    EducationArea,
    ListBody,
    PlannedEvent,
    PlannedPage,
    WireEvent,
)
from assistant.apis.skolverket import require_record_id
from assistant.apis.transport import Params, Transport
from assistant.apis.wire import parsed
from assistant.domain.addresses import Addresses
from assistant.domain.place import Place
from assistant.errors import UpstreamMalformed

__all__ = [
    "MOST_A_PAGE",
    "SERVICE",
    "Direction",
    "EducationArea",
    "PlannedEducationsClient",
    "PlannedEvent",
    "PlannedPage",
    "event_address",
]

SERVICE = "Planned Educations"
MOST_A_PAGE = 200
"""Most events that one page may have."""

_ACCEPT = "application/vnd.skolverket.plannededucations.api.v4.hal+json"
_EVENTS = "/adult-education-events"
_BASE_URL = Addresses().planned_educations
# Values of `typeOfSchool` for Susa-navet's codes, where they are not the code in lower case; the OpenAPI file
# lists them. Universities' educations have five kinds and no common one.
_SCHOOL_TYPE_VALUES = {"HS": "forutbildning,coursebasic,courseadvanced,programbasic,programadvanced"}


def event_address(event_id: str, base_url: str = _BASE_URL) -> str:
    """The public address of an event; the provider's page, `PlannedEvent.web`, says more to people."""
    return f"{base_url}{_EVENTS}/{quote(event_id, safe='')}"


class PlannedEducationsClient:
    """Searches among planned educations for adults."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def search(
        self,
        *,
        text: str = "",
        place: Place | None = None,
        school_types: Sequence[str] = (),
        is_distance: bool | None = None,
        starting: Sequence[tuple[str, str]] = (),
        page: int = 0,
        size: int = 20,
    ) -> PlannedPage:
        """Find events, in the service's order.

        Args:
            text: A person's own words; never kept on disk.
            place: Where; distance educations lie where their provider is.
            school_types: Susa-navet's codes of forms of education; all when empty.
            is_distance: Distance educations, or those at a place; both when None.
            starting: First and last ISO date of each period in which they may start; any when empty, which
                alone finds those that start continuously.
            page: From 0.
            size: Events a page, 1-200.

        Raises:
            ValueError: The page or the size is out of range.
            UpstreamError: The service could not be read.
        """
        if page < 0 or not 1 <= size <= MOST_A_PAGE:
            raise ValueError(f"page {page} of {size}; pages begin at 0 and have 1-{MOST_A_PAGE} events")
        filters = _filters(text, place, school_types, is_distance, starting)
        body = await self._body(
            _EVENTS, {**filters, "page": page, "size": size}, "search", is_personal=bool(text)
        )
        found = parsed(ListBody, body, service=SERVICE, operation="search")
        events = tuple(
            event.read() for event in found.embedded.listed_adult_education_events if event.education_event_id
        )
        return PlannedPage(found.page.total_elements, found.page.total_pages, events)

    async def count(
        self,
        *,
        text: str = "",
        place: Place | None = None,
        school_types: Sequence[str] = (),
        is_distance: bool | None = None,
        starting: Sequence[tuple[str, str]] = (),
    ) -> int:
        """How many events a search would find; arguments and errors as of `search`."""
        filters = _filters(text, place, school_types, is_distance, starting)
        body = await self._body(f"{_EVENTS}-count", filters, "count", is_personal=bool(text))
        return parsed(CountBody, {"body": body}, service=SERVICE, operation="count").body

    async def event(self, event_id: str) -> PlannedEvent:
        """Read the details of one event.

        Raises:
            UpstreamRejected: Status 404 for an unknown id.
            UpstreamError: The service could not be read.
        """
        require_record_id(event_id, service=SERVICE, operation="event")
        body = await self._body(f"{_EVENTS}/{quote(event_id, safe='')}", {}, "event")
        found = parsed(WireEvent, body, service=SERVICE, operation="event").read()
        if not found.event_id:
            raise UpstreamMalformed(service=SERVICE, operation="event", reason="no id")
        return found

    async def areas(self) -> tuple[EducationArea, ...]:
        """All areas of education with their directions.

        Raises:
            UpstreamError: The service could not be read.
        """
        body = await self._body(f"{_EVENTS}/areas", {}, "areas")
        found = parsed(AreasBody, body, service=SERVICE, operation="areas")
        return tuple(area.read() for area in found.areas)

    async def _body(self, path: str, params: Params, operation: str, *, is_personal: bool = False) -> Any:
        raw = await self._transport.get_json(
            path, params, operation=operation, accept=_ACCEPT, is_personal=is_personal
        )
        if not isinstance(raw, dict) or raw.get("body") is None:
            raise UpstreamMalformed(service=SERVICE, operation=operation, reason="no body")
        return raw["body"]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _filters(
    text: str,
    place: Place | None,
    school_types: Sequence[str],
    is_distance: bool | None,
    starting: Sequence[tuple[str, str]],
) -> dict[str, str]:
    filters = {
        "searchTerm": text,
        # Takes codes of municipalities and of counties alike.
        "geographicalAreaCode": place.code if place else "",
        "typeOfSchool": ",".join(_SCHOOL_TYPE_VALUES.get(code, code.lower()) for code in school_types),
        "semesterStartFrom": ",".join(f"{first}TO{last}" for first, last in starting),
        "distance": "" if is_distance is None else str(is_distance).lower(),
    }
    return {name: value for name, value in filters.items() if value}
