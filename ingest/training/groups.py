"""Fits the classifier of occupation groups on everything that is called after them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.group_titles import read_group_titles
from assistant.retrieval.stores.passage_store import read_passage_table
from assistant.retrieval.text import fold
from assistant.retrieval.trained.group_classifier import BUCKETS, GroupClassifier, buckets_of
from ingest.training.held_out import is_held_out

# What a title of each type counts: our own are chosen for how people speak, ESCO's are many and alike.
_TRUST = {
    PassageType.OCCUPATION: 1.0,
    PassageType.OCCUPATION_NAME: 0.6,
    PassageType.ESCO_OCCUPATION: 0.4,
}
_EPOCHS = 4
_BATCH = 512
_RATE = 0.5
# A share of the units is left out each time, so that none is relied on alone: people misspell.
_LEFT_OUT = 0.3
_SEED = 4
_LEAST = 1e-6

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Examples:
    """Titles as numbers.

    Attributes:
        units: Rarity of each unit that a title has, rows of length 1; shape (titles, `BUCKETS`).
        groups: How a title is shared among groups, rows sum to 1; shape (titles, groups).
        trust: How much each title counts, in (0, 1].
        rarity: Of each bucket.
    """

    units: sparse.csr_matrix
    groups: sparse.csr_matrix
    trust: Matrix
    rarity: Matrix


def train_group_classifier(build: Path) -> GroupClassifier:
    """Fit on the titles of a build that are not held out; the same titles give the same classifier.

    Args:
        build: Its passages and group titles are written. A full build takes about a minute.
    """
    examples = _examples(_titles(build), len(read_passage_table(build, PassageType.OCCUPATION).owner_ids))
    return GroupClassifier(_fitted(examples).astype(np.float16), examples.rarity)


def _titles(build: Path) -> dict[str, dict[int, float]]:
    """Every folded title with what it says of groups, by their numbers."""
    titles: dict[str, dict[int, float]] = defaultdict(dict)
    for passage_type, trust in _TRUST.items():
        for title, group, share in _titles_of(build, passage_type):
            titles[title][group] = max(trust * share, titles[title].get(group, 0))
    return titles


def _titles_of(build: Path, passage_type: PassageType) -> Iterator[tuple[str, int, float]]:
    table = read_passage_table(build, passage_type)
    if not len(table):
        return
    texts = list(table.texts())
    spoken = read_group_titles(build, passage_type)
    sizes = np.diff(np.append(spoken.starts, len(spoken.positions)))
    groups = np.repeat(spoken.groups, sizes).tolist()
    rows = zip(spoken.positions.tolist(), groups, spoken.shares.tolist(), strict=True)
    for position, group, share in rows:
        title = fold(texts[position])
        if not table.is_description[position] and not is_held_out(title):
            yield title, group, share


def _examples(titles: Mapping[str, Mapping[int, float]], group_count: int) -> Examples:
    buckets = [buckets_of(title) for title in titles]
    units = _rows(buckets, np.ones(sum(map(len, buckets)), dtype=np.float32), BUCKETS)
    rarity = np.log(1 + len(titles) / (1 + np.bincount(units.indices, minlength=BUCKETS)))
    units.data = rarity[units.indices]
    lengths = np.sqrt(units.multiply(units).sum(axis=1)).A1
    units.data = (units.data / np.maximum(np.repeat(lengths, np.diff(units.indptr)), _LEAST)).astype(
        np.float32
    )
    shares = [np.array(list(said.values()), dtype=np.float32) for said in titles.values()]
    told = [np.array(list(said), dtype=np.int64) for said in titles.values()]
    groups = _rows(told, np.concatenate([share / share.sum() for share in shares]), group_count)
    trust = np.array([share.max() for share in shares], dtype=np.float32)
    return Examples(units, groups, trust, rarity.astype(np.float32))


def _rows(columns: list[NDArray[np.int64]], data: Matrix, width: int) -> sparse.csr_matrix:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in columns])])
    return sparse.csr_matrix((data, np.concatenate(columns), starts), shape=(len(columns), width))


def _fitted(examples: Examples) -> Matrix:
    """Adagrad (Duchi et al. 2011) on the cross-entropy; shape (`BUCKETS`, groups)."""
    chance = np.random.default_rng(_SEED)
    weights = np.zeros((BUCKETS, examples.groups.shape[1]), dtype=np.float32)
    squares = np.full_like(weights, 1e-2)
    for _ in range(_EPOCHS):
        order = chance.permutation(len(examples.trust))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows, columns = _thinned(examples.units[batch], chance)
            gradient = rows.T @ _errors(rows @ weights[columns], examples, batch)
            squares[columns] += gradient * gradient
            weights[columns] -= _RATE * gradient / np.sqrt(squares[columns])
    return weights


def _thinned(
    rows: sparse.csr_matrix, chance: np.random.Generator
) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
    """The rows with some units left out, over only the columns that they have, and those columns."""
    kept = (chance.random(len(rows.data)) >= _LEFT_OUT) / (1 - _LEFT_OUT)
    columns, places = np.unique(rows.indices, return_inverse=True)
    data = (rows.data * kept).astype(np.float32)
    return sparse.csr_matrix((data, places, rows.indptr), shape=(rows.shape[0], len(columns))), columns


def _errors(logits: Matrix, examples: Examples, batch: NDArray[np.int64]) -> Matrix:
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    errors = (likely - examples.groups[batch].toarray()) * examples.trust[batch, np.newaxis]
    return np.asarray(errors, dtype=np.float32)
