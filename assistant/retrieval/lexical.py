"""Keyword evidence: BM25 over words and over character n-grams."""

from collections.abc import Callable, Sequence
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


class LexicalIndex:
    """BM25 (Lù 2024, bm25s) over one kind of unit."""

    def __init__(self, ranker: bm25s.BM25, tokenise: Tokenise, own_scores: Scores) -> None:
        self._ranker = ranker
        self._tokenise = tokenise
        self._own_scores = own_scores

    @classmethod
    def build(cls, texts: Sequence[str], tokenise: Tokenise) -> "LexicalIndex":
        """Index the texts; their order gives the positions in the scores."""
        ranker = bm25s.BM25(k1=_K1, b=_B)
        units = [tokenise(text) for text in texts]
        ranker.index(units, show_progress=False)
        index = cls(ranker, tokenise, np.ones(len(texts), dtype=np.float32))
        # What a text scores against itself: the ceiling that scores are measured by.
        own = [index._raw(tokens)[position] for position, tokens in enumerate(units)]
        index._own_scores = np.maximum(np.asarray(own, dtype=np.float32), 1e-6)
        return index

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._ranker.save(str(folder), show_progress=False)
        np.save(folder / "own_scores.npy", self._own_scores)

    @classmethod
    def load(cls, folder: Path, tokenise: Tokenise) -> "LexicalIndex":
        """Read an index that `save` wrote, with the units that it was built with."""
        ranker = bm25s.BM25.load(str(folder), show_progress=False)
        return cls(ranker, tokenise, np.load(folder / "own_scores.npy"))

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
        ceiling = max(float(self._query_ceiling(units)), 1e-6)
        return np.asarray(
            np.sqrt(np.minimum(raw / ceiling, 1) * np.minimum(raw / self._own_scores, 1)), dtype=np.float32
        )

    def _query_ceiling(self, units: list[str]) -> float:
        # The best that any text could score; unknown units count as the rarest known ones, so that
        # a query of which half is unknown cannot look like a full match.
        indptr, data = self._ranker.scores["indptr"], self._ranker.scores["data"]
        total = 0.0
        for unit in units:
            position = self._ranker.vocab_dict.get(unit)
            if position is None or indptr[position] == indptr[position + 1]:
                total += self._rarest
            else:
                total += float(data[indptr[position] : indptr[position + 1]].max())
        return total

    @property
    def _rarest(self) -> float:
        return float(self._ranker.scores["data"].max(initial=1.0))


def build_word_index(texts: Sequence[str]) -> LexicalIndex:
    """Index the stems of the texts."""
    return LexicalIndex.build(texts, word_units)


def build_character_index(texts: Sequence[str]) -> LexicalIndex:
    """Index the character n-grams of the texts."""
    return LexicalIndex.build(texts, character_units)
