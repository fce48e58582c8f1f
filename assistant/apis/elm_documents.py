"""The documents of a file, a folder or a ZIP archive, one after the other.

No document is read beyond its limit by more than one byte, whatever an archive says of its size.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from assistant.apis.elm_graph import LARGEST_DOCUMENT_BYTES, SERVICE, format_of, unreadable
from assistant.errors import UpstreamUnavailable

MOST_DOCUMENTS = 5_000


def from_path(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each document in a folder or a file.

    Raises:
        UpstreamUnavailable: There is no such file or folder, or it cannot be opened.
        UpstreamMalformed: An archive cannot be read.
    """
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and format_of(file.name):
                    yield from _from_file(file)
        else:
            yield from _from_file(path)
    except OSError as error:
        reason = type(error).__name__
        raise UpstreamUnavailable(service=SERVICE, operation=f"reading {path.name}", reason=reason) from error


def _from_file(file: Path) -> Iterator[tuple[str, bytes]]:
    with file.open("rb") as opened:
        if zipfile.is_zipfile(opened):
            yield from _from_archive(file.name, opened)
            return
        opened.seek(0)
        yield file.name, opened.read(LARGEST_DOCUMENT_BYTES + 1)


def from_bytes(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each document in what an address gave.

    Raises:
        UpstreamMalformed: An archive cannot be read.
    """
    if content.startswith(b"PK"):
        return _from_archive(name, io.BytesIO(content))
    return iter([(name, content)])


def _from_archive(name: str, archive: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """The documents in an archive, one at a time; what an entry says of its own size is not relied on."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if format_of(entry.filename)]
            if len(entries) > MOST_DOCUMENTS:
                raise unreadable(name, f"more than {MOST_DOCUMENTS} documents")
            for entry in entries:
                with opened.open(entry) as document:
                    yield entry.filename, document.read(LARGEST_DOCUMENT_BYTES + 1)
    # A RuntimeError is an entry under a password; a NotImplementedError an unknown compression.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise unreadable(name, f"not a ZIP archive: {type(error).__name__}") from error
