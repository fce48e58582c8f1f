"""The taxonomy API as an ASGI app, with and without faults, that remembers what it was asked."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, Router
from starlette.types import Receive, Scope, Send

from tests.standin import rest
from tests.standin.faults import Faults
from tests.standin.files import read_concept_types, read_taxonomy
from tests.standin.graphql import GraphqlRoot

BASE_PATH = "/v1/taxonomy"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came in; `at` is in seconds on the monotonic clock."""

    path: str
    user_agent: str
    at: float


class StandInApp:
    """All routes; the data is read when a request first needs it."""

    def __init__(self) -> None:
        taxonomy = Router([Mount(BASE_PATH, routes=_routes())])
        self.faults = Faults(taxonomy)
        self.calls: list[Call] = []
        self._app = Starlette(routes=[Mount("/fault/{mode}", app=self.faults), Mount("/", app=taxonomy)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            agent = Headers(scope=scope).get("user-agent", "")
            self.calls.append(Call(scope["path"], agent, time.monotonic()))
        await self._app(scope, receive, send)


def _routes() -> list[Route]:
    async def graphql(request: Request) -> JSONResponse:
        root = GraphqlRoot(read_taxonomy(), read_concept_types())
        return JSONResponse(root.answer(request.query_params.get("query", "")))

    async def concepts(request: Request) -> JSONResponse:
        return _rest(lambda: rest.concepts(read_taxonomy(), request.query_params))

    async def autocomplete(request: Request) -> JSONResponse:
        return _rest(lambda: rest.autocomplete(read_taxonomy(), request.query_params))

    async def versions(request: Request) -> JSONResponse:
        return _rest(rest.versions)

    return [
        Route("/graphql", graphql),
        Route("/main/concepts", concepts),
        Route("/suggesters/autocomplete", autocomplete),
        Route("/main/versions", versions),
    ]


def _rest(rows: Callable[[], list[rest.Row]]) -> JSONResponse:
    try:
        return JSONResponse(rows())
    except rest.BadParameter as error:
        # The status is that of the server's source in 2019; the body is invented.
        return JSONResponse({"taxonomy/error": f"bad parameter {error}"}, 400)
