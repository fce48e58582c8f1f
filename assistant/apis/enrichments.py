"""The JobAd Enrichments API: which skills, traits, occupations and places a Swedish text names.

Contract: https://jobad-enrichments-api.jobtechdev.se. The labels are those of Arbetsförmedlingen's
synonym dictionary; the service gives no concept ids, and its owner warrants no accuracy. A
`prediction` is how likely an employer asks for the term, not how sure the service is of it.

Texts are a person's own words: they go by POST alone and are neither cached nor logged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.apis.transport import Transport
from assistant.apis.wire import Flag, ListOf, Text, Wire, parsed

SERVICE = "JobAd Enrichments"
DOCUMENTS_A_REQUEST = 100
"""The most that the service takes at once."""


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text to look into; it may hold HTML. `document_id` is the caller's own and is never sent."""

    document_id: str
    text: str
    headline: str = ""


@dataclass(frozen=True, slots=True)
class EnrichedTerm:
    """A term that was found.

    Attributes:
        label: The dictionary's label; not a label of the taxonomy.
        term: The form that stands in the text, in lower case.
        prediction: 0-1, that an employer asks for it; None where the service does not say.
        is_misspelled: The form in the text is a known misspelling.
        sentence_index: Where it stands first; 0 is the headline, None where the service does not say.
    """

    label: str
    term: str
    prediction: float | None
    is_misspelled: bool
    sentence_index: int | None


@dataclass(frozen=True, slots=True)
class EnrichedDocument:
    """What was found in one document: a label once in each list, in the order of the service."""

    document_id: str
    occupations: tuple[EnrichedTerm, ...]
    skills: tuple[EnrichedTerm, ...]
    traits: tuple[EnrichedTerm, ...]
    places: tuple[EnrichedTerm, ...]


class _WireTerm(Wire):
    concept_label: Text = ""
    term: Text = ""
    term_misspelled: Flag = False
    prediction: Annotated[float | None, Field(ge=0, le=1)] = None
    sentence_index: int | None = None

    def to_term(self) -> EnrichedTerm:
        return EnrichedTerm(
            label=self.concept_label or self.term,
            term=self.term,
            prediction=self.prediction,
            is_misspelled=self.term_misspelled,
            sentence_index=self.sentence_index,
        )


class _WireCandidates(Wire):
    occupations: ListOf[_WireTerm] = []
    competencies: ListOf[_WireTerm] = []
    traits: ListOf[_WireTerm] = []
    geos: ListOf[_WireTerm] = []


class _WireDocument(Wire):
    doc_id: str
    enriched_candidates: _WireCandidates | None = None

    def to_document(self, document_id: str) -> EnrichedDocument:
        found = self.enriched_candidates or _WireCandidates()
        return EnrichedDocument(
            document_id=document_id,
            occupations=_merged(found.occupations),
            skills=_merged(found.competencies),
            traits=_merged(found.traits),
            places=_merged(found.geos),
        )


class _Answer(Wire):
    documents: ListOf[_WireDocument]


class EnrichmentsClient:
    """Asks for the terms in texts, a hundred texts a request."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def enrich(self, documents: Sequence[TextDocument]) -> tuple[EnrichedDocument, ...]:
        """Find the terms in documents.

        Args:
            documents: In Swedish. One without text is not sent.

        Returns:
            One answer a document, in the same order; those without text, and those that the service
            left out of its answer, are missing.

        Raises:
            UpstreamError: The service could not be read; no error holds any of the text.
        """
        sent = [document for document in documents if document.text.strip()]
        found: list[EnrichedDocument] = []
        for start in range(0, len(sent), DOCUMENTS_A_REQUEST):
            found += await self._enrich_batch(sent[start : start + DOCUMENTS_A_REQUEST])
        return tuple(found)

    async def _enrich_batch(self, documents: Sequence[TextDocument]) -> Iterable[EnrichedDocument]:
        # Documents go under their place in the batch: ids of ours may repeat, and tell nobody else anything.
        body = {
            "documents_input": [
                {"doc_id": str(place), "doc_headline": document.headline, "doc_text": document.text}
                for place, document in enumerate(documents)
            ],
            "include_terms_info": True,
            "include_sentences": True,
            "include_synonyms": False,
            "include_misspelled_synonyms": False,
            "sort_by_prediction_score": "NOT_SORTED",
        }
        raw = await self._transport.post_json("/enrichtextdocuments", {}, operation="enrich", body=body)
        answer = parsed(_Answer, {"documents": raw}, service=SERVICE, operation="enrich")
        by_place = {document.doc_id: document for document in answer.documents}
        return [
            by_place[str(place)].to_document(document.document_id)
            for place, document in enumerate(documents)
            if str(place) in by_place
        ]


def _merged(items: Iterable[_WireTerm]) -> tuple[EnrichedTerm, ...]:
    """Terms with each label once: the mention with the highest prediction, placed where it stands first."""
    best: dict[str, EnrichedTerm] = {}
    for term in (item.to_term() for item in items):
        if not term.label:
            continue
        key = term.label.casefold()
        best[key] = _stronger(best[key], term) if key in best else term
    return tuple(best.values())


def _stronger(one: EnrichedTerm, other: EnrichedTerm) -> EnrichedTerm:
    indexes = [index for index in (one.sentence_index, other.sentence_index) if index is not None]
    kept = max(one, other, key=lambda term: -1.0 if term.prediction is None else term.prediction)
    return EnrichedTerm(
        label=one.label,
        term=kept.term,
        prediction=kept.prediction,
        is_misspelled=kept.is_misspelled,
        sentence_index=min(indexes, default=None),
    )
