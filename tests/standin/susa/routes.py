"""Susa-navet's lists by page, and single records by id.

Below `/updating` everything answers as during the nightly load. The error bodies for 404 and 503 are the
samples'; that for 400 is invented.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.shared import read_json
from tests.standin.susa.records import SAMPLES, Row, rows, samples

_NAMES = {
    "educationInfos": "EducationInfo",
    "educationEvents": "EducationEvent",
    "educationProviders": "EducationProvider",
}
_DEFAULT_SIZE, _MOST = 100, 2000


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""
    lists = [_list_route(kind) for kind in _NAMES]
    records = [_record_route(kind) for kind in _NAMES]
    return [Route("/api-info", _api_info), Route("/updating/{path:path}", _updating), *lists, *records]


def _api_info(request: Request) -> JSONResponse:
    return JSONResponse(read_json(SAMPLES / "api-info.json"))


def _updating(request: Request) -> JSONResponse:
    return JSONResponse(read_json(SAMPLES / "error-503.json"), 503)


def _list_route(kind: str) -> Route:
    def answer(request: Request) -> JSONResponse:
        params = request.query_params
        try:
            page, size = int(params.get("page", 0)), int(params.get("size", _DEFAULT_SIZE))
        except ValueError:
            return _bad_request("page and size are numbers")
        if page < 0 or not 1 <= size <= _MOST:
            return _bad_request(f"size is 1-{_MOST}")
        found = [row for row in rows(kind) if _is_wanted(row, request)]
        shown = [row.to_json() for row in found[page * size : (page + 1) * size]]
        return JSONResponse(
            {
                "links": [{"rel": "self", "href": str(request.url)}],
                kind: shown,
                "page": {
                    "size": size,
                    "totalElements": len(found),
                    "totalPages": -(-len(found) // size),
                    "pageNumber": page,
                },
            }
        )

    return Route(f"/{kind}", answer)


def _is_wanted(row: Row, request: Request) -> bool:
    params = request.query_params
    types, provider = params.getlist("schoolType"), params.get("providerId", "")
    is_gone = row.content is None
    return (
        # Nothing says under which form of education a row that is gone is listed: here under all.
        (is_gone or not types or bool(row.school_types.intersection(types)))
        and (is_gone or not provider or provider.lower() in row.providers)
        and f"{row.last_edited}T00:00:00" >= params.get("updatedSince", "")
    )


def _record_route(kind: str) -> Route:
    def answer(request: Request) -> JSONResponse:
        record_id = request.path_params["record_id"]
        row = _record(kind, record_id.lower())
        if row is None:
            missing: dict[str, Any] = read_json(SAMPLES / "error-404.json")
            message = f"{_NAMES[kind]} with id '{record_id}' not found"
            return JSONResponse({**missing, "message": message}, 404)
        return JSONResponse(row)

    return Route(f"/{kind}/{{record_id}}", answer)


def _record(kind: str, record_id: str) -> dict[str, Any] | None:
    generated = next((row.to_json() for row in rows(kind) if row.id.lower() == record_id), None)
    first_letter = {"educationInfos": "i", "educationEvents": "e", "educationProviders": "p"}[kind]
    return generated or (samples().get(record_id) if record_id.startswith(first_letter) else None)


def _bad_request(message: str) -> JSONResponse:
    body = {
        "timestamp": "2025-02-18T15:57:56+01:00",
        "status": 400,
        "type": "Bad Request",
        "message": message,
    }
    return JSONResponse(body, 400)
