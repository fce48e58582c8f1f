"""What an index was built from, and which build is in service.

An index folder holds `builds/<name>/` and a file `current` that names the build in service. The
file is replaced in one step, and only after a build is whole, so a killed build changes nothing.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import IndexMissing, IndexStale

SCHEMA_VERSION = 3
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

    `by_type` counts passages by passage type; `content_hash` is the SHA-256 of all facts and passages.
    """

    schema_version: int
    built_at: str
    encoder: str
    concepts: int
    passages: int
    by_type: dict[str, int]
    sources: tuple[SourceVersion, ...]
    content_hash: str

    def write(self, folder: Path) -> None:
        """Write the manifest into a build's folder, last of all its files."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / _MANIFEST).write_text(text, encoding="utf-8")

    def summary(self) -> dict[str, object]:
        """The form that `status --json` and `/health` print."""
        return {
            "built_at": self.built_at,
            "encoder": self.encoder,
            "counts": {"concepts": self.concepts, "passages": self.passages, "by_type": self.by_type},
            "sources": [asdict(source) for source in self.sources],
        }

    def require(self, encoder_name: str) -> None:
        """Refuse an index that this program cannot search.

        Raises:
            IndexStale: Built with another encoder.
        """
        if encoder_name != self.encoder:
            raise IndexStale(expected=f"encoder {encoder_name}", found=f"encoder {self.encoder}")


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
    if not (folder / _MANIFEST).is_file():
        raise IndexMissing(index_dir)
    return folder


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
