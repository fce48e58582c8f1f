"""The taxonomy API: GraphQL and REST."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.taxonomy import rest
from tests.standin.taxonomy.files import read_concept_types, read_taxonomy
from tests.standin.taxonomy.graphql import GraphqlRoot


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""

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
