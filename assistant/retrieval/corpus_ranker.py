"""Ranks the texts of any corpus for a query, by what a build has learned and the product's other voices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.fusion import Scores
from assistant.retrieval.lexical import build_character_index
from assistant.retrieval.stores import vector_cache
from assistant.retrieval.stores.manifest import current_build, read_manifest
from assistant.retrieval.stores.vector_cache import VectorCache
from assistant.retrieval.trained.text_model import FOLDER, TextModel

TRAINED, DENSE, CHARACTERS = "trained", "dense", "characters"


@dataclass(frozen=True, slots=True)
class Share:
    """How much a voice counts, and how sharply it tells its best text from the next: lower is sharper."""

    weight: float
    temperature: float


# See the ablation in docs/evaluation.md. Similarities of the encoder lie close together.
SHARES: Mapping[str, Share] = MappingProxyType(
    {TRAINED: Share(1.0, 0.1), DENSE: Share(0.5, 0.015), CHARACTERS: Share(0.3, 0.1)}
)
_BATCH = 64

MakeRanker: TypeAlias = Callable[[Sequence[str]], "CorpusRanker"]
"""Makes the ranker of a corpus."""


class CorpusRanker:
    """The voices over one corpus; each text is known by its own words alone.

    Args:
        texts: The corpus; may hold a text more than once.
        vectors: Of the texts, by the encoder; shape (len(texts), dimensions).
        encoder: What queries are encoded with.
        text_model: What the build has learned.
    """

    def __init__(
        self, texts: Sequence[str], vectors: Vectors, encoder: Encoder, text_model: TextModel
    ) -> None:
        self._vectors = vectors
        self._encoder = encoder
        self._text_model = text_model
        self._trained = text_model.encode(texts)
        self._characters = build_character_index(texts)

    def voices(self, query: str) -> dict[str, Scores]:
        """What each voice says of each text, by its name; shape (number of texts,), 1 at most."""
        return {
            TRAINED: np.asarray(self._trained @ self._text_model.encode([query])[0], dtype=np.float32),
            DENSE: np.asarray(self._vectors @ self._encoder.encode_query(query), dtype=np.float32),
            CHARACTERS: self._characters.scores(query),
        }


def joined(voices: Mapping[str, Scores], shares: Mapping[str, Share] = SHARES) -> Scores:
    """Mix the voices, each of which gives its weight to the texts as a softmax over them.

    So a voice that has found something says it loudly, and one that has not hardly disturbs the others;
    a sum of the scores themselves lets the spelling voices drown what was learned.

    Returns:
        Shape (number of texts,), not negative; comparable for one query only.
    """
    mixed = [share.weight * _softmax(voices[name] / share.temperature) for name, share in shares.items()]
    return np.asarray(np.sum(mixed, axis=0), dtype=np.float32)


def _softmax(logits: Scores) -> Scores:
    powers = np.exp(logits - logits.max(initial=-np.inf))
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def corpus_vectors(texts: Sequence[str], encoder: Encoder, cache: VectorCache) -> Vectors:
    """Vectors of texts, from the cache or else from the encoder, which then go into the cache.

    Returns:
        Shape (len(texts), dimensions).
    """
    known = cache.get(texts)
    missing = sorted({text for text in texts if text not in known}, key=len, reverse=True)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors = encoder.encode_passages(batch)
        cache.put(batch, vectors)
        known.update(zip(batch, vectors, strict=True))
    return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), encoder.dimensions)


def ranker_maker(index_dir: Path, encoder: Encoder) -> MakeRanker:
    """What makes rankers with the trained parts of the index in service.

    Vectors of corpora are looked up among those that the index has, and kept there.

    Raises:
        IndexMissing: Nothing has been built there.
        IndexStale: Built by another encoder or schema.
    """
    build = current_build(index_dir)
    manifest = read_manifest(build)
    # Nothing is reranked here, so any reranker is right.
    manifest.require(encoder.name, manifest.reranker)
    text_model = TextModel.load(build / FOLDER)
    cache = VectorCache(index_dir / vector_cache.FILE_NAME, encoder.name)

    def make(texts: Sequence[str]) -> CorpusRanker:
        return CorpusRanker(texts, corpus_vectors(texts, encoder, cache), encoder, text_model)

    return make
