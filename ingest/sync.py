"""Brings the mirror up to date: from files, or from the public APIs."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamError
from assistant.settings import Settings
from ingest.mirror import Mirror
from ingest.progress import QUIET, Progress
from ingest.sources.files import file_readers
from ingest.sources.live import live_readers
from ingest.sources.qualification_records import qualifications_reader
from ingest.sources.reading import Reader


def sync_files(mirror: Mirror, folder: Path, progress: Progress = QUIET) -> None:
    """Read files in the form of the shared data; those that are unchanged are skipped.

    Args:
        mirror: To be brought up to date.
        folder: With `jobtech_concepts.jsonl.gz` and the others.
        progress: Told of every page.

    Raises:
        StarterDataError: A file is missing, or it is no gzip file.
    """
    asyncio.run(sync_readers(mirror, file_readers(folder), progress))


async def sync_live(
    mirror: Mirror, addresses: Addresses, settings: Settings, progress: Progress = QUIET
) -> None:
    """Read the public APIs; what they have not changed is skipped.

    A source that is down does not keep the others from being read.

    Raises:
        UpstreamError: A source could not be read. What was read stays, and the next sync carries on.
    """
    failures: list[UpstreamError] = []
    async with live_readers(mirror, addresses, settings) as makers:
        for make in makers:
            try:
                await sync(mirror, await make(), progress)
            except UpstreamError as error:
                failures.append(error)
    mirror.settle()
    if failures:
        raise failures[0]


async def sync_qualifications(
    mirror: Mirror, source: str, settings: Settings, progress: Progress = QUIET
) -> None:
    """Read qualifications in the European Learning Model; files that are unchanged are skipped.

    Args:
        mirror: To be brought up to date.
        source: A file, a folder, an archive or an address; the mirror stays as it is when empty.
        settings: The contact that an address is given.
        progress: Told when they have been read.

    Raises:
        UpstreamError: Something could not be read; its name is in the error. What was read before stays.
    """
    if source:
        async with qualifications_reader(source, settings) as reader:
            await sync_readers(mirror, (reader,), progress)


async def sync_readers(mirror: Mirror, readers: Iterable[Reader], progress: Progress = QUIET) -> None:
    """Read sources one after the other, then judge what takes all of them to see."""
    for reader in readers:
        await sync(mirror, reader, progress)
    mirror.settle()


async def sync(mirror: Mirror, reader: Reader, progress: Progress = QUIET) -> None:
    """Read one source into the mirror, page by page; carries on with a reading that was broken off."""
    today = datetime.now(UTC).date().isoformat()
    if reader.is_skippable and mirror.is_current(reader.system, reader.run_key):
        mirror.confirm(reader.system, today)
        return
    progress.on_step(reader.system, None)
    cursor = mirror.begin(reader.system, reader.run_key, is_partial=reader.is_partial)
    async for page in reader.pages(cursor):
        mirror.put_page(reader.system, page.cursor, page.records)
        progress.on_step(reader.system, page.total)
        progress.on_done(reader.system, page.items)
    mirror.finish(reader.system, reader.version, today, largest_loss=reader.largest_loss)
