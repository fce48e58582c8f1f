"""How well the probabilities of links hold, and what asking instead of guessing does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.language import Language
from assistant.evaluation.phrases import PhraseCase
from assistant.guidance.choosing import SURE
from assistant.retrieval.linker import Linker

_BINS = 10

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """The first link of a phrase: how likely it was said to be, in [0, 1], and whether it was right."""

    probability: float
    is_right: bool


def evaluate_calibration(linker: Linker, cases: Iterable[PhraseCase]) -> dict[str, object]:
    """Judge the first link of every phrase, over all phrases and by language; see `figures`."""
    judged: dict[Language, list[Judged]] = defaultdict(list)
    for case in cases:
        first = next(iter(linker.occupations(case.phrase, top_k=1)), None)
        judged[case.language].append(
            Judged(first.probability, first.ssyk_code in case.ssyk_codes) if first else Judged(0.0, False)
        )
    by_language: Mapping[str, object] = {
        language.value: figures(of_language) for language, of_language in judged.items()
    }
    return {**figures([one for of_language in judged.values() for one in of_language]), **by_language}


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """What the probabilities were worth.

    Returns:
        `n`; `accuracy` of the first link; `probability`, the mean of those said; `ece`, the expected
        calibration error over `bins` bins of equal mass (Naeini et al. 2015), in [0, 1]; `brier`, the
        mean squared error; `asked`, the share of links below `sure_from`; `accuracy_not_asked`, among
        the others. All 0 where there is nothing to tell.
    """
    said = np.array([one.probability for one in judged], dtype=np.float64)
    right = np.array([one.is_right for one in judged], dtype=np.float64)
    sure = said >= SURE
    told = {
        "accuracy": _mean(right),
        "probability": _mean(said),
        "ece": _expected_calibration_error(said, right),
        "brier": _mean((said - right) ** 2),
        "asked": _mean((~sure).astype(np.float64)),
        "accuracy_not_asked": _mean(right[sure]),
    }
    return {
        "n": len(judged),
        **{name: round(value, 4) for name, value in told.items()},
        "bins": min(_BINS, len(judged)),
        "sure_from": SURE,
    }


def _mean(values: Numbers) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _expected_calibration_error(said: Numbers, right: Numbers) -> float:
    bins = np.array_split(np.argsort(said, kind="stable"), _BINS)
    gaps = (abs(float(said[one].mean() - right[one].mean())) * len(one) for one in bins if len(one))
    return sum(gaps) / max(len(said), 1)
