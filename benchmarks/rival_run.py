"""One rival in this process: `python -m benchmarks.rival_run encode|measure RIVAL FOLDER`.

The folder holds `queries.json` (what is timed), `texts.json` (what is encoded), `tasks/*.json` and the
vectors that are known, and is written by `rivals`. The first task's texts are those that linking is timed
over. The last line that is printed is the JSON of what was found.
"""

import json
import os
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
_SAVED = 4096
_DEPTH = 1000
_ANSWERS = 1000


def encode(kind: str, folder: Path) -> dict[str, float]:
    """Encode the texts that are not known yet, on all cores; gives seconds and how many there were."""
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    encoder = ENCODERS[kind]()
    cache = VectorCache(folder / VECTORS_FILE, encoder.name)
    began = time.monotonic()
    if kind == "e5":
        with Embedder(cache, ENCODERS[kind]) as embedder:
            for _ in embedder.vectors(texts):
                pass
        return {"seconds": time.monotonic() - began, "texts": embedder.encoded}
    known = cache.get(texts)
    missing = [text for text in texts if text not in known]
    # torch has threads of its own on all cores.
    for start in range(0, len(missing), _SAVED):
        part = missing[start : start + _SAVED]
        cache.put(part, encoder.encode_passages(part))
    return {"seconds": time.monotonic() - began, "texts": len(missing)}


def measure(kind: str, folder: Path) -> dict[str, object]:
    """Build over the first task's texts, link the queries, then answer all tasks."""
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    tasks = [load_task(file) for file in sorted((folder / "tasks").glob("*.json"))]
    encoder = ENCODERS[kind]()
    cache = VectorCache(folder / VECTORS_FILE, encoder.name)
    labels = tasks[0].labels
    rate = texts_per_s(encoder, labels)
    began = time.monotonic()
    rival = _build(kind, labels, cache, encoder)
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
            rival, labels = _build(kind, task.labels, cache, encoder), task.labels
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


def _build(kind: str, labels: Sequence[str], cache: VectorCache, encoder: Encoder) -> Rival:
    vectors = _vectors(labels, cache)
    if kind == "minilm":
        return MatrixRival(vectors, encoder)
    # Chroma has its files open until the process ends.
    return ChromaRival(vectors, encoder, Path(tempfile.mkdtemp(dir=os.environ.get("RIVALS_FOLDER"))))


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
