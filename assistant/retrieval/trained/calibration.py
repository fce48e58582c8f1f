"""How far a link can be trusted: scores of a ranking to probabilities that add up to at most 1."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CALIBRATION = "calibration.json"
# So many of the best scores are looked at; what ranks below them has next to no chance.
DEPTH = 10
_LEAST = 1e-6
# Where the weight of the best score changes: below the first, text seldom names work.
_KNEES = (0.25, 0.3, 0.45)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A choice among the candidates of a ranking and "none of these" (McFadden 1974).

    The default is for a build too small to learn from; it is near what the embedded data gives.

    Attributes:
        candidate: Weights of `candidate_features`.
        none: Weights of `none_features`.
    """

    candidate: tuple[float, ...] = (7.0, -6.0, 4.0, 1.0)
    none: tuple[float, ...] = (8.0, -1.5, -3.0, -1.0, 1.5)

    def probabilities(self, scores: Sequence[float]) -> tuple[float, ...]:
        """How likely each candidate is what was meant.

        Args:
            scores: Of a ranking, best first, in [0, 1]; those after the first `DEPTH` get 0.

        Returns:
            One for each score, adding up to at most 1: something else, or nothing, may be meant.
        """
        if not scores:
            return ()
        looked_at = np.asarray([scores[:DEPTH]], dtype=np.float64)
        likely = probabilities(looked_at, np.asarray(self.candidate), np.asarray(self.none))
        return (*likely[0, :-1].tolist(), *([0.0] * (len(scores) - DEPTH)))

    def save(self, folder: Path) -> None:
        """Write it into a build's folder."""
        (folder / CALIBRATION).write_text(json.dumps(asdict(self)) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Calibration":
        """Read what `save` wrote."""
        weights = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
        return cls(tuple(weights["candidate"]), tuple(weights["none"]))


def candidate_features(scores: Numbers) -> Numbers:
    """What there is to say of each candidate.

    Args:
        scores: Shape (rankings, candidates), best first.

    Returns:
        Shape (rankings, candidates, 4): score, distance to the best, share of the best, whether it is the
        first.
    """
    best = scores[:, :1]
    first = np.zeros_like(scores)
    first[:, 0] = 1
    return np.stack([scores, best - scores, scores / np.maximum(best, _LEAST), first], axis=2)


def none_features(scores: Numbers) -> Numbers:
    """What tells that no candidate is right: a broken line over the best score, shape (rankings, 5)."""
    best = scores[:, 0]
    low, middle, high = _KNEES
    broken = (best, np.maximum(best - middle, 0), np.maximum(best - high, 0), np.maximum(low - best, 0))
    return np.stack([np.ones_like(best), *broken], axis=1)


def probabilities(scores: Numbers, candidate: Numbers, none: Numbers) -> Numbers:
    """Shape (rankings, candidates + 1), rows sum to 1; the last column is "none of these"."""
    told = candidate_features(scores) @ candidate
    against = none_features(scores) @ none
    utilities = np.concatenate([told, against[:, np.newaxis]], axis=1)
    weighed = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), dtype=np.float64)
