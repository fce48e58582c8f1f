"""Embeds many texts on all cores, with every vector kept in the cache as soon as it exists."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

from assistant.retrieval.encoder import Encoder, Vectors
from ingest.vector_cache import VectorCache

BATCH = 64
# Starting a worker takes as long as encoding a few batches.
_POOL_PAYS_FROM = 6
_worker_encoder: Encoder | None = None


def embed_missing(
    texts: list[str], cache: VectorCache, make_encoder: Callable[[], Encoder], on_done: Callable[[int], None]
) -> None:
    """Embed the texts that the cache lacks and put their vectors there.

    Args:
        texts: Any texts; each distinct one is embedded once.
        cache: Where vectors are looked up and kept.
        make_encoder: Makes the encoder, once in each process; must be importable by name.
        on_done: Called with the number of texts that have just become ready.
    """
    distinct = list(dict.fromkeys(texts))
    known = cache.get(distinct)
    on_done(len(known))
    # Texts of like length share a batch, since the engine pads a batch to its longest text.
    missing = sorted((text for text in distinct if text not in known), key=len, reverse=True)
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    for batch, vectors in _embedded(batches, make_encoder):
        cache.put(batch, vectors)
        on_done(len(batch))


def _embedded(
    batches: list[list[str]], make_encoder: Callable[[], Encoder]
) -> Iterator[tuple[list[str], Vectors]]:
    workers = min(os.cpu_count() or 1, len(batches))
    if workers < 2 or len(batches) < _POOL_PAYS_FROM:
        encoder = make_encoder() if batches else None
        for batch in batches:
            assert encoder is not None
            yield batch, encoder.encode_passages(batch)
        return
    # One engine thread in each of several processes beats several threads in one by a quarter.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start_worker, (make_encoder,)) as pool:
        yield from zip(batches, pool.map(_encode_batch, batches), strict=True)


def _start_worker(make_encoder: Callable[[], Encoder]) -> None:
    global _worker_encoder
    os.environ["OMP_NUM_THREADS"] = "1"
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _worker_encoder = make_encoder()


def _leave_with_parent() -> None:
    """End this worker when the build is killed; it would wait for its next batch for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _encode_batch(batch: list[str]) -> Vectors:
    assert _worker_encoder is not None
    return _worker_encoder.encode_passages(batch)
