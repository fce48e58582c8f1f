"""Keeps two builds out of one index folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexBusy

_LOCK_FILE = "build.lock"


@contextmanager
def building(index_dir: Path) -> Iterator[None]:
    """Keep other builds out of an index folder, which is made when absent.

    Raises:
        IndexBusy: Another process is building there.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index_dir / _LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(index_dir) from error
    try:
        yield
    finally:
        lock.release()
