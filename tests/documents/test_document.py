"""Files that people hand over, those that mean harm among them."""

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from assistant.documents.document import LARGEST_BYTES, read_document, read_file
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
from tests.documents.files import LINES, docx_of, part_of, pdf_of, pdf_with, saved, with_parts

DOCUMENT = "word/document.xml"
KINDS = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"


@dataclass(frozen=True)
class Case:
    id: str
    data: Callable[[], bytes]


@dataclass(frozen=True)
class Refused(Case):
    error: type[DocumentError]


READ = (
    Case("pdf", lambda: pdf_of(*LINES)),
    Case("docx", lambda: docx_of(*LINES)),
    Case("text", lambda: "\n".join(LINES).encode()),
    Case("text with a byte order mark", lambda: "\n".join(LINES).encode("utf-8-sig")),
    Case("text in UTF-16", lambda: "\r\n".join(LINES).encode("utf-16")),
    Case("pdf after other bytes", lambda: b"\r\n\r\n" + pdf_of(*LINES)),
)


@pytest.mark.parametrize("case", READ, ids=lambda case: case.id)
def test_every_kind_of_file_says_the_same(case: Case) -> None:
    assert [line for line in read_document(case.data()).split("\n") if line] == list(LINES)


def test_text_of_an_old_swedish_computer_keeps_its_letters() -> None:
    assert read_document("Målare på Öland – sedan 1998".encode("cp1252")) == "Målare på Öland – sedan 1998"


def bomb() -> bytes:
    """Unpacks to 200 MB."""
    return with_parts(docx_of("x"), {"word/media/image1.bin": bytes(200_000_000)})


def with_declaration(declared: bytes) -> bytes:
    packed = docx_of("x")
    body = part_of(packed, DOCUMENT)
    return with_parts(packed, {DOCUMENT: body.replace(b"<w:document", declared + b"<w:document", 1)})


def docx_with_many_parts() -> bytes:
    return with_parts(docx_of("x"), {f"word/media/{i}.bin": b"" for i in range(2_500)})


def pdf_nested(deep: int) -> bytes:
    pages = (
        b"2 0 obj << /Type /Pages /Count 1 /Kids " + b"[" * deep + b"3 0 R" + b"]" * deep + b" >> endobj\n"
    )
    return pdf_with(b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n" + pages)


def pdf_of_many_objects() -> bytes:
    junk = b"".join(b"%d 0 obj null endobj\n" % i for i in range(10, 200_000))
    return pdf_with(b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n" + junk)


def pdf_of_pages_within_themselves() -> bytes:
    return pdf_with(
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Count 1 /Kids [2 0 R] >> endobj\n"
    )


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(written, "PNG")
    return written.getvalue()


def scanned_pdf() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(written, "PDF")
    return written.getvalue()


def scanned_docx() -> bytes:
    document = docx.Document()
    document.add_picture(io.BytesIO(picture()))
    return saved(document)


def spreadsheet() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = (
    Refused("too many bytes", lambda: b"a" * (LARGEST_BYTES + 1), DocumentTooLarge),
    Refused("too many pages", lambda: pdf_of("x", pages=51), DocumentTooLarge),
    Refused("locked pdf", lambda: pdf_of(*LINES, password="secret"), DocumentEncrypted),
    Refused(
        "locked docx", lambda: OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), DocumentEncrypted
    ),
    Refused("old word", lambda: OLE + bytes(100), DocumentUnsupported),
    Refused("picture", picture, DocumentUnsupported),
    Refused("rich text", lambda: rb"{\rtf1 Carpenter}", DocumentUnsupported),
    Refused("spreadsheet", spreadsheet, DocumentUnsupported),
    Refused("program", lambda: b"\x7fELF" + bytes(200), DocumentUnsupported),
    Refused("empty", lambda: b"", DocumentEmpty),
    Refused("blanks only", lambda: b" \n\t\n--\n", DocumentEmpty),
    Refused("empty pdf", lambda: pdf_of(), DocumentEmpty),
    Refused("empty docx", lambda: docx_of(), DocumentEmpty),
    Refused("scanned pdf", scanned_pdf, DocumentScanned),
    Refused("scanned docx", scanned_docx, DocumentScanned),
    Refused("truncated pdf", lambda: pdf_of(*LINES)[:-40], DocumentBroken),
    Refused("truncated docx", lambda: docx_of(*LINES)[:9_000], DocumentBroken),
    Refused("pdf by its first line only", lambda: b"%PDF-1.7\nhello", DocumentBroken),
    Refused("pdf nested 200,000 deep", lambda: pdf_nested(200_000), DocumentBroken),
    Refused("pdf of 200,000 objects and no page", pdf_of_many_objects, DocumentBroken),
    Refused("pages within themselves", pdf_of_pages_within_themselves, DocumentBroken),
    Refused("docx that unpacks to 200 MB", bomb, DocumentBroken),
    Refused("docx of too many parts", docx_with_many_parts, DocumentBroken),
    Refused(
        "entity that grows",
        lambda: with_declaration(b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        DocumentBroken,
    ),
    Refused(
        "entity that fetches",
        lambda: with_declaration(b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        DocumentBroken,
    ),
    Refused(
        "docx with broken XML", lambda: with_parts(docx_of("x"), {DOCUMENT: b"<w:document"}), DocumentBroken
    ),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.id)
def test_a_file_that_cannot_be_read_is_refused_for_its_own_reason(case: Refused) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(case.data())
    assert type(refused.value) is case.error


def test_the_name_of_a_file_says_nothing_of_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "cv.docx"
    file.write_bytes(pdf_of(*LINES))
    assert "Carpenter" in read_file(file)


def test_what_is_no_file_is_missing(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "none.pdf", tmp_path, pipe, Path("/dev/zero"), Path("a\x00b")):
        with pytest.raises(DocumentMissing):
            read_file(path)


def test_macros_links_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Header of a template"
    document.sections[0].footer.paragraphs[0].text = "Footer of a template"
    document.add_paragraph("Carpenter")
    packed = with_parts(
        saved(document), {"word/vbaProject.bin": b"Sub AutoOpen()", "word/embeddings/a.bin": b"MZ"}
    )
    assert read_document(packed) == "Carpenter"


def pdf_with_actions() -> bytes:
    """A PDF that would run a script and a program when opened, with a program embedded."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("Carpenter")))
    writer.add_attachment("cv.exe", b"MZ" + bytes(50))
    launch = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("sh")}
    )
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.launchURL('http://127.0.0.1:9/');"),
            NameObject("/Next"): launch,
        }
    )
    writer.root_object[NameObject("/OpenAction")] = script
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def docx_with_actions() -> bytes:
    """A DOCX with macros, an embedded OLE file, and a template and a picture that lie elsewhere."""
    outside = (
        b'<Relationship Id="rId901" TargetMode="External" Target="http://127.0.0.1:9/t.dotm"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b'<Relationship Id="rId902" TargetMode="External" Target="file:///etc/passwd"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b'<Relationship Id="rId903" Target="embeddings/oleObject1.bin"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"/>'
    )
    packed = docx_of("Carpenter")
    relations = part_of(packed, RELATIONS).replace(b"</Relationships>", outside + b"</Relationships>")
    kinds = part_of(packed, KINDS).replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    parts = {
        KINDS: kinds,
        RELATIONS: relations,
        "word/vbaProject.bin": OLE + b"Sub AutoOpen()",
        "word/embeddings/oleObject1.bin": OLE + b"MZ",
    }
    return with_parts(packed, parts)


HARMFUL = (
    Case("pdf with script, launch and program", pdf_with_actions),
    Case("docx with macros, OLE and links", docx_with_actions),
    Case("pdf that is a zip too", lambda: pdf_of("Carpenter") + docx_of("x")),
    Case("pdf within a page of the web", lambda: b"<script>alert(1)</script>\n" + pdf_of("Carpenter")),
)


@pytest.mark.parametrize("case", HARMFUL, ids=lambda case: case.id)
def test_nothing_in_a_file_is_run_fetched_or_opened(case: Case) -> None:
    assert read_document(case.data()) == "Carpenter"


def test_a_reading_that_nobody_waits_for_is_ended() -> None:
    with pytest.raises(DocumentBroken):
        read_document(pdf_of(*LINES), is_stopped=lambda: True)


def test_cells_of_a_row_stand_on_one_line_and_a_column_stays_whole() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("2015-2019", "Carpenter"), strict=True):
        cell.text = text
    left, right = table.rows[1].cells
    left.text = "Skills\nExcel\nWelding\nFirst aid\nDrawing"
    right.text = "Work\n2019\nDriver\nTaxi\nOslo"
    lines = read_document(saved(document)).split("\n")
    assert lines[0] == "2015-2019\tCarpenter"
    assert lines.index("Drawing") < lines.index("Work")
