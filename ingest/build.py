"""Builds an index beside the one in service and switches over when it is whole."""

import hashlib
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from assistant.errors import IndexBusy, IndexMissing
from assistant.retrieval.catalogue import Catalogue, write_catalogue
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.lexical import build_character_index, build_word_index
from assistant.retrieval.manifest import (
    SCHEMA_VERSION,
    Manifest,
    SourceVersion,
    builds_folder,
    current_build,
    put_in_service,
)
from ingest.documents import to_catalogue
from ingest.embedding import embed_missing
from ingest.sources.starter import Records
from ingest.vector_cache import VectorCache

VECTOR_CACHE_FILE = "vectors.sqlite"
_LOCK_FILE = "build.lock"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a build reports: the texts to embed in all, and each time some are ready."""

    on_total: Callable[[int], None]
    on_done: Callable[[int], None]


def build_index(
    records: Records, index_dir: Path, make_encoder: Callable[[], Encoder], progress: Progress
) -> Manifest:
    """Build an index from records and put it in service.

    Until the last step the index in service is untouched; a build that was killed leaves only a
    folder that the next build removes, and the vectors that it had cached. The build that was
    replaced stays until the next one, for the servers that have it open.

    Args:
        records: What to index.
        index_dir: Folder of the index; made when absent.
        make_encoder: Makes the encoder; must be importable by name, since worker processes call it.
        progress: Told how far the embedding has come.

    Returns:
        The manifest of the new build.

    Raises:
        IndexBusy: Another process is building there.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index_dir / _LOCK_FILE, timeout=0):
            return _build_locked(records, index_dir, make_encoder, progress)
    except Timeout as error:
        raise IndexBusy(index_dir) from error


def _build_locked(
    records: Records, index_dir: Path, make_encoder: Callable[[], Encoder], progress: Progress
) -> Manifest:
    catalogue = to_catalogue(records)
    started = datetime.now(UTC)
    build = builds_folder(index_dir) / f"{started:%Y%m%dT%H%M%S}-{time.time_ns() % 10**6:06d}"
    build.mkdir(parents=True)
    write_catalogue(build, catalogue)
    _write_lexical(build, catalogue)
    encoder_name = make_encoder().name
    _write_vectors(
        build, catalogue, VectorCache(index_dir / VECTOR_CACHE_FILE, encoder_name), make_encoder, progress
    )
    manifest = _manifest(catalogue, records.versions, encoder_name, started)
    manifest.write(build)
    replaced = _build_in_service(index_dir)
    put_in_service(index_dir, build)
    _remove_builds_except(build, replaced)
    return manifest


def _write_lexical(build: Path, catalogue: Catalogue) -> None:
    for passage_type, passages in catalogue.passages.items():
        texts = [passage.text for passage in passages]
        build_word_index(texts).save(build / "lexical" / passage_type / "words")
        build_character_index(texts).save(build / "lexical" / passage_type / "characters")


def _write_vectors(
    build: Path,
    catalogue: Catalogue,
    cache: VectorCache,
    make_encoder: Callable[[], Encoder],
    progress: Progress,
) -> None:
    embedded = {
        kind: [(position, passage.text) for position, passage in enumerate(passages) if passage.embedded]
        for kind, passages in catalogue.passages.items()
    }
    everything = [text for pairs in embedded.values() for _, text in pairs]
    progress.on_total(len(set(everything)))
    embed_missing(everything, cache, make_encoder, progress.on_done)
    vectors = cache.get(everything)
    index = VectorIndex(build / "chroma")
    for kind, pairs in embedded.items():
        index.add(kind, [position for position, _ in pairs], np.stack([vectors[text] for _, text in pairs]))
    index.close()


def _manifest(
    catalogue: Catalogue, versions: tuple[SourceVersion, ...], encoder_name: str, started: datetime
) -> Manifest:
    by_type = {kind.value: len(passages) for kind, passages in catalogue.passages.items()}
    return Manifest(
        schema_version=SCHEMA_VERSION,
        built_at=started.isoformat(timespec="seconds"),
        encoder=encoder_name,
        concepts=len(catalogue.groups) + len(catalogue.skills),
        passages=sum(by_type.values()),
        by_type=by_type,
        sources=versions,
        content_hash=content_hash(catalogue),
    )


def content_hash(catalogue: Catalogue) -> str:
    """SHA-256 of all facts and passages of a catalogue: the same content, the same hash."""
    digest = hashlib.sha256()
    for items in (catalogue.groups, catalogue.skills, catalogue.guides):
        for item in items.values():
            digest.update(f"{item!r}\n".encode())
    for passages in catalogue.passages.values():
        for passage in passages:
            digest.update(f"{passage!r}\n".encode())
    return digest.hexdigest()


def _build_in_service(index_dir: Path) -> Path | None:
    try:
        return current_build(index_dir)
    except IndexMissing:
        return None


def _remove_builds_except(build: Path, replaced: Path | None) -> None:
    """Remove killed and old builds; the one just replaced stays, since a running server has it open."""
    for other in build.parent.iterdir():
        if other not in (build, replaced):
            shutil.rmtree(other, ignore_errors=True)
