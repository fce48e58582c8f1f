"""Finds the occupation groups that the title of an education leads to, with a probability."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.fusion import FusionWeights, Scores, Voices, dense_evidence, fuse
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.passage_store import read_embedded, read_passage_table
from assistant.retrieval.stores.vector_cache import VectorCache
from assistant.retrieval.text import character_units, word_units

CANDIDATES = 5

# Logistic regression on 353 kinds of Susa-navet's labour-market and other courses whose rows carry SSYK
# codes (2025; five candidates each, 1,765 pairs), held by tests/ingest/test_education_ties.py. In five-fold
# cross-validation, 0.9-1.0 was right in 93 % of the pairs, 0.6-0.7 in 57 %. The first words of the
# description beside the title made it no better.
_SCORE, _MARGIN, _BIAS = 5.273, 9.160, -3.195
# A wrong education costs more than a missing one: here 86 % of the ties were right and 45 % of the kinds had
# one; at 0.5 it was 80 and 60 %, at 0.8 92 and 32 %.
LEAST_PROBABILITY = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occupation group that a title may lead to.

    `score` in [0, 1] is the fused evidence, `margin` how far it is above the best of the others.
    """

    group_id: str
    score: float
    margin: float


class TitleLinker:
    """Ranks occupation groups for the titles of educations, whose vectors are known already.

    The same evidence as in a conversation, but without the encoder: titles are embedded as passages.

    Args:
        build: Folder of the build, whose passages and words are written.
        cache: Has the vectors of the embedded passages.
        floor: Of the encoder that they are from, see `Encoder.floor`.
    """

    def __init__(self, build: Path, cache: VectorCache, floor: float) -> None:
        self._floor = floor
        table = read_passage_table(build, PassageType.OCCUPATION)
        self._table = table
        folder = build / "lexical" / PassageType.OCCUPATION
        self._words = LexicalIndex.load(folder / "words", word_units)
        self._characters = LexicalIndex.load(folder / "characters", character_units)
        embedded = dict(read_embedded(build, PassageType.OCCUPATION))
        vectors = cache.get(embedded.values())
        held = [position for position, key in enumerate(table.keys.tolist()) if key in embedded]
        self._held: NDArray[np.int64] = np.array(held, dtype=np.int64)
        self._matrix = np.stack([vectors[embedded[int(table.keys[position])]] for position in held])

        told = hashlib.sha256(table.keys.tobytes() + self._held.tobytes())
        told.update(Path(__file__).read_bytes() + cache.encoder_name.encode())
        self.fingerprint = told.hexdigest()
        """Tells this linker from others that may find other groups."""

    def candidates(self, title: str, vector: Vectors) -> tuple[Candidate, ...]:
        """The groups that fit a title best.

        Args:
            title: Of a kind of education.
            vector: The title's own, shape (dimensions,), length 1.
        """
        dense = np.zeros(len(self._table), dtype=np.float32)
        dense[self._held] = self._matrix @ vector
        sense = dense_evidence(dense, self._floor)
        voices = Voices(self._words.scores(title), self._characters.scores(title), sense)
        scores = self._fused(voices)
        best = np.argsort(-scores, kind="stable")[: CANDIDATES + 1].tolist()
        return tuple(
            Candidate(
                self._table.owner_ids[owner],
                float(scores[owner]),
                float(scores[owner] - scores[best[1] if owner == best[0] else best[0]]),
            )
            for owner in best[:CANDIDATES]
        )

    def _fused(self, voices: Voices) -> Scores:
        table = self._table
        return fuse(voices, FusionWeights(), table.owners, table.is_description, len(table.owner_ids))


def probability(candidate: Candidate) -> float:
    """How likely it is that a title leads to a group, in (0, 1)."""
    return 1 / (1 + math.exp(-(_SCORE * candidate.score + _MARGIN * candidate.margin + _BIAS)))


def sure_links(candidates: Iterable[Candidate]) -> Iterator[tuple[str, float]]:
    """Group id and probability of the candidates that are at least `LEAST_PROBABILITY` likely."""
    for candidate in candidates:
        if (likely := probability(candidate)) >= LEAST_PROBABILITY:
            yield candidate.group_id, round(likely, 3)


class LinkCache:
    """What titles were found to lead to, in a SQLite file that survives builds.

    Args:
        file: Made when absent.
        fingerprint: Of the linker; what another one has found does not count.
    """

    def __init__(self, file: Path, fingerprint: str) -> None:
        self._file = file
        self._fingerprint = fingerprint
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS link (fingerprint TEXT, title TEXT, candidates TEXT NOT NULL,"
                " PRIMARY KEY (fingerprint, title)) WITHOUT ROWID"
            )
            db.execute("DELETE FROM link WHERE fingerprint <> ?", (fingerprint,))

    def get(self, titles: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
        """The candidates of the titles that are known."""
        found: dict[str, tuple[Candidate, ...]] = {}
        with closing(sqlite3.connect(self._file)) as db:
            for title in titles:
                row = db.execute(
                    "SELECT candidates FROM link WHERE fingerprint = ? AND title = ?",
                    (self._fingerprint, title),
                ).fetchone()
                if row:
                    found[title] = tuple(Candidate(*values) for values in json.loads(row[0]))
        return found

    def put(self, links: Mapping[str, tuple[Candidate, ...]]) -> None:
        """Keep the candidates of titles."""
        rows = (
            (self._fingerprint, title, json.dumps([astuple(candidate) for candidate in candidates]))
            for title, candidates in links.items()
        )
        with closing(sqlite3.connect(self._file)) as db, db:
            db.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?)", rows)
