"""Embeds many texts on all cores, with every vector kept in the cache as soon as it exists."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType

import numpy as np

from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.stores.vector_cache import VectorCache

BATCH = 64
# Starting a worker takes as long as encoding a few batches.
_POOL_PAYS_FROM = 6
_worker_encoder: Encoder | None = None


class Embedder:
    """Gives vectors of texts, from the cache or else from the encoder.

    Used as a context manager: it keeps its worker processes between calls.

    Args:
        cache: Where vectors are looked up and kept.
        make_encoder: Makes the encoder, once in each process; must be importable by name, also as the
            function of a `partial`.
    """

    def __init__(self, cache: VectorCache, make_encoder: Callable[[], Encoder]) -> None:
        self._cache = cache
        self._make_encoder = make_encoder
        self.encoder = make_encoder()
        self._pool: ProcessPoolExecutor | None = None
        self.encoded = 0

    def __enter__(self) -> "Embedder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def vectors(self, texts: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        """Vectors of distinct texts, in batches and in any order.

        Args:
            texts: Each once; all of them are held while this runs.

        Yields:
            Some of the texts with their vectors, shape (texts in the batch, dimensions).
        """
        missing: list[str] = []
        for start in range(0, len(texts), BATCH * 16):
            chunk = texts[start : start + BATCH * 16]
            known = self._cache.get(chunk)
            missing += [text for text in chunk if text not in known]
            if known:
                yield list(known), np.stack(list(known.values()))
        # Texts of like length share a batch, since the engine pads a batch to its longest text.
        missing.sort(key=len, reverse=True)
        batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
        for batch, vectors in self._encoded(batches):
            self._cache.put(batch, vectors)
            self.encoded += len(batch)
            yield batch, vectors

    def _encoded(self, batches: list[list[str]]) -> Iterator[tuple[list[str], Vectors]]:
        workers = 1 if self.encoder.uses_all_cores else os.cpu_count() or 1
        if self._pool is None and (workers < 2 or len(batches) < _POOL_PAYS_FROM):
            for batch in batches:
                yield batch, self.encoder.encode_passages(batch)
            return
        if self._pool is None:
            # One engine thread in each of several processes beats several threads in one by a quarter.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(workers, context, _start_worker, (self._make_encoder,))
        yield from zip(batches, self._pool.map(_encode_batch, batches), strict=True)


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
