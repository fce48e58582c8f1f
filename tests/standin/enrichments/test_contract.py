"""The stand-in against the one recorded answer of each endpoint."""

from typing import Any

import httpx
import pytest

from tests.standin.server import StandIn
from tests.standin.shared import JOBTECH_SAMPLES, read_json

pytestmark = pytest.mark.shared

TEXT = "Vi söker chaufförer med C-körkort, YKB och förarkort. Du lastar pallar i Stockholm."


def recorded(result: str) -> dict[str, Any]:
    line = read_json(JOBTECH_SAMPLES / "joblinks_openfile_ad_with_enrichments_2022.json")
    candidates: dict[str, Any] = line["text_enrichments_results"][result]["enriched_candidates"]
    return candidates


def generated(service: StandIn, path: str, **options: bool) -> dict[str, Any]:
    body = {"documents_input": [{"doc_id": "1", "doc_text": TEXT}], **options}
    response = httpx.post(service.url("enrichments") + path, json=body)
    assert response.status_code == 200
    answer = response.json()
    assert [document["doc_id"] for document in answer] == ["1"]
    candidates: dict[str, Any] = answer[0]["enriched_candidates"]
    return candidates


def shapes(candidates: dict[str, Any]) -> set[tuple[tuple[str, type], ...]]:
    items = [item for found in candidates.values() for item in found]
    return {tuple(sorted((name, type(value)) for name, value in item.items())) for item in items}


@pytest.mark.parametrize(
    ("path", "result"),
    [("/enrichtextdocuments", "enriched_result"), ("/enrichtextdocumentsbinary", "enrichedbinary_result")],
)
def test_an_answer_has_the_recorded_shape(path: str, result: str, standin: StandIn) -> None:
    real, ours = recorded(result), generated(standin, path)
    assert ours.keys() == real.keys()
    assert shapes(ours) == shapes(real)


def test_recorded_labels_are_found_in_a_like_text(standin: StandIn) -> None:
    real, ours = recorded("enriched_result"), generated(standin, "/enrichtextdocuments")
    for kind, label in (("competencies", "C-körkort"), ("competencies", "Ykb"), ("geos", "Stockholm")):
        assert label in {item["concept_label"] for item in real[kind]}
        assert label in {item["concept_label"] for item in ours[kind]}


def test_sentences_come_when_asked_for(standin: StandIn) -> None:
    with_them = generated(standin, "/enrichtextdocuments", include_sentences=True)
    assert {item["sentence_index"] for item in with_them["geos"]} == {2}
