"""ESCO's routes: search, resource and related.

Recorded (see the shared `docs/apis-education.md`): the form of a resource and of a quick result, that
`offset` is the number of a page, and the error body. Invented: the wording of other errors than an
unknown type; the status `obsolete`; English titles of links where Swedish is missing; the cap on sizes
(claimed by third parties). Stricter than the real thing: `selectedVersion` must be named.
"""

from collections.abc import Callable

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.esco.answers import API, Answer, full, quick, relations
from tests.standin.esco.data import Concept, read_esco, search

LARGEST_SIZE = 500
_DEFAULT_SIZE = 20
_TYPES = ("occupation", "skill", "concept")


class _Refused(Exception):
    def __init__(self, status: int, logref: str, message: str) -> None:
        self.body = {"logref": logref, "status": status, "message": message, "_links": None}
        self.status = status
        super().__init__(message)


class _HalResponse(JSONResponse):
    media_type = "application/json;charset=UTF-8"


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""
    return [
        Route("/search", _answering(_search)),
        Route("/resource/related", _answering(_related)),
        Route("/resource/{type}", _answering(_resource)),
    ]


def _answering(answer: Callable[[Request], Answer]) -> Callable[[Request], JSONResponse]:
    def endpoint(request: Request) -> JSONResponse:
        try:
            if not request.query_params.get("selectedVersion"):
                raise _Refused(400, "BadInputException", "selectedVersion is not named")
            return _HalResponse(answer(request))
        except _Refused as error:
            return _HalResponse(error.body, error.status)

    return endpoint


def _search(request: Request) -> Answer:
    params = request.query_params
    types, text, language = params.getlist("type"), params.get("text", ""), _language(params)
    if unknown := [type for type in types if type not in _TYPES]:
        message = f"Illegal/Unknown type parameter values: ('{unknown[0]}')"
        raise _Refused(400, "BadInputException", message)
    concepts = read_esco().of(
        types, params.getlist("isInScheme"), language, with_obsolete=params.get("viewObsolete") == "true"
    )
    hits = search(concepts, text, language) if text else [(concept, "") for concept in concepts]
    page, size = _paging(params)
    shown = hits[page * size : (page + 1) * size]
    is_full = params.get("full") == "true"
    results = [
        full(read_esco(), concept, language) if is_full else quick(concept, language, hit)
        for concept, hit in shown
    ]
    return {
        "total": len(hits),
        "offset": page,
        "limit": size,
        "text": text,
        "language": language,
        "type": types,
        "isInScheme": params.getlist("isInScheme"),
        "facet": [],
        "_links": {"self": {"href": f"{API}/search"}},
        "_embedded": {"results": results},
    }


def _resource(request: Request) -> Answer:
    type = request.path_params["type"]
    if type not in _TYPES:
        raise _Refused(404, "NotFoundException", f"no resource {type}")
    concept = _concept(request.query_params)
    if concept.type != type:
        raise _Refused(404, "NotFoundException", f"no {type} {concept.uri}")
    return full(read_esco(), concept, _language(request.query_params))


def _related(request: Request) -> Answer:
    params = request.query_params
    concept, relation, language = _concept(params), params.get("relation", ""), _language(params)
    uris = relations(read_esco(), concept).get(relation, [])
    page, size = _paging(params)
    found = [target for uri in uris if (target := read_esco().get(uri))]
    shown = found[page * size : (page + 1) * size]
    return {
        "total": len(found),
        "offset": page,
        "limit": size,
        "language": language,
        "uri": concept.uri,
        "relation": relation,
        "_links": {"self": {"href": f"{API}/resource/related"}},
        "_embedded": {relation: [quick(target, language, "") for target in shown]},
    }


def _concept(params: QueryParams) -> Concept:
    uri = params.get("uri", "")
    concept = read_esco().get(uri)
    if concept is None:
        raise _Refused(404, "NotFoundException", f"no concept {uri}")
    return concept


def _language(params: QueryParams) -> str:
    return params.get("language") or "en"


def _paging(params: QueryParams) -> tuple[int, int]:
    """Number of the page and its size."""
    page, size = params.get("offset", "0"), params.get("limit", str(_DEFAULT_SIZE))
    if not (page.isdecimal() and size.isdecimal() and int(size)):
        raise _Refused(400, "BadInputException", "offset and limit are numbers")
    return int(page), min(int(size), LARGEST_SIZE)
