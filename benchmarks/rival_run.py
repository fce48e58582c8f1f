"""One rival in this process: `python -m benchmarks.rival_run encode|measure RIVAL FOLDER`.

The folder holds `queries.json` (what is timed), `texts.json` (what is encoded), `tasks/*.json` and the
vectors that are known, and is written by `rivals`. The first task's texts are those that linking is timed
over. The last line that is printed is the JSON of what was found.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.stores.vector_cache import VectorCache
from benchmarks.rival_methods import ENCODERS, ChromaRival, MatrixRival, Rival
from benchmarks.tasks import Task, distinct, figures, load_task
from benchmarks.timing import on_one_core, resident_mb, timed
from ingest.embedding import BATCH, Embedder

VECTORS_FILE = "rival-vectors.sqlite"
# Enough texts for five different answers, and for a reciprocal rank that still counts.
_LINK_DEPTH = 50
_SAMPLED = 256
_DEPTH = 1000
_ANSWERS = 1000


def encode(kind: str, folder: Path) -> dict[str, float]:
    """Encode the texts that are not known yet, on all cores; gives seconds and how many there were."""
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    cache = VectorCache(folder / VECTORS_FILE, ENCODERS[kind]().name)
    began = time.monotonic()
    with Embedder(cache, ENCODERS[kind]) as embedder:
        for _ in embedder.vectors(texts):
            pass
    return {"seconds": time.monotonic() - began, "texts": embedder.encoded}


def measure(kind: str, folder: Path) -> dict[str, object]:
    """Build over the first task's texts, link the queries, then answer all tasks."""
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    tasks = [load_task(file) for file in sorted((folder / "tasks").glob("*.json"))]
    encoder = ENCODERS[kind]()
    cache = VectorCache(folder / VECTORS_FILE, encoder.name)
    labels = tasks[0].labels
    rate = texts_per_s(encoder, labels)
    began = time.monotonic()
    rival = _build(kind, _vectors(labels, cache), encoder, folder)
    build_s = time.monotonic() - began
    linked = timed(lambda query: rival.rank(query, _LINK_DEPTH), queries)
    found: dict[str, object] = {
        "link_ms": linked.wall_ms,
        "cpu_ms": linked.cpu_ms,
        "resident_mb": resident_mb(),
        "build_s": build_s + len(set(labels)) / rate,
        "vectors": len(labels),
    }
    for task in tasks:
        if task.labels != labels:
            labels = task.labels
            rival = _build(kind, _vectors(labels, cache), encoder, folder)
        found[task.name] = figures(task, [_answers(task, rival, query.text) for query in task.queries])
    return found


def texts_per_s(encoder: Encoder, texts: Sequence[str]) -> float:
    """How many of such texts the encoder takes in a second, in this process."""
    sample = random.Random(0).sample(texts, min(_SAMPLED, len(texts)))
    encoder.encode_passages(sample[:8])
    began = time.monotonic()
    for start in range(0, len(sample), BATCH):
        encoder.encode_passages(sample[start : start + BATCH])
    return len(sample) / (time.monotonic() - began)


def _build(kind: str, vectors: Vectors, encoder: Encoder, folder: Path) -> Rival:
    if kind == "minilm":
        return MatrixRival(vectors, encoder)
    # Chroma has its files open until the process ends.
    return ChromaRival(vectors, encoder, Path(tempfile.mkdtemp(dir=folder)))


def _vectors(labels: Sequence[str], cache: VectorCache) -> Vectors:
    known = cache.get(dict.fromkeys(labels))
    return np.stack([known[label] for label in labels])


def _answers(task: Task, rival: Rival, query: str) -> list[str]:
    return distinct((task.answers[number] for number in rival.rank(query, _DEPTH)), _ANSWERS)


if __name__ == "__main__":
    command, chosen, working = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if command == "encode":
        print(json.dumps(encode(chosen, working)))
    else:
        on_one_core()
        print(json.dumps(measure(chosen, working)))
