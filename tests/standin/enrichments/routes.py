"""The enriching endpoint."""

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.enrichments.dictionary import mentions

LONGEST_BATCH = 100
KINDS = ("occupations", "competencies", "traits", "geos")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def routes() -> list[BaseRoute]:
    """The endpoint with predictions and the one without."""

    async def enrich(request: Request) -> JSONResponse:
        return await _answer(request, is_binary=False)

    async def enrich_binary(request: Request) -> JSONResponse:
        return await _answer(request, is_binary=True)

    return [
        Route("/enrichtextdocuments", enrich, methods=["POST"]),
        Route("/enrichtextdocumentsbinary", enrich_binary, methods=["POST"]),
    ]


async def _answer(request: Request, *, is_binary: bool) -> JSONResponse:
    try:
        body = await request.json()
    except json.JSONDecodeError:
        return _refused(["body"], "JSON decode error")
    documents = body.get("documents_input") if isinstance(body, dict) else None
    if not isinstance(documents, list):
        return _refused(["body", "documents_input"], "field required")
    if len(documents) > LONGEST_BATCH:
        return _refused(["body", "documents_input"], f"at most {LONGEST_BATCH} documents")
    for place, document in enumerate(documents):
        for name in ("doc_id", "doc_text"):
            if not isinstance(document, dict) or not isinstance(document.get(name), str):
                return _refused(["body", "documents_input", place, name], "field required")
    with_sentences = bool(body.get("include_sentences"))
    answers = [
        enriched(document, is_binary=is_binary, with_sentences=with_sentences) for document in documents
    ]
    return JSONResponse(answers)


def _refused(location: list[str | int], message: str) -> JSONResponse:
    """Status 422 as was seen of the real service; the body is invented."""
    return JSONResponse({"detail": [{"loc": location, "msg": message, "type": "value_error"}]}, 422)


def enriched(document: dict[str, Any], *, is_binary: bool, with_sentences: bool) -> dict[str, Any]:
    """The answer for one document."""
    headline = document.get("doc_headline") or ""
    text = _TAG.sub("\n", document["doc_text"])
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for index, sentence in enumerate([headline, *filter(str.strip, _SENTENCE_END.split(text))]):
        for mention in mentions(sentence):
            item: dict[str, Any] = {
                "concept_label": mention.entry.label,
                "term": mention.term,
                "term_misspelled": False,
            }
            if not is_binary:
                # A mention in the headline counts more, so that mentions of one label differ.
                item["prediction"] = min(1.0, mention.entry.prediction + (0.1 if index == 0 else 0.0))
            if with_sentences:
                item |= {"sentence": sentence, "sentence_index": index}
            found[mention.entry.kind].append(item)
    return {"doc_id": document["doc_id"], "doc_headline": headline, "enriched_candidates": found}
