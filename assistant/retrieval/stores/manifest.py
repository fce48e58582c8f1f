"""What an index was built from, and which build is in service.

An index folder holds `builds/<name>/` and a file `current` that names the build in service. The
file is replaced in one step, and only after a build is whole, so a killed build changes nothing.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import IndexMissing, IndexStale

SCHEMA_VERSION = 8
_CURRENT = "current"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """A source that went into a build; `retrieved_at` is an ISO date."""

    system: str
    version: str
    retrieved_at: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that tells one build from another.

    Attributes:
        schema_version: Form of the build's files.
        built_at: ISO time.
        encoder: Name of the encoder.
        concepts: How many concepts there are, ours and the sources'.
        passages: How many passages there are.
        by_type: The same by passage type; only types that have any.
        sources: What went into it.
        content_hash: SHA-256 of all facts and passages of our own and all records of the sources.
        code_hash: SHA-256 of the code that made passages and indexes of them.
        floor: Of the encoder: the cosine similarity at which evidence begins.
        reranker: Name of the reranker that what the build has learned was fitted with; empty for none.
    """

    schema_version: int
    built_at: str
    encoder: str
    concepts: int
    passages: int
    by_type: dict[str, int]
    sources: tuple[SourceVersion, ...]
    content_hash: str
    code_hash: str
    floor: float = 0.0
    reranker: str = ""

    def write(self, folder: Path) -> None:
        """Write the manifest into a build's folder in one step, last of all its files."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        # A build in service may get new dates, so there must be a whole manifest at any moment.
        pending = folder / f"{_MANIFEST}.pending"
        pending.write_text(text, encoding="utf-8")
        os.replace(pending, folder / _MANIFEST)

    def summary(self) -> dict[str, object]:
        """The form that `status --json` and `/health` print; a reranker is named only if there is one."""
        return {
            "built_at": self.built_at,
            "encoder": self.encoder,
            **({"reranker": self.reranker} if self.reranker else {}),
            "counts": {"concepts": self.concepts, "passages": self.passages, "by_type": self.by_type},
            "sources": [asdict(source) for source in self.sources],
        }

    def require(self, encoder_name: str, reranker_name: str = "") -> None:
        """Refuse an index that this program cannot search.

        Args:
            encoder_name: Of the encoder in use.
            reranker_name: Of the reranker in use; empty for none.

        Raises:
            IndexStale: Built with another encoder or reranker.
        """
        if encoder_name != self.encoder:
            raise IndexStale(expected=f"encoder {encoder_name}", found=f"encoder {self.encoder}")
        if reranker_name != self.reranker:
            raise IndexStale(
                expected=f"reranker {reranker_name or 'none'}", found=f"reranker {self.reranker or 'none'}"
            )


def builds_folder(index_dir: Path) -> Path:
    """Where all builds of an index are."""
    return index_dir / "builds"


def current_build(index_dir: Path) -> Path:
    """The folder of the build in service.

    Raises:
        IndexMissing: Nothing has been built there.
    """
    pointer = index_dir / _CURRENT
    if not pointer.is_file():
        raise IndexMissing(index_dir)
    folder = builds_folder(index_dir) / pointer.read_text(encoding="utf-8").strip()
    if not is_whole(folder):
        raise IndexMissing(index_dir)
    return folder


def is_whole(build: Path) -> bool:
    """Whether a build was written to its end."""
    return (build / _MANIFEST).is_file()


def put_in_service(index_dir: Path, build: Path) -> None:
    """Make a whole build the one in service, in one step."""
    pending = index_dir / f"{_CURRENT}.pending"
    pending.write_text(build.name, encoding="utf-8")
    os.replace(pending, index_dir / _CURRENT)


def read_manifest(build: Path) -> Manifest:
    """Read the manifest of a build.

    Raises:
        IndexMissing: The build is not whole.
        IndexStale: Built with another index schema, whose manifest may have another form.
    """
    path = build / _MANIFEST
    if not path.is_file():
        raise IndexMissing(build)
    raw = json.loads(path.read_text(encoding="utf-8"))
    if (found := raw.get("schema_version")) != SCHEMA_VERSION:
        raise IndexStale(expected=f"schema {SCHEMA_VERSION}", found=f"schema {found}")
    raw["sources"] = tuple(SourceVersion(**source) for source in raw["sources"])
    return Manifest(**raw)
