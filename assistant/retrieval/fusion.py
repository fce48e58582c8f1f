"""Joins the voices of several rankers into one score an owner. Pure functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Voices:
    """What each ranker says of each passage, all in [0, 1], shape (number of passages,)."""

    words: Scores
    characters: Scores
    dense: Scores


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each voice counts; they need not add up to 1."""

    words: float = 0.25
    characters: float = 1.0
    dense: float = 0.5
    descriptions: float = 0.5

    @property
    def total(self) -> float:
        """The sum, by which a fused score is divided."""
        return self.words + self.characters + self.dense + self.descriptions


def dense_evidence(similarity: Scores, floor: float) -> Scores:
    """Map cosine similarity to [0, 1] with unrelated text near 0.

    Args:
        similarity: In [-1, 1]; any shape.
        floor: What the encoder gives unrelated text, see `Encoder.floor`; below 1.
    """
    return np.asarray(np.clip((similarity - floor) / (1 - floor), 0, 1), dtype=np.float32)


def best_by_owner(scores: Scores, owners: NDArray[np.integer], owner_count: int) -> Scores:
    """The best passage's score of each owner.

    Args:
        scores: Shape (number of passages,).
        owners: Owner of each passage, 0 to owner_count - 1; the same shape.
        owner_count: How many owners there are.

    Returns:
        Shape (owner_count,); 0 for an owner without passages.
    """
    best = np.zeros(owner_count, dtype=np.float32)
    np.maximum.at(best, owners, scores)
    return best


def fuse(
    voices: Voices,
    weights: FusionWeights,
    owners: NDArray[np.integer],
    is_description: NDArray[np.bool_],
    owner_count: int,
) -> Scores:
    """Weighted mean of each voice's best passage of an owner.

    Each voice picks its own passage: the words may know one title and the vectors another. What
    one does (the description) speaks apart from what it is called, as both together are stronger
    than the better of the two.

    Returns:
        Shape (owner_count,), in [0, 1].
    """

    def best(scores: Scores) -> Scores:
        return best_by_owner(scores, owners, owner_count)

    joined = (
        weights.words * best(voices.words)
        + weights.characters * best(voices.characters)
        + weights.dense * best(np.where(is_description, 0, voices.dense))
        + weights.descriptions * best(np.where(is_description, voices.dense, 0))
    )
    return np.asarray(joined / weights.total, dtype=np.float32)
