"""Builds an index beside the one in service and switches over when it is whole."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import IndexMissing, IndexStale
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.passage import Passage, PassageType
from assistant.retrieval.places.names import PlaceEntry
from assistant.retrieval.reranker import Reranker
from assistant.retrieval.retriever import write_lexical
from assistant.retrieval.stores import vector_cache
from assistant.retrieval.stores.catalogue import Catalogue, write_catalogue
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.education_store import EducationStore
from assistant.retrieval.stores.manifest import (
    SCHEMA_VERSION,
    Manifest,
    SourceVersion,
    builds_folder,
    current_build,
    is_whole,
    put_in_service,
    read_manifest,
)
from assistant.retrieval.stores.passage_store import PassageWriter
from assistant.retrieval.stores.vector_cache import VectorCache
from ingest.code_hash import code_hash
from ingest.concept_documents import concept_passages, write_concept_store
from ingest.documents import own_passages, to_catalogue
from ingest.education_kinds import kind_passages, write_kinds
from ingest.education_ties import write_ties
from ingest.embedding import Embedder
from ingest.findings import write_report
from ingest.lock import building
from ingest.mirror import Mirror
from ingest.progress import Progress
from ingest.sources.starter import Records
from ingest.training.calibration import calibrate
from ingest.training.kept import KEPT_FOLDER, write_trained
from ingest.training.known_queries import KnownQueries
from ingest.training.learning import learn
from ingest.vectors import update_vectors

VECTOR_CACHE_FILE = vector_cache.FILE_NAME
LINK_CACHE_FILE = "links.sqlite"
REPORT_FILE = "ingest-report.json"


@dataclass(frozen=True, slots=True)
class Content:
    """What to index.

    Attributes:
        records: Our own data.
        places: The places of Sweden.
        mirror: The sources; None for an index of our own data only.
    """

    records: Records
    places: tuple[PlaceEntry, ...]
    mirror: Mirror | None = None

    @property
    def versions(self) -> tuple[SourceVersion, ...]:
        """All sources; of one that is both in our data and mirrored, the mirrored version."""
        mirrored = self.mirror.versions() if self.mirror else ()
        known = {source.system for source in mirrored}
        return (*mirrored, *(own for own in self.records.versions if own.system not in known))


@dataclass(frozen=True, slots=True)
class Built:
    """A build that has been put in service.

    Attributes:
        manifest: What it was made from.
        folder: Where it is.
        is_unchanged: Nothing was to be done: the build in service has the same content.
        encoded: Texts that the encoder has encoded; the others were known.
        vectors: Vectors that were added to those of the build before.
        embedding_s: Seconds that adding them took, encoding with it.
    """

    manifest: Manifest
    folder: Path
    is_unchanged: bool = False
    encoded: int = 0
    vectors: int = 0
    embedding_s: float = 0.0


def build_index(
    content: Content,
    index_dir: Path,
    make_encoder: Callable[[], Encoder],
    progress: Progress,
    reranker: Reranker | None = None,
) -> Built:
    """Build an index and put it in service.

    Until the last step the index in service is untouched; a build that was killed leaves only a
    folder that the next build removes, and the vectors that it had cached. The build that was
    replaced stays until the next one, for the servers that have it open. When content, code and
    encoder are those of the build in service, only the dates of its sources are renewed.

    Args:
        content: What to index.
        index_dir: Folder of the index; made when absent.
        make_encoder: Makes the encoder; must be importable by name, since worker processes call it.
        progress: Told how far the embedding has come.
        reranker: What searches of the index will be reranked by.

    Raises:
        IndexBusy: Another process is building there.
    """
    with building(index_dir):
        return build_locked(content, index_dir, make_encoder, progress, reranker)


def build_locked(
    content: Content,
    index_dir: Path,
    make_encoder: Callable[[], Encoder],
    progress: Progress,
    reranker: Reranker | None = None,
) -> Built:
    """As `build_index`, for a caller that is `building` there already."""
    started = datetime.now(UTC)
    catalogue = to_catalogue(content.records, content.places)
    manifest = _manifest(content, catalogue, make_encoder().name, started)
    manifest = replace(manifest, reranker=reranker.name if reranker else "")
    in_service = _in_service(index_dir)
    if in_service and _is_same(manifest, in_service[1]):
        return _renewed(index_dir, *in_service, content)
    build = builds_folder(index_dir) / f"{started:%Y%m%dT%H%M%S}-{time.time_ns() % 10**6:06d}"
    build.mkdir(parents=True)
    counts = _write_facts(build, content, catalogue)
    cache = VectorCache(index_dir / VECTOR_CACHE_FILE, manifest.encoder)
    base = _base(in_service, manifest.encoder, counts)
    began = time.monotonic()
    with Embedder(cache, make_encoder) as embedder, ThreadPoolExecutor(1) as aside:
        # The encoder has processes of its own, and this one has little to do beside them.
        lexical = aside.submit(_write_lexical, build, tuple(counts))
        trained = aside.submit(write_trained, build, catalogue, index_dir / KEPT_FOLDER)
        vectors = update_vectors(build, base, tuple(counts), embedder, progress)
        lexical.result()
        trained.result()
    embedding_s = time.monotonic() - began
    learn(build)
    if content.mirror:
        write_ties(build, cache, index_dir / LINK_CACHE_FILE, progress, floor=embedder.encoder.floor)
        write_report(content.mirror, build / REPORT_FILE)
    manifest = replace(_counted(manifest, build, catalogue, counts), floor=embedder.encoder.floor)
    calibrate(build, manifest, KnownQueries.kept_with(make_encoder(), cache), reranker).save(build)
    manifest.write(build)
    put_in_service(index_dir, build)
    _remove_builds_except(build, in_service[0] if in_service else None)
    return Built(manifest, build, encoded=embedder.encoded, vectors=vectors, embedding_s=embedding_s)


def _write_facts(build: Path, content: Content, catalogue: Catalogue) -> dict[PassageType, int]:
    """Write facts and passages; gives the number of passages by type."""
    write_catalogue(build, catalogue)
    write_concept_store(build, content.mirror, catalogue)
    write_kinds(build, content.mirror)
    with PassageWriter(build) as writer:
        writer.add(own_passages(content.records, catalogue))
        writer.add(concept_passages(ConceptStore(build)))
        writer.add(kind_passages(EducationStore(build)))
    return dict(writer.counts)


def _write_lexical(build: Path, types: Iterable[PassageType]) -> None:
    for passage_type in types:
        write_lexical(build, passage_type)


def _manifest(content: Content, catalogue: Catalogue, encoder_name: str, started: datetime) -> Manifest:
    """What tells this build from others; its counts are not known yet."""
    return Manifest(
        schema_version=SCHEMA_VERSION,
        built_at=started.isoformat(timespec="seconds"),
        encoder=encoder_name,
        concepts=0,
        passages=0,
        by_type={},
        sources=content.versions,
        content_hash=content_hash(catalogue, own_passages(content.records, catalogue), content.mirror),
        code_hash=code_hash(),
    )


def _counted(
    manifest: Manifest, build: Path, catalogue: Catalogue, counts: dict[PassageType, int]
) -> Manifest:
    mirrored = sum(ConceptStore(build).counts().values())
    by_type = {passage_type.value: count for passage_type, count in counts.items()}
    return replace(
        manifest,
        concepts=mirrored or len(catalogue.groups) + len(catalogue.skills),
        passages=sum(by_type.values()),
        by_type=by_type,
    )


def content_hash(catalogue: Catalogue, passages: Iterable[Passage], mirror: Mirror | None = None) -> str:
    """SHA-256 of all facts and passages of our own, and of the mirror: the same content, the same hash."""
    digest = hashlib.sha256()
    for group in catalogue.groups.values():
        # A set is written in another order by every process.
        digest.update(f"{replace(group, features=frozenset())!r}{sorted(group.features)}\n".encode())
    for items in (catalogue.skills, catalogue.guides):
        for item in items.values():
            digest.update(f"{item!r}\n".encode())
    for fact in (*catalogue.places, *catalogue.routes, *sorted(catalogue.esco.items())):
        digest.update(f"{fact!r}\n".encode())
    for passage in passages:
        digest.update(f"{passage!r}\n".encode())
    digest.update((mirror.content_hash() if mirror else "").encode())
    return digest.hexdigest()


def _in_service(index_dir: Path) -> tuple[Path, Manifest] | None:
    """The build in service, if this program can read it."""
    try:
        build = current_build(index_dir)
        return build, read_manifest(build)
    except (IndexMissing, IndexStale):
        return None


def _base(
    in_service: tuple[Path, Manifest] | None, encoder_name: str, types: Iterable[PassageType]
) -> Path | None:
    """The build in service, when its vectors can serve the new one as a beginning."""
    if in_service is None:
        return None
    build, manifest = in_service
    return build if manifest.encoder == encoder_name and set(manifest.by_type) <= set(types) else None


def _is_same(manifest: Manifest, other: Manifest) -> bool:
    def told(one: Manifest) -> tuple[str, ...]:
        return one.encoder, one.reranker, one.content_hash, one.code_hash

    return told(manifest) == told(other)


def _renewed(index_dir: Path, build: Path, manifest: Manifest, content: Content) -> Built:
    renewed = replace(manifest, sources=content.versions)
    if content.mirror:
        write_report(content.mirror, build / REPORT_FILE)
    renewed.write(build)
    put_in_service(index_dir, build)
    # A server may still have the build before this one open.
    others = sorted(other for other in build.parent.iterdir() if other != build and is_whole(other))
    _remove_builds_except(build, others[-1] if others else None)
    return Built(renewed, build, is_unchanged=True)


def _remove_builds_except(build: Path, replaced: Path | None) -> None:
    """Remove killed and old builds; the one just replaced stays, since a running server has it open."""
    for other in build.parent.iterdir():
        if other not in (build, replaced):
            shutil.rmtree(other, ignore_errors=True)
