"""Vectors by the hash of their text, so that unchanged text is never embedded twice."""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.retrieval.encoder import Vectors

# Within an index folder, beside its builds.
FILE_NAME = "vectors.sqlite"
# SQLite takes at most 32,766 parameters in one statement.
_LOOKUP_BATCH = 10_000


def text_hash(encoder_name: str, text: str) -> bytes:
    """Key of a text under one encoder."""
    return hashlib.sha256(f"{encoder_name}\0{text}".encode()).digest()


class VectorCache:
    """A SQLite file of vectors; survives builds, and what `put` has kept outlives a killed process."""

    def __init__(self, file: Path, encoder_name: str) -> None:
        self._file = file
        self.encoder_name = encoder_name
        with closing(sqlite3.connect(file)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("CREATE TABLE IF NOT EXISTS vector (hash BLOB PRIMARY KEY, data BLOB NOT NULL)")

    def for_encoder(self, encoder_name: str) -> "VectorCache":
        """The same file for the vectors of another encoder."""
        return VectorCache(self._file, encoder_name)

    def get(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """The vectors that are known, by text; each of shape (dimensions,)."""
        keys = {text_hash(self.encoder_name, text): text for text in texts}
        hashes = list(keys)
        found: dict[str, Vectors] = {}
        with closing(sqlite3.connect(self._file)) as db:
            for start in range(0, len(hashes), _LOOKUP_BATCH):
                batch = hashes[start : start + _LOOKUP_BATCH]
                marks = ",".join("?" * len(batch))
                for key, data in db.execute(f"SELECT hash, data FROM vector WHERE hash IN ({marks})", batch):
                    found[keys[key]] = np.frombuffer(data, dtype=np.float32)
        return found

    def put(self, texts: list[str], vectors: Vectors) -> None:
        """Keep vectors; shape (len(texts), dimensions)."""
        rows = [
            (text_hash(self.encoder_name, text), vector.astype(np.float32).tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with closing(sqlite3.connect(self._file)) as db, db:
            # A power cut may cost the last vectors, which would only be embedded again.
            db.execute("PRAGMA synchronous = NORMAL")
            db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
