"""Brings the vectors of a new build up to date: what is gone is removed, and only what is new is added."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.index import BATCH, VectorIndex
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.passage_store import read_embedded
from ingest.embedding import Embedder
from ingest.progress import Progress

STEP = "Embedding texts"
_FOLDER = "chroma"

# Chroma only marks what is removed; a collection that has lost this share is made anew.
_WORTH_KEEPING = 0.8


def update_vectors(
    build: Path,
    base: Path | None,
    types: Sequence[PassageType],
    embedder: Embedder,
    progress: Progress,
) -> int:
    """Give every embedded passage of a new build its vector, and every vector its passage.

    Args:
        build: Folder of the build, whose passages are written.
        base: Folder of an earlier build with the same encoder, whose vectors serve as a beginning.
        types: The passage types of the build.
        embedder: Where other vectors come from.
        progress: Told of each vector that is added.

    Returns:
        How many were added.
    """
    if base:
        shutil.copytree(base / _FOLDER, build / _FOLDER)
    index = VectorIndex(build / _FOLDER)
    missing = {passage_type: _prepared(build, index, passage_type) for passage_type in types}
    total = sum(map(len, missing.values()))
    progress.on_step(STEP, total)
    for passage_type, texts in missing.items():
        for keys, vectors in _in_large_batches(_embedded(texts, embedder)):
            index.add(passage_type, keys, vectors)
            progress.on_done(STEP, len(keys))
    index.close()
    return total


def _prepared(build: Path, index: VectorIndex, passage_type: PassageType) -> dict[int, str]:
    """Key and text of each passage that lacks a vector; removes the vectors that lack a passage."""
    wanted = dict(read_embedded(build, passage_type))
    held = index.keys(passage_type)
    gone = held - wanted.keys()
    if len(gone) > (1 - _WORTH_KEEPING) * len(held):
        index.clear(passage_type)
        return wanted
    index.remove(passage_type, gone)
    return {key: text for key, text in wanted.items() if key not in held}


def _embedded(missing: dict[int, str], embedder: Embedder) -> Iterator[tuple[list[int], list[Vectors]]]:
    keys_by_text: dict[str, list[int]] = defaultdict(list)
    for key, text in missing.items():
        keys_by_text[text].append(key)
    for texts, vectors in embedder.vectors(list(keys_by_text)):
        pairs = [(key, v) for text, v in zip(texts, vectors, strict=True) for key in keys_by_text[text]]
        yield [key for key, _ in pairs], [vector for _, vector in pairs]


def _in_large_batches(
    batches: Iterable[tuple[list[int], list[Vectors]]],
) -> Iterator[tuple[list[int], Vectors]]:
    """Batches of the size that Chroma takes at once, since each call costs it a while."""
    keys: list[int] = []
    vectors: list[Vectors] = []
    for more_keys, more_vectors in batches:
        keys += more_keys
        vectors += more_vectors
        if len(keys) >= BATCH:
            yield keys, np.stack(vectors)
            keys, vectors = [], []
    if keys:
        yield keys, np.stack(vectors)
