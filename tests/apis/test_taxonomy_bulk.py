"""Whole types of the taxonomy, from services that do and do not behave as expected."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.taxonomy_bulk import BulkConcept, BulkLink
from assistant.errors import UpstreamMalformed, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

Answer = Callable[[str], Any]
Serve = Callable[[Answer], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts services that answer each query as told; gives their addresses."""
    running: list[LocalServer] = []

    def start(answer: Answer) -> str:
        async def graphql(request: Request) -> JSONResponse:
            return JSONResponse(answer(request.query_params["query"]))

        server = LocalServer(Starlette(routes=[Route("/graphql", graphql)]))
        running.append(server.__enter__())
        return server.origin

    yield start
    for server in running:
        server.__exit__(None, None, None)


def concepts(connect: Connect, url: str, *relations: str) -> Awaitable[Any]:
    return TaxonomyClient(connect(url, attempts=1)).concepts(
        ("skill",), relations=relations, offset=0, limit=2
    )


async def test_a_page_has_the_concepts_with_their_relations(connect: Connect, serve: Serve) -> None:
    row = {
        "id": "skil_001_aaa",
        "type": "skill",
        "preferred_label": "Svetsning",
        "alternative_labels": ["TIG", None, "MIG"],
        "definition": None,
        "deprecated": True,
        "ssyk_code_2012": None,
        "lau_2_code_2015": "0110",
        "esco_uri": None,
        "replaced_by": [{"id": "skil_002_aaa"}],
        "exact_match": [{"id": "esco_001_aaa", "type": "esco-skill", "esco_uri": "http://esco/1"}, None],
        "substitutes": [{"id": "skil_003_aaa", "type": "skill", "substitutability_percentage": 75}],
        "broader": None,
        "invented_field": 1,
    }
    url = serve(lambda query: {"data": {"concepts": [row]}})
    page = await concepts(connect, url, "broader", "exact_match", "substitutes")
    assert page.unreadable == ()
    assert page.concepts == (
        BulkConcept(
            concept_id="skil_001_aaa",
            type="skill",
            preferred_label="Svetsning",
            alternative_labels=("TIG", "MIG"),
            definition="",
            code="0110",
            esco_uri="",
            deprecated=True,
            replaced_by=("skil_002_aaa",),
            links=(
                BulkLink("exact_match", "esco_001_aaa", "esco-skill", "http://esco/1", "", None),
                BulkLink("substitutes", "skil_003_aaa", "skill", "", "", 75),
            ),
        ),
    )


async def test_rows_that_are_no_concepts_are_told_apart(connect: Connect, serve: Serve) -> None:
    rows = [{"id": "skil_001_aaa", "type": "skill"}, {"id": "skil_002_aaa"}, None, "text"]
    page = await concepts(connect, serve(lambda query: {"data": {"concepts": rows}}))
    assert [concept.concept_id for concept in page.concepts] == ["skil_001_aaa"]
    assert page.unreadable == ("skil_002_aaa", "None", "'text'")
    assert page.rows == 4


async def test_a_service_without_the_doubtful_fields_is_asked_for_the_others(
    connect: Connect, serve: Serve
) -> None:
    def answer(query: str) -> Any:
        if "alternative_labels" in query or "lau_2_code_2015" in query or "broader (" in query:
            return {"errors": [{"message": "invented: no such field"}]}
        return {"data": {"concepts": [{"id": "skil_001_aaa", "type": "skill"}]}}

    page = await concepts(connect, serve(answer), "broader")
    assert [concept.concept_id for concept in page.concepts] == ["skil_001_aaa"]


async def test_no_concepts_are_an_empty_page(connect: Connect, serve: Serve) -> None:
    page = await concepts(connect, serve(lambda query: {"data": {"concepts": None}}))
    assert page.rows == 0


@pytest.mark.parametrize("body", [{"errors": []}, [], {"data": {"concepts": "none"}}])
async def test_another_form_is_malformed(connect: Connect, serve: Serve, body: Any) -> None:
    with pytest.raises(UpstreamMalformed):
        await concepts(connect, serve(lambda query: body))


async def test_a_service_that_is_down_is_unavailable(connect: Connect, service: StandIn) -> None:
    with pytest.raises(UpstreamUnavailable):
        await concepts(connect, service.fault_url("503"))


@pytest.mark.shared
async def test_the_stand_in_gives_pages_of_the_size_that_was_asked_for(
    connect: Connect, taxonomy_standin: StandIn
) -> None:
    client = TaxonomyClient(connect(taxonomy_standin.url(), timeout_s=60.0, deadline_s=60.0))
    whole = await client.concepts(("ssyk-level-4",), relations=("broader", "related"), offset=0, limit=500)
    part = await client.concepts(("ssyk-level-4",), relations=("broader", "related"), offset=100, limit=10)
    assert whole.rows == 400
    assert part.concepts == whole.concepts[100:110]
    assert all(len(concept.code) == 4 for concept in whole.concepts)
    assert sum(link.relation == "broader" for concept in whole.concepts for link in concept.links) == 800
