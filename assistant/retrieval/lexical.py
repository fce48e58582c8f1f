"""Keyword evidence: BM25 over words and over character n-grams."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.text import character_units, word_units

Tokenise = Callable[[str], list[str]]
Scores = NDArray[np.float32]

# Titles are short: a weak length norm keeps "kock" ahead of "kock på fartyg" without burying the rest.
_K1 = 1.2
_B = 0.6
_LEAST = 1e-6


class LexicalIndex:
    """BM25 (Lù 2024, bm25s) over one kind of unit.

    Args:
        ranker: The index proper.
        tokenise: Text to units.
        own_scores: What each text scores against itself: the ceiling that its scores are measured by.
        ceilings: The best score that any text gets from each unit, by the unit's number.
    """

    def __init__(self, ranker: bm25s.BM25, tokenise: Tokenise, own_scores: Scores, ceilings: Scores) -> None:
        self._ranker = ranker
        self._tokenise = tokenise
        self._own_scores = own_scores
        self._ceilings = ceilings
        self._rarest = float(ceilings.max(initial=1.0))

    @classmethod
    def build(cls, texts: Iterable[str], tokenise: Tokenise) -> "LexicalIndex":
        """Index the texts; their order gives the positions in the scores. They are read once."""
        vocabulary: dict[str, int] = {}
        units = [[vocabulary.setdefault(unit, len(vocabulary)) for unit in tokenise(text)] for text in texts]
        ranker = bm25s.BM25(k1=_K1, b=_B)
        ranker.index((units, vocabulary), show_progress=False)
        return cls(ranker, tokenise, _own_scores(ranker, units), _ceilings(ranker))

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._ranker.save(str(folder), show_progress=False)
        np.save(folder / "ceilings.npy", self._ceilings)
        np.save(folder / "own_scores.npy", self._own_scores)

    @classmethod
    def load(cls, folder: Path, tokenise: Tokenise) -> "LexicalIndex":
        """Open an index that `save` wrote, with the units that it was built with; read from the file."""
        ranker = bm25s.BM25.load(str(folder), show_progress=False, mmap=True)
        return cls(ranker, tokenise, np.load(folder / "own_scores.npy"), np.load(folder / "ceilings.npy"))

    def _raw(self, units: list[str]) -> Scores:
        known = [unit for unit in units if unit in self._ranker.vocab_dict]
        if not known:
            return np.zeros(int(self._ranker.scores["num_docs"]), dtype=np.float32)
        return np.asarray(self._ranker.get_scores(known), dtype=np.float32)

    def scores(self, query: str) -> Scores:
        """Share of the query and of each text that the other covers.

        Returns:
            Shape (number of texts,), each in [0, 1]: the geometric mean of the BM25 score over the
            query's own ceiling and over the text's; about 1 for the same words.
        """
        units = self._tokenise(query)
        raw = self._raw(units)
        ceiling = max(self._query_ceiling(units), _LEAST)
        return np.asarray(
            np.sqrt(np.minimum(raw / ceiling, 1) * np.minimum(raw / self._own_scores, 1)), dtype=np.float32
        )

    def _query_ceiling(self, units: list[str]) -> float:
        # The best that any text could score; unknown units count as the rarest known ones, so that
        # a query of which half is unknown cannot look like a full match.
        positions = (self._ranker.vocab_dict.get(unit) for unit in units)
        ceilings = (0.0 if position is None else float(self._ceilings[position]) for position in positions)
        return sum(ceiling or self._rarest for ceiling in ceilings)


def _own_scores(ranker: bm25s.BM25, units: Sequence[Sequence[int]]) -> Scores:
    """Sum for each text the scores that its own units give it, each as often as it has the unit."""
    columns, texts, data = _entries(ranker)
    # bm25s gives no term frequencies back, so entries of both sides are matched by unit and text.
    numbers = np.repeat(np.arange(len(units)), [len(own) for own in units])
    flat = np.fromiter(chain.from_iterable(units), dtype=np.int64, count=len(numbers))
    entries, counts = np.unique(flat * len(units) + numbers, return_counts=True)
    places = np.searchsorted(entries, columns * len(units) + texts)
    own_scores = np.bincount(texts, weights=data * counts[places], minlength=len(units))
    return np.maximum(own_scores, _LEAST).astype(np.float32)


def _ceilings(ranker: bm25s.BM25) -> Scores:
    columns, _, data = _entries(ranker)
    ceilings = np.zeros(len(ranker.vocab_dict), dtype=np.float32)
    np.maximum.at(ceilings, columns, data)
    return ceilings


def _entries(ranker: bm25s.BM25) -> tuple[NDArray[np.int64], NDArray[np.int64], Scores]:
    """Unit, text and score of every entry of the index's sparse matrix."""
    data, texts, starts = (np.asarray(ranker.scores[name]) for name in ("data", "indices", "indptr"))
    columns = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return columns.astype(np.int64), texts.astype(np.int64), data


def build_word_index(texts: Iterable[str]) -> LexicalIndex:
    """Index the stems of the texts."""
    return LexicalIndex.build(texts, word_units)


def build_character_index(texts: Iterable[str]) -> LexicalIndex:
    """Index the character n-grams of the texts."""
    return LexicalIndex.build(texts, character_units)
