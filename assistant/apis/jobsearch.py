"""The JobSearch API: open job ads and how many there are.

Contract: https://jobsearch.api.jobtechdev.se (Swagger). A concept id that nobody knows finds nothing, with
status 200. Deeper than offset 2,000 nothing can be read. Licence of the data: CC0.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlencode

from pydantic import BeforeValidator

from assistant.apis.ad_records import Ad, WireAd
from assistant.apis.transport import Params, Transport
from assistant.apis.wire import ListOf, Text, Wire, parsed
from assistant.domain.place import Place
from assistant.errors import UpstreamRejected

SERVICE = "JobSearch"
CountedBy: TypeAlias = Literal["region", "municipality", "occupation-group", "occupation-name"]

_LARGEST_OFFSET = 2000
_LARGEST_LIMIT = 100
_LARGEST_COUNTS = 30
_LARGEST_COMPLETIONS = 50
_LONGEST_QUERY = 255
_AD_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_NOT_FOUND = 404
# The service reads `+must -not "a phrase" wild*`; a person's own words are words alone.
_OPERATORS = re.compile(r"(?:(?<=\s)|^)[+-]+|[\"*]")


@dataclass(frozen=True, slots=True)
class AdSearch:
    """How many ads were found in all, and the ads of this page."""

    total: int
    ads: tuple[Ad, ...]


@dataclass(frozen=True, slots=True)
class AdCount:
    """Number of ads of a concept; `code` is SCB's or SSYK's, empty where there is none."""

    concept_id: str
    label: str
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Completion:
    """A word or phrase that goes on from what was typed.

    `type` is the service's word: occupation, skill, location; `occurrences` is in how many ads.
    """

    value: str
    type: str
    occurrences: int


def search_address(
    *,
    occupation_group: str = "",
    occupation_name: str = "",
    place: Place | None = None,
    word: str = "",
    base_url: str = "https://jobsearch.api.jobtechdev.se",
) -> str:
    """The public address at which the number of ads, or of those with a word, can be seen."""
    wanted = ad_filter(occupation_group=occupation_group, occupation_name=occupation_name, place=place)
    asked = {**wanted, **({"q": word} if word else {}), "limit": 0}
    return f"{base_url}/search?{urlencode(asked)}"


def ad_filter(
    *, occupation_group: str = "", occupation_name: str = "", place: Place | None = None
) -> dict[str, str]:
    """The parameters that narrow a search; what is empty narrows nothing."""
    wanted = {"occupation-group": occupation_group, "occupation-name": occupation_name}
    if place:
        wanted[place.type.value] = place.concept_id
    return {name: value for name, value in wanted.items() if value}


def _with_id(value: Any) -> Any:
    """The ads that have an id: without one there is nothing to cite or to show."""
    return [one for one in value or [] if isinstance(one, dict) and one.get("id")]


class _Total(Wire):
    value: int


class _Count(Wire):
    concept_id: Text = ""
    term: Text = ""
    code: Text = ""
    count: int


class _Stats(Wire):
    type: Text = ""
    values: ListOf[_Count] = []


class SearchAnswer(Wire):
    """The answer to a search; the historical ads have the same."""

    total: _Total
    stats: ListOf[_Stats] = []
    hits: Annotated[list[WireAd], BeforeValidator(_with_id)] = []


class _Suggestion(Wire):
    value: Text = ""
    type: Text = ""
    occurrences: int = 0


class _Suggestions(Wire):
    typeahead: ListOf[_Suggestion]


class JobSearchClient:
    """Reads open job ads."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def search(
        self,
        *,
        occupation_group: str = "",
        occupation_name: str = "",
        text: str = "",
        place: Place | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> AdSearch:
        """Ads of an occupation, a place, or with some words; the newest first where no words are given.

        Args:
            occupation_group: Concept id of an SSYK level 4 group.
            occupation_name: Concept id of an occupation.
            text: A person's own words; cut after 255 characters, and never kept on disk.
            place: Municipality or region.
            limit: Most ads wanted, 0-100.
            offset: How many to pass over, 0-2000.

        Raises:
            ValueError: Limit or offset is outside of what the service allows; nothing was asked.
            UpstreamError: The ads could not be read.
        """
        _require_within("limit", limit, _LARGEST_LIMIT)
        _require_within("offset", offset, _LARGEST_OFFSET)
        query = _plain_query(text)
        wanted: dict[str, str | int] = {
            **ad_filter(occupation_group=occupation_group, occupation_name=occupation_name, place=place),
            **({"q": query} if query else {"sort": "pubdate-desc"}),
            "limit": limit,
            "offset": offset,
        }
        answer = await self._search(wanted, operation="search", is_personal=bool(query))
        return AdSearch(answer.total.value, tuple(hit.to_ad() for hit in answer.hits))

    async def ad(self, ad_id: str) -> Ad:
        """Read one ad, also one that has been taken back.

        Raises:
            UpstreamRejected: There is no such ad (status 404).
            UpstreamError: The ad could not be read.
        """
        # The id goes into a path, so nothing but an id may pass.
        if not _AD_ID.fullmatch(ad_id):
            raise UpstreamRejected(service=SERVICE, operation="ad", status=_NOT_FOUND)
        raw = await self._transport.get_json(f"/ad/{ad_id}", {}, operation="ad")
        return parsed(WireAd, raw, service=SERVICE, operation="ad").to_ad()

    async def counts(
        self, by: CountedBy, *, occupation_group: str = "", place: Place | None = None, limit: int = 30
    ) -> tuple[AdCount, ...]:
        """How many ads there are of each place or occupation, the most first.

        Args:
            by: What to count by.
            occupation_group: Concept id of an SSYK level 4 group.
            place: Municipality or region.
            limit: Most counts wanted, 1-30: the service gives no more.

        Raises:
            ValueError: The limit is outside of what the service allows; nothing was asked.
            UpstreamError: The counts could not be read.
        """
        _require_within("limit", limit, _LARGEST_COUNTS, least=1)
        wanted: dict[str, str | int] = {
            **ad_filter(occupation_group=occupation_group, place=place),
            "stats": by,
            "stats.limit": limit,
            "limit": 0,
        }
        answer = await self._search(wanted, operation="counts")
        counts = (count for stats in answer.stats if stats.type == by for count in stats.values)
        return tuple(AdCount(one.concept_id, one.term, one.code, one.count) for one in counts)

    async def ads_by_group(
        self, group_ids: Sequence[str], *, word: str = "", place: Place | None = None
    ) -> Mapping[str, int]:
        """How many ads there are of each of several groups, in one question.

        Args:
            group_ids: Concept ids of SSYK level 4 groups, at most 30: the service counts no more at once.
            word: Only ads with this word, which is ours and not a person's; empty for all ads.
            place: Municipality or region.

        Returns:
            By concept id; 0 for a group that has none.

        Raises:
            ValueError: More groups than the service counts; nothing was asked.
            UpstreamError: The counts could not be read.
        """
        _require_within("number of groups", len(group_ids), _LARGEST_COUNTS)
        if not group_ids:
            return {}
        wanted: dict[str, str | int | Sequence[str]] = {
            **ad_filter(place=place),
            "occupation-group": tuple(group_ids),
            **({"q": word} if word else {}),
            "stats": "occupation-group",
            "stats.limit": _LARGEST_COUNTS,
            "limit": 0,
        }
        answer = await self._search(wanted, operation="ads by group")
        found = {one.concept_id: one.count for stats in answer.stats for one in stats.values}
        return {group_id: found.get(group_id, 0) for group_id in group_ids}

    async def complete(self, text: str, *, limit: int = 10) -> tuple[Completion, ...]:
        """How ads go on from what somebody has begun to type.

        Args:
            text: A person's own words; cut after 255 characters, and never kept on disk.
            limit: Most completions wanted, 0-50.

        Raises:
            ValueError: The limit is outside of what the service allows; nothing was asked.
            UpstreamError: The completions could not be read.
        """
        _require_within("limit", limit, _LARGEST_COMPLETIONS)
        query = _plain_query(text)
        if not query:
            return ()
        raw = await self._transport.get_json(
            "/complete", {"q": query, "limit": limit}, operation="complete", is_personal=True
        )
        found = parsed(_Suggestions, raw, service=SERVICE, operation="complete")
        return tuple(Completion(one.value, one.type, one.occurrences) for one in found.typeahead if one.value)

    async def _search(self, wanted: Params, *, operation: str, is_personal: bool = False) -> SearchAnswer:
        raw = await self._transport.get_json("/search", wanted, operation=operation, is_personal=is_personal)
        return parsed(SearchAnswer, raw, service=SERVICE, operation=operation)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _plain_query(text: str) -> str:
    words = " ".join(_OPERATORS.sub(" ", text).split())
    if len(words) <= _LONGEST_QUERY:
        return words
    return words[: _LONGEST_QUERY + 1].rpartition(" ")[0] or words[:_LONGEST_QUERY]


def _require_within(name: str, value: int, largest: int, *, least: int = 0) -> None:
    if not least <= value <= largest:
        raise ValueError(f"{SERVICE}: {name} must be {least}-{largest}, not {value}")
