"""Vectors of one passage type in a file of their own, to be compared with a query one and all.

Some thousand vectors are compared in a third of a millisecond, while the nearest 200 take Chroma four,
and of the others nothing would be known.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.fusion import Scores, dense_evidence
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.passage_store import read_passage_table

_FOLDER = "dense"


class DenseTable:
    """The vectors of one passage type.

    Args:
        vectors: Shape (number of vectors, dimensions), rows of length 1; may be mapped from a file.
        positions: Position of each vector's passage.
        count: How many passages there are, with and without a vector.
    """

    def __init__(self, vectors: Vectors, positions: NDArray[np.int64], count: int) -> None:
        self._vectors = vectors
        self._positions = positions
        self._count = count

    def scores(self, query: Vectors) -> Scores:
        """What a query's vector says of each passage, in [0, 1]; 0 for one without a vector."""
        scores = np.zeros(self._count, dtype=np.float32)
        scores[self._positions] = dense_evidence(self._vectors @ query)
        return scores

    @classmethod
    def load(cls, build: Path, passage_type: PassageType) -> "DenseTable":
        """Open what `write_dense` wrote; the vectors stay in the file."""
        folder = build / _FOLDER / passage_type
        positions = np.load(folder / "positions.npy")
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        return cls(vectors, positions, int(np.load(folder / "count.npy")))


def write_dense(build: Path, passage_type: PassageType) -> None:
    """Copy the vectors of a type out of a build's Chroma, where they are all by now."""
    index = VectorIndex(build / "chroma")
    try:
        keys, vectors = index.vectors(passage_type)
    finally:
        index.close()
    all_keys = read_passage_table(build, passage_type).keys
    order = np.argsort(all_keys)
    folder = build / _FOLDER / passage_type
    folder.mkdir(parents=True)
    np.save(folder / "positions.npy", order[np.searchsorted(all_keys, keys, sorter=order)])
    np.save(folder / "vectors.npy", vectors)
    np.save(folder / "count.npy", len(all_keys))
