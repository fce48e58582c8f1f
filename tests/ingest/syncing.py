"""Syncs a folder into a mirror while it is killed again and again.

As a program: `python -m tests.ingest.syncing FOLDER MIRROR SEED`. Ten times it lets a child of its own sync
slowly, kills it (SIGKILL) at a random moment, and prints how many it has killed; then it syncs to the end.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from ingest.mirror import Mirror
from ingest.sources.files import file_readers
from ingest.sources.reading import Page, Reader
from ingest.sync import sync_readers

PAGE_ROWS = 2
KILLS = 10
_PAUSE_S = 0.02
_LONGEST_LIFE_S = 0.25


def sync(folder: Path, file: Path, *, slowly: bool = False) -> None:
    """Read the folder in very small pages."""
    readers = file_readers(folder, PAGE_ROWS)
    with Mirror(file) as mirror:
        asyncio.run(sync_readers(mirror, map(_slow, readers) if slowly else readers))


def _slow(reader: Reader) -> Reader:
    async def pages(cursor: str) -> AsyncIterator[Page]:
        async for page in reader.pages(cursor):
            await asyncio.sleep(_PAUSE_S)
            yield page

    return replace(reader, pages=pages)


def main() -> None:
    folder, file, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    moments = random.Random(seed)
    killed = 0
    for _ in range(KILLS):
        child = os.fork()
        if not child:
            sync(folder, file, slowly=True)
            os._exit(0)
        time.sleep(moments.uniform(0, _LONGEST_LIFE_S))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    sync(folder, file)
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
