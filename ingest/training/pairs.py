"""Draws the pairs of labels that training pulls together."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.training.labels import Labels, LabelSet

# Most labels of one set that are drawn in a round: English titles of an occupation go into the dozens.
_MOST_DRAWS = 8
# How often a label meets one in the other language rather than one in its own, where it has the choice.
_TRANSLATED = 0.7
_MOST_USES = 40_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts by number.

    Attributes:
        left: One text of each pair; shape (pairs,).
        right: The other.
        owner: What makes them a pair. Pairs of one owner are no counterexamples to each other.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    owner: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.left)


class PairSource:
    """Draws pairs, other ones in each round; the same seed draws the same.

    Args:
        labels: What to draw from.
        seed: Any number.
    """

    def __init__(self, labels: Labels, seed: int = 0) -> None:
        self._labels = labels
        self._random = random.Random(seed)
        self._keys = {key: number for number, key in enumerate(labels.sets)}
        own = (one.labels for one in labels.sets.values())
        self.texts = tuple(dict.fromkeys(chain.from_iterable((*own, *labels.descriptions.values()))))
        self._numbers = {text: number for number, text in enumerate(self.texts)}

    def draw(self) -> Pairs:
        """The pairs of one round, in random order."""
        drawn = [*self._synonyms(), *self._described(), *self._members(), *self._skills()]
        self._random.shuffle(drawn)
        table = np.array(
            [(self._numbers[a], self._numbers[b], owner) for a, b, owner in drawn], dtype=np.int64
        ).reshape(-1, 3)
        return Pairs(table[:, 0], table[:, 1], table[:, 2])

    def _synonyms(self) -> Iterator[tuple[str, str, int]]:
        for key, one in self._labels.sets.items():
            texts = one.labels
            for text in self._random.sample(texts, min(len(texts), _MOST_DRAWS)):
                if partners := self._partners(one, text):
                    yield text, self._random.choice(partners), self._keys[key]

    def _partners(self, one: LabelSet, text: str) -> Sequence[str]:
        own, other = (one.swedish, one.english) if text in one.swedish else (one.english, one.swedish)
        if other and (len(own) == 1 or self._random.random() < _TRANSLATED):
            return other
        return tuple(label for label in own if label != text)

    def _described(self) -> Iterator[tuple[str, str, int]]:
        for key, pieces in self._labels.descriptions.items():
            label = self._random.choice(self._labels.sets[key].labels)
            yield label, self._random.choice(pieces), self._keys[key]

    def _members(self) -> Iterator[tuple[str, str, int]]:
        yield from (self._linked(pair, owner=pair[1]) for pair in self._labels.memberships)

    def _skills(self) -> Iterator[tuple[str, str, int]]:
        uses = self._labels.uses
        for pair in self._random.sample(uses, min(len(uses), _MOST_USES)):
            yield self._linked(pair, owner=pair[0])

    def _linked(self, pair: tuple[str, str], *, owner: str) -> tuple[str, str, int]:
        first, second = (self._random.choice(self._labels.sets[key].labels) for key in pair)
        return first, second, self._keys[owner]
