"""The files in `public/` as the page loads them: once, however often it is opened."""

import hashlib
import json
from functools import cache
from pathlib import Path

from assistant.settings import PROJECT_DIR

_PUBLIC = PROJECT_DIR / "public"


@cache
def files_version(folder: Path = _PUBLIC) -> str:
    """8 hex digits that name the content of all files; addresses with them may be kept for good."""
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def elements_path() -> str:
    """Where the page finds all elements; like Chainlit's own assets, named by content."""
    return f"/assets/elements-{files_version()}.json"


def elements_bundle(folder: Path = _PUBLIC / "elements") -> bytes:
    """All elements by their names, as JSON."""
    sources = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.jsx"))}
    return json.dumps(sources, ensure_ascii=False).encode()
