from pathlib import Path

import numpy as np

from assistant.retrieval.stores.vector_cache import VectorCache, text_hash

VECTORS = np.array([[1, 0, 0], [0, 1, 0]], dtype=np.float32)


def test_vectors_are_kept_by_text_across_openings(tmp_path: Path) -> None:
    VectorCache(tmp_path / "v.sqlite", "words").put(["kock", "städare"], VECTORS)
    found = VectorCache(tmp_path / "v.sqlite", "words").get(["städare", "kock", "bagare"])
    assert set(found) == {"kock", "städare"}
    assert found["städare"].tolist() == [0, 1, 0]
    assert found["kock"].dtype == np.float32


def test_each_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    VectorCache(tmp_path / "v.sqlite", "words").put(["kock", "städare"], VECTORS)
    assert VectorCache(tmp_path / "v.sqlite", "letters").get(["kock"]) == {}
    assert text_hash("words", "kock") != text_hash("letters", "kock")
    assert text_hash("a", "b") != text_hash("", "a\0b"[1:])


def test_a_vector_put_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite", "words")
    cache.put(["kock"], VECTORS[:1])
    cache.put(["kock"], VECTORS[1:])
    assert cache.get(["kock"])["kock"].tolist() == [0, 1, 0]


def test_more_texts_than_sqlite_takes_at_once(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite", "words")
    texts = [f"text {number}" for number in range(40_000)]
    cache.put(texts[:2], VECTORS)
    assert set(cache.get(texts)) == {"text 0", "text 1"}
    assert cache.get([]) == {}
