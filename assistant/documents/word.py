"""The text of a DOCX file."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assistant.documents.kinds import Failure, Unreadable

_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 60_000_000
_READ_AT_ONCE = 1 << 16
# Word writes neither: they are how an XML file is made to grow without end or to fetch others.
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
# A cell with more paragraphs is a column of the page rather than a field of a row.
_MOST_OF_A_FIELD = 3
_DEEPEST = 8


def word_text(data: bytes) -> str:
    """The text of the body, line by line, without headers, footers, comments, macros and embedded files.

    Raises:
        Unreadable: Damaged, made to do harm, or pictures only.
    """
    try:
        _inspect(data)
        document = docx.Document(io.BytesIO(data))
    # lxml's error of syntax is Python's.
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, EOFError, SyntaxError) as exc:
        raise Unreadable(Failure.BROKEN, type(exc).__name__) from exc
    lines = list(_lines(document.element.body, document, 0))
    if not any(map(str.strip, lines)) and document.element.body.findall(f".//{qn('w:drawing')}"):
        raise Unreadable(Failure.SCANNED)
    return "\n".join(lines)


def _inspect(data: bytes) -> None:
    """Unpack every part once, counting, before anything is believed that the archive says of itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS:
            raise Unreadable(Failure.BROKEN, "too many parts")
        unpacked = 0
        for part in parts:
            is_xml = part.filename.lower().endswith((".xml", ".rels"))
            with packed.open(part) as opened:
                before = b""
                while piece := opened.read(_READ_AT_ONCE):
                    unpacked += len(piece)
                    if unpacked > _LARGEST_UNPACKED:
                        raise Unreadable(Failure.BROKEN, "unpacks to too much")
                    # UTF-16 would hide a declaration, and Word writes UTF-8.
                    plain = (before + piece).replace(b"\x00", b"").upper()
                    if is_xml and any(word in plain for word in _FORBIDDEN):
                        raise Unreadable(Failure.BROKEN, "declares entities")
                    before = piece[-20:]


def _lines(parent: object, owner: object, depth: int) -> Iterator[str]:
    """The lines of a body or a cell, paragraphs and tables in their order."""
    for child in parent.iterchildren():  # type: ignore[attr-defined]  # python-docx's elements are untyped
        if child.tag == qn("w:p"):
            yield from Paragraph(child, owner).text.split("\n")  # type: ignore[arg-type]
            for box in _text_boxes(child):
                yield from _lines(box, owner, depth + 1) if depth < _DEEPEST else ()
        elif child.tag == qn("w:tbl") and depth < _DEEPEST:
            yield from _of_table(Table(child, owner), depth)  # type: ignore[arg-type]
        elif child.tag == qn("w:sdt"):
            # A field of a form has its content within.
            for content in child.findall(qn("w:sdtContent")):
                yield from _lines(content, owner, depth + 1)


def _text_boxes(paragraph: object) -> list[object]:
    """The text boxes tied to a paragraph, each once: Word writes them again for its older versions."""
    found = paragraph.iter(qn("w:txbxContent"))  # type: ignore[attr-defined]
    return [box for box in found if not any("Fallback" in str(above.tag) for above in box.iterancestors())]


def _of_table(table: Table, depth: int) -> Iterator[str]:
    for row in table.rows:
        # A merged cell stands in every column that it covers.
        cells = {id(cell._tc): cell for cell in row.cells}
        columns = [list(_of_cell(cell, depth)) for cell in cells.values()]
        if sum(len(column) > _MOST_OF_A_FIELD for column in columns) > 1:
            for column in columns:
                yield from [*column, ""]
            continue
        yield "\t".join(column[0] if column else "" for column in columns).rstrip()
        for column in columns:
            yield from column[1:]
    yield ""


def _of_cell(cell: _Cell, depth: int) -> Iterator[str]:
    return _lines(cell._tc, cell, depth + 1)
