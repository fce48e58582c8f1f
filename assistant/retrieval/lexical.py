"""Keyword evidence: BM25 over words and over character n-grams."""

import hashlib
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
_VOCABULARY_FILE = "vocabulary.npy"
_CEILINGS_FILE = "ceilings.npy"
_OWN_SCORES_FILE = "own_scores.npy"


class LexicalIndex:
    """BM25 (Lù 2024, bm25s) over one kind of unit.

    Units are known by their hashes, in a file: as strings they would take more memory than all else.

    Args:
        ranker: The index proper.
        tokenise: Text to units.
        vocabulary: Hashes of the units, ascending; a unit's number is its place among them.
        own_scores: What each text scores against itself: the ceiling that its scores are measured by.
        ceilings: The best score that any text gets from each unit, by the unit's number.
    """

    def __init__(
        self,
        ranker: bm25s.BM25,
        tokenise: Tokenise,
        vocabulary: NDArray[np.uint64],
        own_scores: Scores,
        ceilings: Scores,
    ) -> None:
        self._ranker = ranker
        self._tokenise = tokenise
        self._vocabulary = vocabulary
        self._own_scores = own_scores
        self._ceilings = ceilings
        self._rarest = float(ceilings.max(initial=1.0))

    @classmethod
    def build(cls, texts: Iterable[str], tokenise: Tokenise) -> "LexicalIndex":
        """Index the texts; their order gives the positions in the scores. They are read once."""
        seen: dict[str, int] = {}
        units = [[seen.setdefault(unit, len(seen)) for unit in tokenise(text)] for text in texts]
        hashes = np.fromiter(map(_hash, seen), dtype=np.uint64, count=len(seen))
        order = np.argsort(hashes)
        numbers = np.empty_like(order)
        numbers[order] = np.arange(len(order))
        units = [[int(numbers[unit]) for unit in own] for own in units]
        ranker = bm25s.BM25(k1=_K1, b=_B)
        ranker.index((units, {str(number): number for number in range(len(seen))}), show_progress=False)
        return cls(ranker, tokenise, hashes[order], _own_scores(ranker, units), _ceilings(ranker))

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._ranker.save(str(folder), show_progress=False)
        np.save(folder / _VOCABULARY_FILE, self._vocabulary)
        np.save(folder / _CEILINGS_FILE, self._ceilings)
        np.save(folder / _OWN_SCORES_FILE, self._own_scores)

    @classmethod
    def load(cls, folder: Path, tokenise: Tokenise) -> "LexicalIndex":
        """Open an index that `save` wrote, with the units that it was built with; read from the file."""
        ranker = bm25s.BM25.load(str(folder), show_progress=False, mmap=True, load_vocab=False)
        names = (_VOCABULARY_FILE, _OWN_SCORES_FILE, _CEILINGS_FILE)
        vocabulary, own_scores, ceilings = (np.load(folder / name, mmap_mode="r") for name in names)
        return cls(ranker, tokenise, vocabulary, own_scores, ceilings)

    def scores(self, query: str) -> Scores:
        """Share of the query and of each text that the other covers.

        Returns:
            Shape (number of texts,), each in [0, 1]: the geometric mean of the BM25 score over the
            query's own ceiling and over the text's; about 1 for the same words.
        """
        units = self._tokenise(query)
        known = self._numbers(units)
        if not len(known):
            return np.zeros(len(self._own_scores), dtype=np.float32)
        raw = self._ranker.get_scores_from_ids(known)
        # Unknown units count as the rarest known ones, so that a query of which half is unknown
        # cannot look like a full match.
        ceiling = float(self._ceilings[known].sum()) + self._rarest * (len(units) - len(known))
        of_query = np.minimum(raw / max(ceiling, _LEAST), 1)
        of_text = np.minimum(raw / self._own_scores, 1)
        return np.asarray(np.sqrt(of_query * of_text), dtype=np.float32)

    def _numbers(self, units: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of the units that are known, in their order."""
        hashes = np.fromiter(map(_hash, units), dtype=np.uint64, count=len(units))
        places = np.searchsorted(self._vocabulary, hashes)
        within = places < len(self._vocabulary)
        places, hashes = places[within], hashes[within]
        return np.asarray(places[self._vocabulary[places] == hashes], dtype=np.int64)


def _hash(unit: str) -> int:
    return int.from_bytes(hashlib.blake2b(unit.encode(), digest_size=8).digest(), "big")


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
