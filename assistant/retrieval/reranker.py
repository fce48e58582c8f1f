"""A second look at the best hits: query and passage read together."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from assistant.errors import EncoderError
from assistant.retrieval.encoder import load_model, require_models
from assistant.retrieval.hub import find_model
from assistant.retrieval.retriever import Hit

# How many hits are looked at again; reading a pair takes about as long as encoding a query.
RERANKED = 20
_CROSS_ENCODER = "cross-encoder:"


class Reranker(Protocol):
    """Puts hits in a better order; `name` goes into the index manifest."""

    @property
    def name(self) -> str:
        """Name and version that say which orders are comparable."""
        ...

    def rerank(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The same hits in a better order, with new ranks and scores that fall from first to last."""
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

    def rerank(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Order hits by how well the model finds that their passages fit the query.

        The scores stay those of the retriever, dealt out anew from the highest: what asks whether
        anything fits at all leans on their meaning, and every model has a scale of its own.

        Raises:
            EncoderError: The model cannot be loaded.
        """
        if not hits:
            return ()
        with self._lock:
            fits = self._engine.predict([(query, hit.passage.text) for hit in hits], show_progress_bar=False)
        order = np.argsort(-np.asarray(fits, dtype=np.float32), kind="stable").tolist()
        scores = sorted((hit.score for hit in hits), reverse=True)
        return tuple(
            replace(hits[place], rank=rank, score=score)
            for rank, (place, score) in enumerate(zip(order, scores, strict=True), start=1)
        )

    @cached_property
    def _engine(self) -> Any:
        engine = load_model("CrossEncoder", self._model.location, self._model.revision)
        if engine.num_labels != 1:
            reason = f"tells {engine.num_labels} classes apart, a reranker gives one score"
            raise EncoderError(model=self._model.label, reason=reason)
        return engine


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
