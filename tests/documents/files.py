"""Small files of every kind, well made and not, for tests of reading."""

import io
import zipfile
from collections.abc import Mapping

import docx
from reportlab.pdfgen.canvas import Canvas

LINES = ("Work experience", "2015-2019 Carpenter, BuildCo", "Built roofs and windows.")


def pdf_of(*lines: str, password: str = "", pages: int = 1) -> bytes:
    """A PDF with the lines on each of its pages."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1, encrypt=password or None)
    for _ in range(pages):
        for i, line in enumerate(lines):
            canvas.drawString(72, 760 - 16 * i, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def pdf_with(objects: bytes) -> bytes:
    """A PDF of objects as written, in which the first is the catalogue, without a table of them."""
    return b"%PDF-1.4\n" + objects + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def docx_of(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_parts(packed: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A DOCX with parts replaced or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()


def part_of(packed: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return opened.read(name)
