"""The endpoints of JobSearch and of the historical ads."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.jobsearch.ads import Ad, read_ads
from tests.standin.jobsearch.search import OutOfRange, complete, search


def routes() -> list[BaseRoute]:
    """JobSearch; the data is read when a request first needs it."""
    return [
        _route("/search", lambda request: search(read_ads().values(), request.query_params)),
        _route("/complete", lambda request: complete(read_ads().values(), request.query_params)),
        Route("/ad/{ad_id}", _ad),
    ]


def historical_routes() -> list[BaseRoute]:
    """The historical ads."""
    return [_route("/search", _search_history), Route("/ad/{ad_id}", _ad)]


def _route(path: str, answer: Callable[[Request], dict[str, Any]]) -> BaseRoute:
    async def endpoint(request: Request) -> JSONResponse:
        try:
            return JSONResponse(answer(request))
        except OutOfRange as error:
            return JSONResponse(error.body, 400)

    return Route(path, endpoint)


async def _ad(request: Request) -> JSONResponse:
    if ad := read_ads().get(request.path_params["ad_id"]):
        return JSONResponse(ad)
    return JSONResponse({"message": "Ad not found"}, 404)


def _search_history(request: Request) -> dict[str, Any]:
    first = request.query_params.get("historical-from", "")
    last = request.query_params.get("historical-to", "9999")
    return search((ad for ad in read_ads().values() if _is_within(ad, first, last)), request.query_params)


def _is_within(ad: Ad, first: str, last: str) -> bool:
    """Whether the ad was published then; `2025`, `2025-03` and `2025-03-31` each take in all of it."""
    day: str = ad["publication_date"]
    return day >= first and day[: len(last)] <= last
