"""Sets the invented CVs of `cvs.yaml` as PDF and DOCX files; the same text gives the same bytes.

Run `python tests/evals/cvs/make_cvs.py DIR [FILE.yaml]` to look at them.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
import yaml
from docx.document import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
CELLS = "||"
_MARGIN, _LEADING, _BODY = 50.0, 13.0, 10.0
_ASIDE, _LABELS = 150.0, 165.0
_STYLES = {"# ": ("Helvetica-Bold", 18.0), "## ": ("Helvetica-Bold", 12.5), "- ": ("Helvetica", _BODY)}
# Zip's own earliest time, so that a file does not tell when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cv:
    """One CV of the set: what it says and how it is set."""

    id: str
    format: str
    layout: str
    text: str
    header: str = ""
    footer: str = ""

    @property
    def file_name(self) -> str:
        return f"{self.id}.{self.format}"


def read_cvs(file: Path) -> list[Cv]:
    """The CVs of a set, without the gold."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    names = Cv.__dataclass_fields__
    return [Cv(**{name: row[name] for name in names if name in row}) for row in rows]


def make_cvs(target: Path, source: Path = HERE / "cvs.yaml") -> list[Path]:
    """Write every CV of a set into a folder, and return the files."""
    target.mkdir(parents=True, exist_ok=True)
    files = []
    for cv in read_cvs(source):
        file = target / cv.file_name
        file.write_bytes(as_pdf(cv) if cv.format == "pdf" else as_docx(cv))
        files.append(file)
    return files


@dataclass(slots=True)
class _Pages:
    """Pages that break by themselves, each with the running header and footer."""

    cv: Cv
    canvas: Canvas
    y: float = 0.0
    number: int = 0
    bottom: float = field(default=_MARGIN + 20)

    def begin(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.y = A4[1] - _MARGIN
        self.canvas.setFont("Helvetica", 8)
        if self.cv.header:
            self.canvas.drawString(_MARGIN, A4[1] - 25, self.cv.header)
        if self.cv.footer:
            self.canvas.drawString(_MARGIN, 25, f"{self.cv.footer} {self.number}")
        if self.cv.header or self.cv.footer:
            # So that what runs on every page runs on two at least.
            self.bottom = A4[1] * 0.7 if self.number == 1 else _MARGIN + 20

    def draw(self, text: str, x: float, y: float, width: float) -> float:
        """Draw a line, wrapped; returns its height."""
        mark = next((mark for mark in _STYLES if text.startswith(mark)), "")
        font, size = _STYLES.get(mark, ("Helvetica", _BODY))
        shown = ("• " if mark == "- " else "") + text.removeprefix(mark).replace("**", "")
        lines = list(_wrapped(shown, font, size, width))
        self.canvas.setFont(font, size)
        for i, line in enumerate(lines):
            self.canvas.drawString(x, y - i * _LEADING, line)
        return len(lines) * _LEADING + (size - _BODY)

    def flow(self, text: str) -> None:
        """Draw a line or a row below the last one."""
        if self.y < self.bottom:
            self.begin()
        cells = [cell.strip() for cell in text.split(CELLS)]
        if len(cells) == 1:
            self.y -= self.draw(text, _MARGIN, self.y, A4[0] - 2 * _MARGIN) if text else _LEADING * 0.6
            return
        left = self.draw(cells[0], _MARGIN, self.y, _LABELS - 20)
        right = self.draw(cells[1], _MARGIN + _LABELS, self.y, A4[0] - 2 * _MARGIN - _LABELS)
        self.y -= max(left, right)


def _wrapped(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and stringWidth(longer, font, size) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def as_pdf(cv: Cv) -> bytes:
    """A CV as a PDF file."""
    written = io.BytesIO()
    # Without the time and a random id in it.
    canvas = Canvas(written, pagesize=A4, invariant=1)
    pages = _Pages(cv, canvas)
    pages.begin()
    top, aside, main = _columns(cv.text)
    for line in top:
        pages.flow(line)
    if cv.layout == "two-columns-by-row":
        _draw_by_row(pages, aside, main)
    else:
        _draw_column(pages, aside, _MARGIN, _ASIDE)
        _draw_column(pages, main, _MARGIN + _ASIDE + 30, A4[0] - 2 * _MARGIN - _ASIDE - 30)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _columns(text: str) -> tuple[list[str], list[str], list[str]]:
    """The lines above the columns, of the narrow one and of the wide one."""
    parts: dict[str, list[str]] = {"": [], "=== aside": [], "=== main": []}
    current = ""
    for line in text.rstrip().split("\n"):
        current = line if line in parts else current
        if line != current:
            parts[current].append(line)
    return parts[""], parts["=== aside"], parts["=== main"]


def _draw_column(pages: _Pages, lines: list[str], x: float, width: float) -> None:
    y = pages.y - 10
    for line in lines:
        y -= pages.draw(line, x, y, width)


def _draw_by_row(pages: _Pages, aside: list[str], main: list[str]) -> None:
    y = pages.y - 10
    for i in range(max(len(aside), len(main))):
        for column, x, width in ((aside, _MARGIN, _ASIDE), (main, _MARGIN + _ASIDE + 30, 315.0)):
            if i < len(column):
                pages.draw(column[i], x, y, width)
        y -= _LEADING * 1.2


def as_docx(cv: Cv) -> bytes:
    """A CV as a DOCX file."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = cv.header
    section.footer.paragraphs[0].text = cv.footer
    rows: list[list[str]] = []
    for line in [*cv.text.rstrip().split("\n"), ""]:
        if CELLS in line:
            rows.append([cell.strip() for cell in line.split(CELLS)])
            continue
        _add_table(document, rows)
        rows = []
        _add_line(document, line)
    written = io.BytesIO()
    document.save(written)
    return _undated(written.getvalue())


def _add_table(document: Document, rows: list[list[str]]) -> None:
    if rows:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text


def _add_line(document: Document, line: str) -> None:
    if line.startswith("# "):
        document.add_heading(line[2:], 0)
    elif line.startswith("## "):
        document.add_heading(line[3:], 1)
    elif line.startswith("- "):
        document.add_paragraph(line[2:], style="List Bullet")
    else:
        paragraph = document.add_paragraph()
        for i, run in enumerate(line.split("**")):
            paragraph.add_run(run).bold = i % 2 == 1


def _undated(packed: bytes) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()


if __name__ == "__main__":
    make_cvs(Path(sys.argv[1]), *map(Path, sys.argv[2:3]))
