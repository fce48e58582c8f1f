"""What linking costs in indexes of growing size, built as the product builds them from real labels."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import SHARED, encoding
from benchmarks.growing import Grown, Ingredients, build_grown, known_vectors
from benchmarks.labels import real_queries, starter_queries
from benchmarks.mixed_vectors import keep_sample, mixed_encoder
from benchmarks.timing import in_fresh_process, machine, markdown, of_rounds, percentile
from ingest.build import VECTOR_CACHE_FILE
from ingest.sources.starter import STARTER_DIR, read_starter

SIZES = (20_000, 60_000, 200_000)
_ROUNDS = 3


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


def growth_table(
    *,
    data: Path = SHARED / "data",
    starter: Path = STARTER_DIR,
    sizes: Sequence[int] = SIZES,
    rounds: int = _ROUNDS,
) -> str:
    """Build each size, link 200 real queries in fresh processes, and tell the cost as a Markdown table.

    Args:
        data: Folder in the form of the shared data; without it only our own data is measured.
        starter: Our own data, the first size.
        sizes: The others, in passages.
        rounds: How many processes measure each size.
    """
    heading = f"Linking by index size; {machine()}; one thread on one core."
    records = read_starter(starter)
    has_labels = data.is_dir()
    queries = real_queries(data) if has_labels else starter_queries(records)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
        ingredients = Ingredients(records, data, known_vectors(root))
        grown = [build_grown(root / "starter", ingredients, None)]
        keep_sample(root / "starter" / VECTOR_CACHE_FILE, root / "sample.npy")
        for size in sizes if has_labels else ():
            grown.append(build_grown(root / str(size), ingredients, size, mixed_encoder))
        costs = _measure(grown, root / "queries.json", rounds)
    rate = int(encoding()["texts_per_s"])
    source = "the shared data" if has_labels else "our own data, as there is no shared data: one size only"
    labels = f"Labels and {len(queries)} queries: {source}."
    return "\n".join([heading, labels, markdown(_rows(grown, costs, rate)), _explained(rate, rounds)])


def _measure(grown: Sequence[Grown], queries: Path, rounds: int) -> list[Cost]:
    """Each size in a fresh process a round; the rounds go through all sizes, so that noise meets all."""
    seen = [
        [in_fresh_process("benchmarks.measured_index", str(one.index_dir), str(queries)) for one in grown]
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
        "search all p50 ms", "p95 ms", "CPU p50 ms", "x", "MB linking", "MB all open", "MB on disk",
        "build s", "with encoding, min", "vectors", "of them mixed",
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
                f"{(one is not grown[0]) * one.encoded / one.vectors:.0%}",
            ]
        )
    return rows


def _times(milliseconds: Sequence[float], least: Sequence[float]) -> float:
    """How many times one median is another."""
    return percentile(milliseconds, 50) / percentile(least, 50)


def _explained(rate: int, rounds: int) -> str:
    return (
        "x: as a multiple of the first row, of CPU time where it is a time. Link: `Linker.occupations`;"
        f" each query's median of {rounds} processes. Search all: `Retriever.retrieve` over every passage"
        " type, without encoding."
        " CPU: processor time, which a busy machine distorts less. MB: resident, mapped files with it."
        " With encoding: had no vector been known, one process encoding"
        f" {rate} texts/s. Mixed: vectors made of real ones, for labels that were never encoded."
    )
