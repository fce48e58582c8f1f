"""Fits the classifier of occupation groups on everything that is called after them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.domain.language import Bilingual, Language
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.catalogue import read_catalogue
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.group_titles import read_group_titles
from assistant.retrieval.stores.passage_store import read_passage_table
from assistant.retrieval.text import fold
from assistant.retrieval.trained.group_classifier import BUCKETS, GroupClassifier, buckets_of
from ingest.group_titles import owner_shares
from ingest.training.held_out import is_held_out

# What a text of each type counts: our own are chosen for how people speak, ESCO's are many and alike.
_TRUST = {
    PassageType.OCCUPATION: 1.0,
    PassageType.OCCUPATION_NAME: 0.6,
    PassageType.ESCO_OCCUPATION: 0.4,
}
# Descriptions and skills say what people do rather than what they are called, which many groups share.
_TRUST_IN_DESCRIPTIONS = 0.3
_TRUST_IN_SKILLS = 0.3
# A skill that more groups need tells nothing of any.
_MOST_GROUPS = 12
# Of a long description the beginning says what the work is.
_LONGEST = 300
_EPOCHS = 3
_BATCH = 512
_RATE = 0.5
# A share of the units is left out each time, so that none is relied on alone: people misspell.
_LEFT_OUT = 0.2
_SEED = 4
_LEAST = 1e-6

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts as numbers.

    Attributes:
        units: Rarity of each unit that a text has, rows of length 1; shape (texts, `BUCKETS`).
        groups: How a text is shared among groups, rows sum to 1; shape (texts, groups).
        trust: How much each text counts, in (0, 1].
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
    examples = _examples(_said(build), len(read_passage_table(build, PassageType.OCCUPATION).owner_ids))
    return GroupClassifier(_fitted(examples).astype(np.float16), examples.rarity)


def _said(build: Path) -> dict[str, dict[int, float]]:
    """Every folded text to learn from with what it says of groups, by their numbers."""
    texts: dict[str, dict[int, float]] = defaultdict(dict)
    titles = chain.from_iterable(_titles(build, passage_type) for passage_type in _TRUST)
    for text, group, share in chain(titles, _skills(build)):
        if not is_held_out(text):
            texts[text][group] = max(share, texts[text].get(group, 0))
    return texts


def _titles(build: Path, passage_type: PassageType) -> Iterator[tuple[str, int, float]]:
    table = read_passage_table(build, passage_type)
    if not len(table):
        return
    texts = list(table.texts())
    spoken = read_group_titles(build, passage_type)
    sizes = np.diff(np.append(spoken.starts, len(spoken.positions)))
    groups = np.repeat(spoken.groups, sizes).tolist()
    rows = zip(spoken.positions.tolist(), groups, spoken.shares.tolist(), strict=True)
    for position, group, share in rows:
        described = _TRUST_IN_DESCRIPTIONS if table.is_description[position] else 1.0
        yield fold(texts[position][:_LONGEST]), group, described * _TRUST[passage_type] * share


def _skills(build: Path) -> Iterator[tuple[str, int, float]]:
    """The labels of skills that are needed in a few groups only, shared among these.

    Groups that we have no data of, such as new ones of a later taxonomy, are left out.
    """
    numbers = {g: i for i, g in enumerate(read_passage_table(build, PassageType.OCCUPATION).owner_ids)}
    for labels, told in _needed_skills(build):
        needed = {group: share for group, share in told.items() if group in numbers}
        if len(needed) <= _MOST_GROUPS:
            total = sum(needed.values())
            for language in Language:
                for group, share in needed.items():
                    yield fold(labels.text(language)), numbers[group], _TRUST_IN_SKILLS * share / total


def _needed_skills(build: Path) -> Iterator[tuple[Bilingual, Mapping[str, float]]]:
    """Labels of each skill and how much each group needs it, by the groups' ids."""
    catalogue = read_catalogue(build)
    needed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for group in catalogue.groups.values():
        for skill_id in group.skill_ids:
            needed[skill_id][group.concept_id] += 1
    store = ConceptStore(build)
    shares = owner_shares(build)
    for uri, skill in store.pairs("essential_skill", "esco-occupation", "esco-skill"):
        for group_id, share in shares[PassageType.ESCO_OCCUPATION].get(uri, {}).items():
            needed[skill][group_id] += share
    labels = {i: skill.preferred_label for i, skill in catalogue.skills.items()}
    labels |= {concept.concept_id: concept.preferred_label for concept in store.concepts("esco-skill")}
    for skill, groups in needed.items():
        yield labels[skill], groups


def _examples(said: Mapping[str, Mapping[int, float]], group_count: int) -> Examples:
    said = {text: groups for text, groups in said.items() if text and sum(groups.values()) > 0}
    buckets = [buckets_of(text) for text in said]
    units = _rows(buckets, np.ones(sum(map(len, buckets)), dtype=np.float32), BUCKETS)
    rarity = np.log(1 + len(said) / (1 + np.bincount(units.indices, minlength=BUCKETS)))
    units.data = rarity[units.indices]
    lengths = np.sqrt(units.multiply(units).sum(axis=1)).A1
    units.data = (units.data / np.maximum(np.repeat(lengths, np.diff(units.indptr)), _LEAST)).astype(
        np.float32
    )
    shares = [np.array(list(groups.values()), dtype=np.float32) for groups in said.values()]
    told = [np.array(list(groups), dtype=np.int64) for groups in said.values()]
    shared = _rows(told, np.concatenate([share / share.sum() for share in shares]), group_count)
    trust = np.array([min(1, share.sum()) for share in shares], dtype=np.float32)
    return Examples(units, shared, trust, rarity.astype(np.float32))


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
            # Each large array is taken out once and worked on in place: moving them is what takes the time.
            own, squared = weights[columns], squares[columns]
            gradient = rows.T @ _errors(rows @ own, examples, batch)
            squared += gradient * gradient
            squares[columns] = squared
            gradient *= _RATE
            gradient /= np.sqrt(squared, out=squared)
            own -= gradient
            weights[columns] = own
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
