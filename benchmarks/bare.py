"""How fast the encoder alone embeds the texts of an index, in as many processes as a build uses."""

import multiprocessing
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor

from assistant.retrieval.encoder import Encoder, make_encoder
from assistant.retrieval.passage import PassageType
from assistant.retrieval.stores.manifest import current_build
from assistant.retrieval.stores.passage_store import read_embedded
from assistant.settings import Settings

_TEXTS = 8000
_BATCH = 64
_encoder: Encoder | None = None


def bare_encoder() -> str:
    """Texts a second over a sample of the embedded texts of the index in `INDEX_DIR`."""
    build = current_build(Settings().index_dir)
    distinct = sorted({text for kind in PassageType for _, text in read_embedded(build, kind)})
    texts = sorted(random.Random(0).sample(distinct, min(_TEXTS, len(distinct))), key=len, reverse=True)
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    workers = 1 if make_encoder(Settings().encoder).uses_all_cores else os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start) as pool:
        list(pool.map(_encode, batches[-workers:]))
        started = time.monotonic()
        list(pool.map(_encode, batches))
        seconds = time.monotonic() - started
    return f"{len(texts)} texts in {seconds:.1f} s, {workers} processes: {len(texts) / seconds:.0f} texts/s"


def _start() -> None:
    global _encoder
    _encoder = make_encoder(Settings().encoder)
    if not _encoder.uses_all_cores:
        os.environ["OMP_NUM_THREADS"] = "1"


def _encode(batch: list[str]) -> int:
    assert _encoder is not None
    return len(_encoder.encode_passages(batch))
