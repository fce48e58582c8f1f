"""Planned Educations for adults: search, count, details, areas and the recorded lists of support.

Invented, because nothing was recorded: that a count is a number in `body`, the bodies of errors, and the
status 406 for another media type than the service's.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.planned_educations.records import details, listed, sample
from tests.standin.planned_educations.search import found

MEDIA_TYPE = "application/vnd.skolverket.plannededucations.api.v4.hal+json"
_EVENTS = "/adult-education-events"
_DEFAULT_SIZE, _MOST = 20, 200
_SUPPORT = (
    "adultTypeOfSchooling",
    "distance-studies",
    "geographical-areas",
    "instruction-languages",
    "municipality-schoolunit",
    "principal-organizer-types",
    "programs",
    "school-types",
)

Answer = Callable[[Request], JSONResponse]


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""
    return [
        _route(_EVENTS, _search),
        _route(f"{_EVENTS}-count", _count),
        _route(f"{_EVENTS}/areas", lambda request: _answer(sample("adult-education-events_areas"))),
        _route(f"{_EVENTS}/{{event_id}}", _detail),
        *(_route(f"/support/{name}", _support(name)) for name in _SUPPORT),
    ]


def _route(path: str, answer: Answer) -> Route:
    def checked(request: Request) -> JSONResponse:
        accepted = request.headers.get("accept", "")
        return answer(request) if MEDIA_TYPE in accepted else _error(406, "NOT_ACCEPTABLE")

    return Route(path, checked)


def _search(request: Request) -> JSONResponse:
    params = request.query_params
    try:
        page, size = int(params.get("page", 0)), int(params.get("size", _DEFAULT_SIZE))
    except ValueError:
        return _error(400, "BAD_REQUEST")
    if page < 0 or not 1 <= size <= _MOST:
        return _error(400, "BAD_REQUEST")
    events = found(listed(), params)
    pages = -(-len(events) // size)
    # An empty list is left out, as the framework that made the recorded answers does it.
    shown = events[page * size : (page + 1) * size]
    embedded = {"_embedded": {"listedAdultEducationEvents": shown}} if shown else {}
    links = {
        "self": {"href": f"http://localhost:9007/planned-educations/v3{_EVENTS}?page={page}&size={size}"}
    }
    counted = {"size": size, "totalElements": len(events), "totalPages": pages, "number": page}
    return _success({**embedded, "_links": links, "page": counted})


def _count(request: Request) -> JSONResponse:
    return _success(len(found(listed(), request.query_params)))


def _detail(request: Request) -> JSONResponse:
    event = details().get(request.path_params["event_id"])
    return _error(404, "NOT_FOUND") if event is None else _success(event)


def _support(name: str) -> Answer:
    return lambda request: _answer(sample(f"support_{name}"))


def _success(body: Any) -> JSONResponse:
    return _answer({"status": "OK", "message": "Success", "body": body})


def _answer(envelope: Any) -> JSONResponse:
    return JSONResponse(envelope, media_type=MEDIA_TYPE)


def _error(status: int, name: str) -> JSONResponse:
    return JSONResponse({"status": name, "message": "invented"}, status, media_type=MEDIA_TYPE)
