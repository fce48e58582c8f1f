"""A file's bytes to its plain text."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.documents.kinds import Failure, Kind, kind_of
from assistant.documents.mending import mended
from assistant.documents.plain import decoded
from assistant.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentError,
    DocumentMissing,
    DocumentScanned,
    DocumentTooLarge,
    DocumentUnsupported,
)
from assistant.settings import PROJECT_DIR

LARGEST_BYTES = 5_000_000
# Of plain text; a CV has some 5,000 characters.
LONGEST_TEXT = 100_000
_SLOWEST_S = 20.0
_LOOK_EVERY_S = 0.1
_READER = "assistant.documents.reader_process"
_UNSUPPORTED = {
    Kind.OLD_WORD: "doc",
    Kind.PICTURE: "picture",
    Kind.RICH_TEXT: "rtf",
    Kind.OPEN_DOCUMENT: "odt",
    Kind.UNKNOWN: "unknown",
}


def read_file(path: Path) -> str:
    """The text of a file, as `read_document`.

    Raises:
        DocumentMissing: As `file_bytes`.
        DocumentError: As `read_document`.
    """
    return read_document(file_bytes(path))


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, and no more than it takes to tell that they are too many.

    Raises:
        DocumentMissing: No such file, or none that may be read.
    """
    try:
        # A pipe or a device would keep the reader waiting.
        if not path.is_file():
            raise DocumentMissing
        with path.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as exc:
        raise DocumentMissing from exc


def read_document(data: bytes, *, is_stopped: Callable[[], bool] = lambda: False) -> str:
    """The text of a PDF, DOCX or text file, line by line; cells of a row are parted by tabs.

    What kind of file it is, its content tells and not its name. PDF and DOCX are parsed in a process of
    their own with little memory and time, since strangers make them: one that breaks the parser, or
    keeps it busy for ever, harms that process alone. Blocking, up to 20 s, commonly half a second.

    Args:
        data: The file.
        is_stopped: Whether nobody waits for it any more; the process is then ended.

    Raises:
        DocumentTooLarge: More than 5 MB or 50 pages.
        DocumentUnsupported: A file of another kind.
        DocumentEncrypted: Locked with a password.
        DocumentScanned: Pictures of text only.
        DocumentEmpty: Nothing to read in it.
        DocumentBroken: Damaged, made to do harm, or stopped.
    """
    if len(data) > LARGEST_BYTES:
        raise DocumentTooLarge(limit=f"{LARGEST_BYTES // 1_000_000} MB")
    kind = kind_of(data)
    if kind is Kind.ENCRYPTED_OFFICE:
        raise DocumentEncrypted
    if kind in _UNSUPPORTED:
        raise DocumentUnsupported(kind=_UNSUPPORTED[kind])
    text = mended(decoded(data) if kind is Kind.TEXT else _read_apart(kind, data, is_stopped))[:LONGEST_TEXT]
    if not any(character.isalnum() for character in text):
        raise DocumentEmpty
    return text


def _read_apart(kind: Kind, data: bytes, is_stopped: Callable[[], bool]) -> str:
    # No key in the environment is the parser's business.
    with subprocess.Popen(
        [sys.executable, "-m", _READER, kind.value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT_DIR,
        env={},
    ) as process:
        output = _output(process, data, is_stopped)
    if process.returncode:
        raise DocumentBroken(reason=f"ended with {process.returncode}")
    try:
        answer = json.loads(output)
    except json.JSONDecodeError as exc:
        raise DocumentBroken(reason=type(exc).__name__) from exc
    if failure := answer.get("failure"):
        raise _error(Failure(failure), str(answer["reason"]))
    return str(answer["text"])


def _output(process: "subprocess.Popen[bytes]", data: bytes, is_stopped: Callable[[], bool]) -> bytes:
    """What the process writes; one that is too slow or not waited for any more is ended."""
    give_up = time.monotonic() + _SLOWEST_S
    left: bytes | None = data
    while not is_stopped() and time.monotonic() < give_up:
        try:
            return process.communicate(left, timeout=_LOOK_EVERY_S)[0]
        except subprocess.TimeoutExpired:
            # What is given once is sent on by itself.
            left = None
    process.kill()
    return process.communicate()[0]


def _error(failure: Failure, reason: str) -> DocumentError:
    match failure:
        case Failure.ENCRYPTED:
            return DocumentEncrypted()
        case Failure.SCANNED:
            return DocumentScanned()
        case Failure.TOO_LARGE:
            return DocumentTooLarge(limit=reason)
        case Failure.BROKEN:
            return DocumentBroken(reason=reason)
