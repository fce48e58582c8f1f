"""Fits the text model: labels that mean the same are pulled together, all others apart.

In-batch softmax over cosine similarities (Henderson et al. 2017), with Adagrad by row, in numpy.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.trained.text_model import TextModel
from assistant.retrieval.trained.units import texts_units
from ingest.training.labels import Labels
from ingest.training.pairs import Pairs, PairSource

_FEWEST_BUCKETS = 2**10
_MOST_BUCKETS = 2**17
_ROOM = 2
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Fitting:
    """How the model is fitted; found on the development halves (see docs/evaluation.md)."""

    dimensions: int = 128
    rounds: int = 8
    batch: int = 512
    temperature: float = 0.1
    step: float = 0.2
    seed: int = 0


def fit_text_model(labels: Labels, fitting: Fitting = Fitting()) -> TextModel:
    """Fit a model to the labels of a build; two to three minutes for all of the sources on one core.

    The same labels give the same model, byte by byte.
    """
    pairs = PairSource(labels, fitting.seed)
    units = _unit_matrix(pairs.texts)
    table = _first_table(units, fitting)
    squares = np.full(len(table), _LEAST, dtype=np.float32)
    for number in range(fitting.rounds):
        drawn = pairs.draw()
        for start in range(0, len(drawn), fitting.batch):
            done = (number + start / len(drawn)) / fitting.rounds
            batch = slice(start, start + fitting.batch)
            gradient, rows = _gradient(table, units, drawn, batch, fitting.temperature)
            squares[rows] += np.mean(gradient**2, axis=1)
            table[rows] -= fitting.step * (1 - done) * gradient / np.sqrt(squares[rows])[:, None]
    return TextModel(table.astype(np.float16))


def _unit_matrix(texts: tuple[str, ...]) -> sp.csr_matrix:
    """Which text has which unit; shape (texts, buckets), with about two buckets a unit."""
    units, offsets = texts_units(texts, 2**31 - 1)
    wanted = _ROOM * len(np.unique(units))
    buckets = _FEWEST_BUCKETS
    while buckets < min(wanted, _MOST_BUCKETS):
        buckets *= 2
    units, offsets = texts_units(texts, buckets)
    ones = np.ones(len(units), dtype=np.float32)
    return sp.csr_matrix((ones, units, offsets), shape=(len(texts), buckets))


def _first_table(units: sp.csr_matrix, fitting: Fitting) -> Vectors:
    """Random directions, as long as their units are rare: a character index to begin with."""
    count, buckets = units.shape
    frequency = np.bincount(units.indices, minlength=buckets)
    rarity = np.log((count + 1) / (frequency + 1))
    random = np.random.default_rng(fitting.seed)
    directions = random.standard_normal((buckets, fitting.dimensions), dtype=np.float32)
    return np.asarray(directions * rarity[:, None] / np.sqrt(fitting.dimensions), dtype=np.float32)


def _gradient(
    table: Vectors, units: sp.csr_matrix, pairs: Pairs, batch: slice, temperature: float
) -> tuple[Vectors, NDArray[np.int64]]:
    """Gradient of the loss of a batch by the rows of the table that it touches, and which those are."""
    rows, texts = _touched(units[np.concatenate((pairs.left[batch], pairs.right[batch]))])
    sums = texts @ table[rows]
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), _LEAST)
    vectors = sums / lengths
    half = len(vectors) // 2
    left, right = vectors[:half], vectors[half:]
    errors = _errors(left @ right.T / temperature, pairs.owner[batch]) / temperature
    slopes = np.concatenate((errors @ right, errors.T @ left))
    slopes -= vectors * np.sum(vectors * slopes, axis=1, keepdims=True)
    return np.asarray(texts.T.tocsr() @ (slopes / lengths), dtype=np.float32), rows


def _touched(texts: sp.csr_matrix) -> tuple[NDArray[np.int64], sp.csr_matrix]:
    """The columns that are in use, and the matrix without the others."""
    columns, places = np.unique(texts.indices, return_inverse=True)
    shape = (texts.shape[0], len(columns))
    return columns.astype(np.int64), sp.csr_matrix((texts.data, places, texts.indptr), shape=shape)


def _errors(logits: Vectors, owners: NDArray[np.int64]) -> Vectors:
    """Softmax in both directions minus the right answers; pairs of one owner do not compete."""
    same = owners[:, None] == owners[None, :]
    np.fill_diagonal(same, False)
    logits = np.where(same, -np.inf, logits)
    errors = (_softmax(logits, axis=1) + _softmax(logits, axis=0)) / 2
    errors[np.diag_indices_from(errors)] -= 1
    return np.asarray(errors, dtype=np.float32)


def _softmax(logits: Vectors, *, axis: int) -> Vectors:
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True), dtype=np.float32)
