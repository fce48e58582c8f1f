"""The text of a PDF file."""

import io
import logging
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from assistant.documents.kinds import Failure, Unreadable
from assistant.documents.layout import Piece, lines_of, rows_of, without_running

MOST_PAGES = 50
_LARGEST_CONTENT = 5_000_000


def pdf_text(data: bytes) -> str:
    """The text of a PDF file, line by line, without what runs at the top and bottom of every page.

    Raises:
        Unreadable: Encrypted, damaged, too long, or pictures only.
    """
    # It warns of every slip in a file, on standard error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = _pages(PdfReader(io.BytesIO(data)))
        rows = [rows_of(_pieces(page)) for page in pages]
        if not any(rows) and any(_has_picture(page) for page in pages):
            raise Unreadable(Failure.SCANNED)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as exc:
        raise Unreadable(Failure.BROKEN, type(exc).__name__) from exc
    return "\n".join(line for page in without_running(rows) for line in lines_of(page))


def _pages(reader: PdfReader) -> list[PageObject]:
    if reader.is_encrypted:
        try:
            # Many are locked against changes only and open with an empty password.
            opened = reader.decrypt("")
        except (DependencyError, NotImplementedError) as exc:
            raise Unreadable(Failure.ENCRYPTED) from exc
        if not opened:
            raise Unreadable(Failure.ENCRYPTED)
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(Failure.TOO_LARGE, f"{MOST_PAGES} pages")
    return list(reader.pages)


def _pieces(page: PageObject) -> list[Piece]:
    """The pieces of text of a page, in the order in which they are drawn."""
    pieces: list[Piece] = []

    def note(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        for i, line in enumerate(text.split("\n")):
            if line.strip():
                pieces.append(Piece(line, x, y - i * size * scale * 1.2, size * scale))

    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) <= _LARGEST_CONTENT:
        page.extract_text(visitor_text=note)
    return pieces


def _has_picture(page: PageObject) -> bool:
    return len(page.images) > 0
