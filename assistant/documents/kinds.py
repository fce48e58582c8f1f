"""What kind of file bytes are, and in what ways reading one may fail. Pure functions, no I/O."""

import io
import zipfile
from enum import StrEnum

_PDF_WITHIN = 1024
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_PART = "word/document.xml"
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Control characters that no text has; tab, line feed, form feed and carriage return are fine.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\f\r")


class Kind(StrEnum):
    """Kinds of file that are told apart."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"
    ENCRYPTED_OFFICE = "encrypted_office"
    OLD_WORD = "old_word"
    PICTURE = "picture"
    RICH_TEXT = "rich_text"
    OPEN_DOCUMENT = "open_document"
    UNKNOWN = "unknown"


class Failure(StrEnum):
    """Ways in which the process that parses a file may give it back unread."""

    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class Unreadable(Exception):
    """Carries a failure to the end of the reading process; never leaves it."""

    def __init__(self, failure: Failure, reason: str = "") -> None:
        self.failure = failure
        self.reason = reason
        super().__init__(f"{failure}: {reason}")


def kind_of(data: bytes) -> Kind:
    """The kind of a file, by its content."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return Kind.ENCRYPTED_OFFICE if _ENCRYPTED_PACKAGE in data else Kind.OLD_WORD
    if data.startswith(_PICTURES):
        return Kind.PICTURE
    if data.startswith(b"{\\rtf"):
        return Kind.RICH_TEXT
    return Kind.TEXT if _is_text(data) else Kind.UNKNOWN


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # Cut off: the parser says so.
        return Kind.DOCX if _WORD_PART.encode() in data else Kind.UNKNOWN
    if _WORD_PART in names:
        return Kind.DOCX
    return Kind.OPEN_DOCUMENT if "content.xml" in names and "mimetype" in names else Kind.UNKNOWN


def _is_text(data: bytes) -> bool:
    return data.startswith(_BYTE_ORDER_MARKS) or not any(byte in _NO_TEXT for byte in data)
