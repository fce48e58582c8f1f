"""A second look at the best hits: query and passage read together."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EncoderError
from assistant.retrieval.encoder import load_model, require_models
from assistant.retrieval.hub import find_model
from assistant.retrieval.retriever import Hit

# How many hits are looked at again; reading a pair takes about as long as encoding a query.
RERANKED = 20
_CROSS_ENCODER = "cross-encoder:"


Places = NDArray[np.intp]


class Reranker(Protocol):
    """Orders passages by how well they answer a query; `name` goes into the index manifest."""

    @property
    def name(self) -> str:
        """Name and version that say which orders are comparable."""
        ...

    def best_first(self, query: str, passages: Sequence[str]) -> Places:
        """The places of all passages in the sequence, that of the best one first."""
        ...


class CrossEncoderReranker:
    """Any cross-encoder that sentence-transformers loads; needs the extra `models`.

    Safe in several threads, one after the other.
    """

    def __init__(self, model: str) -> None:
        """Find the model, without loading it.

        Args:
            model: A folder, or a name on the Hugging Face hub.

        Raises:
            EncoderError: The extra is not installed, or there is no such model.
        """
        require_models(model)
        self._model = find_model(model)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model, with its commit or the hash of its files."""
        return f"cross-encoder/{self._model.name}"

    def best_first(self, query: str, passages: Sequence[str]) -> Places:
        """The places of all passages in the sequence, that of the best one first.

        Raises:
            EncoderError: The model cannot be loaded.
        """
        if not passages:
            return np.zeros(0, dtype=np.intp)
        with self._lock:
            fits = self._engine.predict([(query, text) for text in passages], show_progress_bar=False)
        return np.argsort(-np.asarray(fits, dtype=np.float32), kind="stable")

    @cached_property
    def _engine(self) -> Any:
        engine = load_model("CrossEncoder", self._model.location, self._model.revision)
        if engine.num_labels != 1:
            reason = f"tells {engine.num_labels} classes apart, a reranker gives one score"
            raise EncoderError(model=self._model.label, reason=reason)
        return engine


def rerank(reranker: Reranker, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The same hits in the reranker's order.

    The scores stay those of the retriever, dealt out anew from the highest: what asks whether
    anything fits at all leans on their meaning, and every reranker has a scale of its own.
    """
    places = reranker.best_first(query, [hit.passage.text for hit in hits]).tolist()
    scores = sorted((hit.score for hit in hits), reverse=True)
    return tuple(
        replace(hits[place], rank=rank, score=score)
        for rank, (place, score) in enumerate(zip(places, scores, strict=True), start=1)
    )


def make_reranker(setting: str) -> Reranker | None:
    """The reranker that the setting `RERANKER` names, found but not loaded; None for an empty one.

    Raises:
        EncoderError: There is no such reranker, or it lacks its packages.
    """
    if not setting:
        return None
    model = setting.removeprefix(_CROSS_ENCODER)
    if model in ("", setting):
        raise EncoderError(model=setting, reason=f"RERANKER is empty or {_CROSS_ENCODER}<model or folder>")
    return CrossEncoderReranker(model)
