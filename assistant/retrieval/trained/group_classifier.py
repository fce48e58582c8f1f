"""Text to occupation groups, learned from everything that is called after them."""

import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.text import content_words, unaccented, word_units

Scores = NDArray[np.float32]

# Its folder in a build.
GROUP_CLASSIFIER = "group-classifier"
BUCKETS = 1 << 15
_SIZES = (3, 4, 5)
# Halves of compounds ("lastbils-", "-förare") and common endings are longer than the n-grams.
_EDGES = (6, 8)
_WEIGHTS_FILE = "weights.npy"
_RARITY_FILE = "rarity.npy"
_LEAST = 1e-6


class GroupClassifier:
    """Multinomial logistic regression over hashed words, word pairs and pieces of words.

    Args:
        weights: Shape (`BUCKETS`, number of groups); may be mapped from a file.
        rarity: How much each bucket tells, shape (`BUCKETS`,); positive.
    """

    def __init__(self, weights: NDArray[np.float16], rarity: Scores) -> None:
        self._weights = weights
        self._rarity = rarity

    def evidence(self, text: str) -> Scores:
        """What the text says of each group.

        Returns:
            Shape (number of groups,), in [0, 1]: 1 for a certain group, 0 for one that is no likelier
            than any other would be if nothing were known; logarithmic between.
        """
        buckets = buckets_of(text)
        rarity = self._rarity[buckets]
        shares = rarity / max(float(np.linalg.norm(rarity)), _LEAST)
        logits = shares @ self._weights[buckets].astype(np.float32)
        logits -= logits.max(initial=0)
        likelihood = logits - np.log(np.exp(logits).sum())
        return np.asarray(np.clip(1 + likelihood / np.log(len(logits)), 0, 1), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the classifier into a folder of its own, which is made when absent."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / _WEIGHTS_FILE, self._weights)
        np.save(folder / _RARITY_FILE, self._rarity)

    @classmethod
    def load(cls, folder: Path) -> "GroupClassifier":
        """Open a classifier that `save` wrote; its weights stay in the file."""
        return cls(np.load(folder / _WEIGHTS_FILE, mmap_mode="r"), np.load(folder / _RARITY_FILE))


def buckets_of(text: str) -> NDArray[np.int64]:
    """The buckets of a text's units, each once, ascending."""
    hashes = {zlib.crc32(unit.encode()) % BUCKETS for unit in _units(text)}
    return np.array(sorted(hashes), dtype=np.int64)


def _units(text: str) -> Iterable[str]:
    named = content_words(text)
    yield from (f"w:{stem}" for stem in word_units(text))
    yield from (f"b:{one} {next_}" for one, next_ in pairwise(named))
    for word in named:
        yield from _pieces(f"^{unaccented(word)}$")


def _pieces(padded: str) -> Sequence[str]:
    pieces = [padded[i : i + size] for size in _SIZES for i in range(len(padded) - size + 1)]
    pieces += [edge for size in _EDGES if len(padded) > size for edge in (padded[:size], padded[-size:])]
    return pieces
