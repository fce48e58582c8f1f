from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.index import BATCH, VectorIndex
from assistant.retrieval.passage import PassageType

SKILL, GUIDE = PassageType.SKILL, PassageType.GUIDE


@pytest.fixture
def unit_vectors() -> np.ndarray:
    vectors = np.random.default_rng(1).standard_normal((BATCH + 50, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_the_nearest_come_first_by_key(tmp_path: Path, unit_vectors: np.ndarray) -> None:
    index = VectorIndex(tmp_path)
    keys = [2**62 + number for number in range(len(unit_vectors))]
    index.add(SKILL, keys, unit_vectors)
    found = index.nearest(SKILL, unit_vectors[7], 5)
    exact = np.argsort(-unit_vectors @ unit_vectors[7])[:5]
    assert [key for key, _ in found] == [keys[i] for i in exact]
    assert found[0][1] == pytest.approx(1, abs=1e-5)
    assert index.keys(SKILL) == set(keys)
    index.close()


def test_vectors_are_removed_and_added_across_openings(tmp_path: Path, unit_vectors: np.ndarray) -> None:
    index = VectorIndex(tmp_path)
    index.add(SKILL, [1, 2, 3], unit_vectors[:3])
    index.add(GUIDE, [1], unit_vectors[:1])
    index.close()
    index = VectorIndex(tmp_path)
    index.remove(SKILL, [1])
    index.add(SKILL, [4], unit_vectors[3:4])
    assert index.keys(SKILL) == {2, 3, 4}
    assert {key for key, _ in index.nearest(SKILL, unit_vectors[0], 3)} == {2, 3, 4}
    assert index.keys(GUIDE) == {1}
    index.close()


def test_a_cleared_type_takes_vectors_again(tmp_path: Path, unit_vectors: np.ndarray) -> None:
    index = VectorIndex(tmp_path)
    index.add(SKILL, [1, 2], unit_vectors[:2])
    index.clear(SKILL)
    index.clear(GUIDE)
    assert index.keys(SKILL) == frozenset()
    index.add(SKILL, [2], unit_vectors[1:2])
    assert [key for key, _ in index.nearest(SKILL, unit_vectors[1], 1)] == [2]
    index.remove(SKILL, [])
    index.close()
