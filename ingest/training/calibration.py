"""Fits the calibration of links on synthetic queries, with what each came from masked or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from assistant.retrieval.encoder import Encoder
from assistant.retrieval.knowledge import Retrievers
from assistant.retrieval.linker import Linker
from assistant.retrieval.passage import PassageType
from assistant.retrieval.reranker import Reranker
from assistant.retrieval.stores.catalogue import read_catalogue
from assistant.retrieval.stores.manifest import Manifest
from assistant.retrieval.trained.calibration import (
    DEPTH,
    Calibration,
    Numbers,
    candidate_features,
    none_features,
    probabilities,
)
from ingest.training.queries import SyntheticQuery, occupation_queries

# How often a person's word for their work is among our titles. Of one day's searches in Platsbanken
# (25 January 2026) for something that the taxonomy or our titles name as work, nine in ten were; of
# distinct words, half. Somebody who speaks freely is nearer to the searches.
_KNOWN_WORDS = 0.85
# Little of what is linked names no work, about one text in fifteen: whole messages are sorted before.
_NO_WORK = 0.3
# So many that name work are plenty for nine weights, and linking them takes well under a minute.
_MOST_QUERIES = 600
# Holds the weights near the default where there is little to learn from.
_PULL = 1.0
_LEAST = 1e-12

Ranked = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Rankings:
    """Rankings with a known answer.

    Attributes:
        scores: Best first, shape (rankings, DEPTH).
        is_right: Of each candidate and, last, of "none of these"; shape (rankings, DEPTH + 1).
        weights: How much each ranking counts, shape (rankings,).
    """

    scores: Numbers
    is_right: Numbers
    weights: Numbers


def calibrate(
    build: Path, manifest: Manifest, encoder: Encoder, reranker: Reranker | None = None
) -> Calibration:
    """Fit on the links that a build makes; half a minute, nearly all of it the encoder.

    Args:
        build: Whole but for the calibration.
        manifest: The build's, with its counts.
        encoder: What the build is searched with.
        reranker: What orders the links, if anything does.
    """
    catalogue = read_catalogue(build)
    retrievers = Retrievers(build, manifest, encoder, None)
    skills = retrievers.require(PassageType.SKILL)
    linker = Linker(catalogue, retrievers.groups(), skills, Calibration(), reranker)

    def rank(text: str, without: str) -> Ranked:
        found = linker.occupations(text, top_k=DEPTH, without=without)
        return [(link.concept_id, link.score) for link in found]

    return fit_calibration(occupation_queries(catalogue), rank)


def fit_calibration(queries: Sequence[SyntheticQuery], rank: Callable[[str, str], Ranked]) -> Calibration:
    """Fit by maximum likelihood; the same rankings give the same calibration.

    Args:
        queries: With known answers; of those that name work, at most 600 are used, evenly from all.
        rank: Text, and a folded title that is to say nothing, to the `DEPTH` best concepts with their
            scores; fewer where there are not so many.
    """
    told = [query for query in queries if query.origin]
    told = told[:: -(-len(told) // _MOST_QUERIES) or 1]
    rankings = _rankings([*told, *(query for query in queries if not query.origin)], rank)
    default = Calibration()
    start = np.array(default.candidate + default.none)
    cut = len(default.candidate)
    found = minimize(_loss, start, args=(rankings, start, cut), jac=True, method="L-BFGS-B").x
    weights = [round(float(weight), 6) for weight in found]
    return Calibration(tuple(weights[:cut]), tuple(weights[cut:]))


def _rankings(queries: Sequence[SyntheticQuery], rank: Callable[[str, str], Ranked]) -> Rankings:
    rows: list[tuple[list[float], list[bool], float]] = []
    for query in queries:
        if not query.origin:
            rows.append((*_judged(query, rank(query.text, "")), _NO_WORK))
            continue
        rows.append((*_judged(query, rank(query.text, query.origin)), 1 - _KNOWN_WORDS))
        rows.append((*_judged(query, rank(query.text, "")), _KNOWN_WORDS))
    scores, is_right, weights = zip(*rows, strict=True) if rows else ((), (), ())
    return Rankings(
        np.array(scores, dtype=np.float64).reshape(-1, DEPTH),
        np.array(is_right, dtype=np.float64).reshape(-1, DEPTH + 1),
        np.array(weights, dtype=np.float64),
    )


def _judged(query: SyntheticQuery, ranked: Ranked) -> tuple[list[float], list[bool]]:
    best = ranked[:DEPTH]
    lacking = DEPTH - len(best)
    is_right = [concept_id in query.accepted for concept_id, _ in best]
    return (
        [*(score for _, score in best), *([0.0] * lacking)],
        [*is_right, *([False] * lacking), not any(is_right)],
    )


def _loss(weights: Numbers, rankings: Rankings, start: Numbers, cut: int) -> tuple[float, Numbers]:
    """Negative log-likelihood of the right answers, with its gradient."""
    likely = probabilities(rankings.scores, weights[:cut], weights[cut:])
    right = likely * rankings.is_right
    of_right = np.maximum(right.sum(axis=1), _LEAST)
    errors = (likely - right / of_right[:, np.newaxis]) * rankings.weights[:, np.newaxis]
    gradient = np.concatenate(
        [
            np.einsum("rc,rcf->f", errors[:, :-1], candidate_features(rankings.scores)),
            errors[:, -1] @ none_features(rankings.scores),
        ]
    )
    away = weights - start
    loss = -float(rankings.weights @ np.log(of_right)) + _PULL / 2 * float(away @ away)
    return loss, gradient + _PULL * away
