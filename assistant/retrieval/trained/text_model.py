"""Texts to vectors in a space that a build has learned from its own synonyms and translations."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.trained.units import texts_units

# Within a build.
FOLDER = Path("trained") / "text"
_TABLE_FILE = "table.npy"
# Texts encoded at once: their rows of the table, as float32, stay below some 20 MB.
_CHUNK = 256
_LEAST = 1e-9


class TextModel:
    """A bag of words and word pieces: a text's vector is the sum of its units' vectors, made length 1.

    In the spirit of fastText (Bojanowski et al. 2017) and StarSpace (Wu et al. 2018). Swedish and English
    labels of one concept lie near each other, so a text in one language finds the other. A query takes
    well under a millisecond.

    Args:
        table: Vector of each unit, shape (buckets, dimensions); may be mapped from a file. The row of a
            unit that training never met is zero.
    """

    def __init__(self, table: NDArray[np.float16]) -> None:
        self._table = table

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, queries and passages alike.

        Returns:
            Shape (len(texts), dimensions), float32, rows of length 1; a zero row for a text of which no
            unit is known.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            chunk = texts[start : start + _CHUNK]
            vectors[start : start + len(chunk)] = self._sums(chunk)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(lengths, _LEAST)
        return vectors

    def _sums(self, texts: Sequence[str]) -> Vectors:
        units, offsets = texts_units(texts, len(self._table))
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(np.diff(offsets))
        if len(filled):
            rows = self._table[units].astype(np.float32)
            sums[filled] = np.add.reduceat(rows, offsets[filled], axis=0)
        return sums

    def save(self, folder: Path) -> None:
        """Write the model into a folder of its own, which is made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / _TABLE_FILE, self._table)

    @classmethod
    def load(cls, folder: Path) -> "TextModel":
        """Open a model that `save` wrote; the table stays in the file."""
        return cls(np.load(folder / _TABLE_FILE, mmap_mode="r"))
