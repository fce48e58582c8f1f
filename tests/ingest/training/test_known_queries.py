"""Queries of a calibration are encoded once, and once for all builds of an index folder."""

from pathlib import Path

import numpy as np

from assistant.retrieval.stores.vector_cache import VectorCache
from ingest.training.known_queries import KnownQueries
from tests.encoders import WordEncoder


def test_a_query_is_encoded_once_and_known_to_the_next_build(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite", WordEncoder().name)
    first = KnownQueries.kept_with(WordEncoder(), cache)
    vector = first.encode_query("kör lastbil")
    assert np.array_equal(vector, WordEncoder().encode_query("kör lastbil"))
    encoder = WordEncoder()
    later = KnownQueries.kept_with(encoder, cache)
    assert np.array_equal(later.encode_query("kör lastbil"), vector)
    assert encoder.calls == []


def test_a_query_is_no_passage_of_the_same_words(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite", WordEncoder().name)
    KnownQueries.kept_with(WordEncoder(), cache).encode_query("kock")
    assert cache.get(["kock"]) == {}
