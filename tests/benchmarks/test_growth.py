import gzip
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.stores.vector_cache import VectorCache
from benchmarks.growth import growth_table
from benchmarks.labels import grown_readers, real_queries, searches
from benchmarks.mixed_vectors import MixedEncoder, keep_sample, mixed_encoder
from ingest.records import ConceptRecord, RelationRecord
from ingest.sources.reading import Reader
from tests.ingest.building import TINY
from tests.ingest.folders import rows, write_folder

GROUPS = ("grup_001_aaa",)
SEARCHED = [f"sökt yrke {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(100)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write_folder(folder, rows(occupations=40))
    with gzip.open(folder / "search_queries_2026-01-25.tsv.gz", "wt", encoding="utf-8") as table:
        table.write("query\tcount\n" + "".join(f"{text}\t{9000 - n}\n" for n, text in enumerate(SEARCHED)))
        table.write("Sökt  YRKE ak\t7\n1\t6\n" + "x" * 100 + "\t5\n")
    return folder


async def occupations(readers: tuple[Reader, ...]) -> set[str]:
    return {
        record.label_sv
        for reader in readers
        async for page in reader.pages("")
        for record in page.records
        if isinstance(record, ConceptRecord) and record.type == "occupation-name"
    }


def test_searches_are_read_each_once_without_what_names_nothing(data: Path) -> None:
    assert searches(data) == SEARCHED


async def test_a_smaller_size_is_a_part_of_a_larger_one(data: Path) -> None:
    some, more, all_ = [await occupations(grown_readers(data, share, 0, GROUPS)) for share in (0.3, 0.6, 1.0)]
    assert set() < some < more < all_
    assert await occupations(grown_readers(data, 0.0, 0, GROUPS)) == set()


async def test_sizes_beyond_the_sources_grow_by_searches_that_nobody_asks_for(data: Path) -> None:
    readers = grown_readers(data, 1.0, 1000, GROUPS)
    added = await occupations(readers) - await occupations(readers[:-1])
    asked = set(real_queries(data))
    assert added
    assert asked
    assert added | asked == set(SEARCHED)
    assert not added & asked
    pages = [page async for page in readers[-1].pages("")]
    relations = [record for page in pages for record in page.records if isinstance(record, RelationRecord)]
    assert {relation.target_id for relation in relations} == set(GROUPS)


def test_mixed_vectors_are_of_length_one_and_always_the_same(tmp_path: Path) -> None:
    real = np.eye(384, dtype=np.float32)[:10]
    encoder = MixedEncoder(real)
    vectors = encoder.encode_passages(["kock", "murare"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], encoder.encode_query("kock"))
    assert not np.allclose(vectors[0], vectors[1], atol=0.1)


def test_the_sample_is_taken_from_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHMARK_VECTORS", "")
    real = np.eye(384, dtype=np.float32)[:3]
    VectorCache(tmp_path / "vectors.sqlite", "any").put(["a", "b", "c"], real)
    keep_sample(tmp_path / "vectors.sqlite", tmp_path / "sample.npy")
    assert np.array_equal(mixed_encoder().encode_query("kock"), mixed_encoder().encode_passages(["kock"])[0])


def test_growth_is_measured_from_end_to_end(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHMARK_VECTORS", "")
    table = growth_table(data=data, starter=TINY, sizes=(19_600, 155_020), rounds=1)
    rows = [line for line in table.splitlines() if line.startswith("|")]
    passages = [int(row.split("|")[1].replace(",", "")) for row in rows[2:]]
    assert len(passages) == 3
    assert passages == sorted(set(passages))


def test_without_labels_only_our_own_data_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCHMARK_VECTORS", "")
    table = growth_table(data=tmp_path / "nowhere", starter=TINY, rounds=1)
    assert len([line for line in table.splitlines() if line.startswith("|")]) == 3
    assert "no shared data" in table
