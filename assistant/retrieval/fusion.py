"""Joins the voices of several rankers into one score an owner. Pure functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# e5 gives unrelated short texts about 0.78 and the same text 1; the span between is what tells.
_DENSE_FLOOR = 0.78


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


def dense_evidence(similarity: Scores) -> Scores:
    """Map cosine similarity to [0, 1] with unrelated text near 0."""
    return np.asarray(np.clip((similarity - _DENSE_FLOOR) / (1 - _DENSE_FLOOR), 0, 1), dtype=np.float32)


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


@dataclass(frozen=True, slots=True)
class GroupVoices:
    """What each voice says of each occupation group, all in [0, 1], shape (number of groups,).

    Attributes:
        words: Of titles, by their words.
        characters: Of titles, by their characters.
        dense: Of titles, by their vectors.
        descriptions: Of what the work is, by its vector.
        learned: Of the classifier of groups.
    """

    words: Scores
    characters: Scores
    dense: Scores
    descriptions: Scores
    learned: Scores


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """How much each voice of a group counts.

    They add up to a little over 1, as no text is as near to a description as to itself.
    In the proportions of a conditional logit on synthetic queries (`ingest.training.queries`) of a full
    build, two in three of them with their own title masked.
    """

    words: float = 0.05
    characters: float = 0.28
    dense: float = 0.31
    descriptions: float = 0.35
    learned: float = 0.12


def fuse_groups(voices: GroupVoices, weights: GroupWeights) -> Scores:
    """Weighted sum of the voices, at most 1.

    Returns:
        Shape (number of groups,), in [0, 1].
    """
    joined = (
        weights.words * voices.words
        + weights.characters * voices.characters
        + weights.dense * voices.dense
        + weights.descriptions * voices.descriptions
        + weights.learned * voices.learned
    )
    return np.asarray(np.minimum(joined, 1), dtype=np.float32)
