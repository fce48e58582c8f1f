import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.enrichments import DOCUMENTS_A_REQUEST, EnrichmentsClient, TextDocument
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamRejected
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

WORDS = "Jag har kört lastbil med C-körkort i Malmö."
SECRET = "Aziza Hemlighetsson"


@dataclass
class Scripted:
    """A server that answers with what the test says and keeps what it was asked."""

    answer: Any = None
    status: int = 200
    bodies: list[Any] = field(default_factory=list)

    def plays(self, answer: Any) -> None:
        """Answer with this from now on, and forget what was asked."""
        self.answer, self.status, self.bodies = answer, 200, []

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/enrichtextdocuments", self._answer, methods=["POST"])])

    async def _answer(self, request: Request) -> JSONResponse:
        self.bodies.append(await request.json())
        return JSONResponse(self.answer, self.status)


@pytest.fixture(scope="module")
def script_server() -> Iterator[tuple[Scripted, str]]:
    script = Scripted()
    with LocalServer(script.app()) as server:
        yield script, server.origin


@pytest.fixture
def script(script_server: tuple[Scripted, str]) -> Scripted:
    script, _ = script_server
    script.plays(None)
    return script


@pytest.fixture
def scripted(script_server: tuple[Scripted, str], connect: Connect) -> EnrichmentsClient:
    return EnrichmentsClient(connect(script_server[1], attempts=1))


def item(label: str, **others: Any) -> dict[str, Any]:
    return {"concept_label": label, "term": label.lower(), "term_misspelled": False, **others}


def answered(place: int = 0, **candidates: Any) -> dict[str, Any]:
    return {"doc_id": str(place), "doc_headline": "", "enriched_candidates": candidates}


@pytest.mark.shared
async def test_terms_are_found_by_kind(standin: StandIn, connect: Connect) -> None:
    client = EnrichmentsClient(connect(standin.url("enrichments"), timeout_s=30.0, deadline_s=60.0))
    document = TextDocument("cv", f"<p>{WORDS}</p><p>Van vid lastning.</p>", headline="Lastbilschaufför")
    (found,) = await client.enrich([document])
    assert found.document_id == "cv"
    assert {term.label for term in found.places} == {"Malmö"}
    assert {"C-körkort", "Lastning"} <= {term.label for term in found.skills}
    driver = next(term for term in found.occupations if term.label == "Lastbilschaufför")
    assert driver.sentence_index == 0
    assert all(0 <= (term.prediction or 0) <= 1 for term in found.skills)


@pytest.mark.shared
async def test_more_than_a_hundred_documents_go_in_batches(standin: StandIn, connect: Connect) -> None:
    standin.reset()
    client = EnrichmentsClient(connect(standin.url("enrichments"), timeout_s=30.0, deadline_s=60.0))
    documents = [
        TextDocument(f"d{number}", "Arbete i Malmö") for number in range(2 * DOCUMENTS_A_REQUEST + 1)
    ]
    found = await client.enrich(documents)
    assert [document.document_id for document in found] == [document.document_id for document in documents]
    assert standin.requests == {"/enrichments/enrichtextdocuments": 3}


async def test_empty_texts_are_not_sent(scripted: EnrichmentsClient, script: Scripted) -> None:
    assert await scripted.enrich([TextDocument("a", ""), TextDocument("b", " \n", headline="Kock")]) == ()
    assert await scripted.enrich([]) == ()
    assert script.bodies == []


async def test_ids_of_ours_are_not_sent_and_may_repeat(scripted: EnrichmentsClient, script: Scripted) -> None:
    script.answer = [answered(1, traits=[item("Noggrann")]), answered(0, traits=[item("Flexibel")])]
    found = await scripted.enrich([TextDocument("same", "flexibel"), TextDocument("same", "noggrann")])
    assert [document.traits[0].label for document in found] == ["Flexibel", "Noggrann"]
    assert [document["doc_id"] for document in script.bodies[0]["documents_input"]] == ["0", "1"]


async def test_documents_that_the_answer_lacks_are_missing(
    scripted: EnrichmentsClient, script: Scripted
) -> None:
    script.answer = [answered(2), answered(7), answered(0)]
    found = await scripted.enrich([TextDocument(name, "text") for name in ("a", "b", "c")])
    assert [document.document_id for document in found] == ["a", "c"]


async def test_a_label_stands_once_with_its_highest_prediction(
    scripted: EnrichmentsClient, script: Scripted
) -> None:
    script.answer = [
        answered(
            competencies=[
                item("Lastning", prediction=0.2, sentence_index=1),
                item("Truckkort", prediction=0.5, sentence_index=2),
                item("lastning", term="lasta", prediction=0.9, sentence_index=3),
                item("Lastning", sentence_index=4),
            ]
        )
    ]
    (found,) = await scripted.enrich([TextDocument("a", "text")])
    assert [(term.label, term.term, term.prediction, term.sentence_index) for term in found.skills] == [
        ("Lastning", "lasta", 0.9, 1),
        ("Truckkort", "truckkort", 0.5, 2),
    ]


@dataclass(frozen=True)
class Sparse:
    """An answer that leaves much out, and the labels of the skills in it."""

    id: str
    answer: Any
    skills: tuple[str, ...] = ()


SPARSE = (
    Sparse("without predictions", [answered(competencies=[item("Ykb")])], ("Ykb",)),
    Sparse("null everywhere", [answered(competencies=None, traits=None, occupations=None, geos=None)]),
    Sparse("no candidates", [{"doc_id": "0"}]),
    Sparse("null candidates", [{"doc_id": "0", "enriched_candidates": None}]),
    Sparse("unknown fields", [answered(competencies=[item("Ykb", uri=[1])], more=1) | {"x": 1}], ("Ykb",)),
    Sparse("no label", [answered(competencies=[{"term": "ykb"}, {}, {"concept_label": None}])], ("ykb",)),
)


@pytest.mark.parametrize("case", SPARSE, ids=lambda case: case.id)
async def test_what_is_left_out_is_empty(case: Sparse, scripted: EnrichmentsClient, script: Scripted) -> None:
    script.answer = case.answer
    (found,) = await scripted.enrich([TextDocument("a", "text")])
    assert tuple(term.label for term in found.skills) == case.skills
    assert all(term.prediction is None and term.sentence_index is None for term in found.skills)
    assert (found.occupations, found.traits, found.places) == ((), (), ())


MALFORMED = (
    Sparse("an object", {"detail": "?"}),
    Sparse("a text", "enriched"),
    Sparse("rows without id", [{"enriched_candidates": {}}]),
    Sparse("candidates of another form", [{"doc_id": "0", "enriched_candidates": {"traits": "many"}}]),
    Sparse("prediction beyond one", [answered(traits=[item("Noggrann", prediction=17)])]),
)


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.id)
async def test_an_answer_of_another_form_is_malformed(
    case: Sparse, scripted: EnrichmentsClient, script: Scripted
) -> None:
    script.answer = case.answer
    with pytest.raises(UpstreamMalformed):
        await scripted.enrich([TextDocument("a", "text")])


async def test_a_refused_request_says_so(scripted: EnrichmentsClient, script: Scripted) -> None:
    script.answer, script.status = {"detail": [{"loc": ["body"], "msg": "field required"}]}, 422
    with pytest.raises(UpstreamRejected) as caught:
        await scripted.enrich([TextDocument("a", "text")])
    assert caught.value.status == 422


FAULTS = ("503", "429:1", "malformed", "truncated", "reset", "html", "slow:5")


@pytest.mark.shared
@pytest.mark.parametrize("mode", FAULTS)
async def test_a_failing_service_tells_nothing_of_the_text(
    mode: str, standin: StandIn, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    transport = connect(standin.fault_url(mode, "enrichments"), attempts=1, timeout_s=0.3, deadline_s=0.6)
    with pytest.raises(UpstreamError) as caught:
        await EnrichmentsClient(transport).enrich([TextDocument("a", SECRET, headline=SECRET)])
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + caplog.text


@pytest.mark.parametrize("status", [200, 422])
async def test_an_echo_of_the_text_is_in_no_error(
    status: int, scripted: EnrichmentsClient, script: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script.status = status
    script.answer = [{"doc_headline": SECRET, "enriched_candidates": {"traits": SECRET}}]
    with pytest.raises(UpstreamError) as caught:
        await scripted.enrich([TextDocument("a", SECRET, headline=SECRET)])
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + caplog.text
