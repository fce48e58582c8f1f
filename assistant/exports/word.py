"""The document as an accessible Word file: built-in headings and lists, languages marked, no user names."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from assistant.domain.dossier import Dossier
from assistant.domain.language import Language
from assistant.exports.document import lay_out
from assistant.exports.layout import (
    Block,
    Both,
    Bullets,
    ByHand,
    Document,
    Heading,
    Note,
    Notes,
    Paragraph,
    Said,
    Table,
    Tone,
)
from assistant.prompts import Texts

_LOCALES = {Language.SV: "sv-SE", Language.EN: "en-GB"}
_INK = RGBColor(0x1B, 0x1F, 0x24)
_MUTED = RGBColor(0x4A, 0x52, 0x60)
_LINK = RGBColor(0x0B, 0x4F, 0x8A)
_SIZES = {"Normal": 12, "Title": 24, "Heading 1": 18, "Heading 2": 14.5, "Heading 3": 12.5, "Footer": 11}
_MARGIN = Cm(2.2)
_TEXT_WIDTH = Cm(21 - 2 * 2.2)


def word_document(dossier: Dossier, texts: Texts) -> bytes:
    """The document as DOCX, with the same text as the PDF.

    Nothing is written to disk.

    Args:
        dossier: What it is made of.
        texts: Those of `prompts/exports`.
    """
    document = lay_out(dossier, texts)
    file = docx.Document()
    _set_properties(file, document)
    _set_styles(file, document.languages[0])
    _set_page(file, document.footer)
    _Body(file, document).write()
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def _set_properties(file: WordFile, document: Document) -> None:
    made_at = datetime.fromisoformat(document.made_at)
    # The format knows no time zones and means UTC.
    made_at = made_at.astimezone(UTC).replace(tzinfo=None) if made_at.tzinfo else made_at
    properties = file.core_properties
    properties.title = document.whole_title
    properties.language = _LOCALES[document.languages[0]]
    properties.author = properties.last_modified_by = "Vägvisare"
    properties.comments = " / ".join(said.text for said in document.footer)
    properties.created = properties.modified = made_at


def _set_styles(file: WordFile, language: Language) -> None:
    for name, size in _SIZES.items():
        style = file.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = _INK
    for element in file.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), _LOCALES[language])
    # Footers are given their tab where the page is.
    file.styles["Footer"].paragraph_format.tab_stops.clear_all()
    spacing = file.styles["Normal"].paragraph_format
    spacing.space_after = Pt(6)
    spacing.line_spacing = 1.15


def _set_page(file: WordFile, footer: Both) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    paragraph = section.footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _say_in_line(paragraph, footer)
    paragraph.add_run("\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _say(paragraph: WordParagraph, said: Said, *, bold: bool | None = None) -> Run:
    run = paragraph.add_run(said.text)
    run.bold = bold
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LOCALES[said.language])
    run._r.get_or_add_rPr().append(language)
    return run


def _say_in_line(paragraph: WordParagraph, says: Both) -> None:
    for number, said in enumerate(says):
        if number:
            paragraph.add_run(" / ")
        _say(paragraph, said)


def _say_stacked(paragraph: WordParagraph, says: Both) -> None:
    for number, said in enumerate(says):
        if number:
            paragraph.add_run(" /").add_break(WD_BREAK.LINE)
        _say(paragraph, said)


class _Body:
    """Writes the blocks of a document into a Word file."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self._file = file
        self._document = document
        self._is_double = len(document.languages) > 1

    def write(self) -> None:
        """The title and all blocks."""
        _say_stacked(self._file.add_paragraph(style="Title"), self._document.title)
        runs = [list(run) for _, run in groupby(self._document.blocks, key=type)]
        for number, run in enumerate(runs):
            around = runs[max(0, number - 1) : number] + runs[number + 1 : number + 2]
            prose = [block for block in run if isinstance(block, Paragraph) and block.tone is Tone.PLAIN]
            # Word joins two tables that follow each other, so beside one there are no columns.
            beside_table = any(isinstance(near[0], Table | Bullets) for near in around)
            if self._is_double and number and len(prose) == len(run) and not beside_table:
                self._add_pairs(prose)
            else:
                for block in run:
                    self._add(block)

    def _add(self, block: Block) -> None:
        if isinstance(block, Heading):
            _say_stacked(self._file.add_paragraph(style=f"Heading {block.level}"), block.says)
        elif isinstance(block, Paragraph):
            self._add_paragraph(block)
        elif isinstance(block, ByHand):
            self._add_line_by_hand(block)
        elif isinstance(block, Bullets):
            self._add_bullets(block)
        elif isinstance(block, Table):
            self._add_table(block)
        else:
            self._add_notes(block)

    def _add_paragraph(self, block: Paragraph) -> None:
        paragraph = self._file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        for column in range(len(block.says)):
            if column:
                paragraph.add_run(" /").add_break(WD_BREAK.LINE)
            _say_column(paragraph, block, column)

    def _add_line_by_hand(self, block: ByHand) -> None:
        paragraph = self._file.add_paragraph()
        tabs = paragraph.paragraph_format.tab_stops
        tabs.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
        _say_in_line(paragraph, block.says)
        paragraph.add_run(" \t")

    def _add_bullets(self, block: Bullets) -> None:
        if self._is_double:
            table = self._new_table(self._document.language_names, (1, 1))
            for item in block.items:
                _say_cells(table, item)
            return
        for item in block.items:
            _say(self._file.add_paragraph(style="List Bullet"), item[0])

    def _add_table(self, block: Table) -> None:
        table = self._new_table(self._by_language(block.header), block.widths * len(self._document.languages))
        for row in block.rows:
            _say_cells(table, self._by_language(row))

    def _by_language(self, cells: tuple[Both, ...]) -> Both:
        """The cells of the main language, then those of the other one."""
        return tuple(says[column] for column in range(len(self._document.languages)) for says in cells)

    def _add_pairs(self, paragraphs: Iterable[Paragraph]) -> None:
        table = self._new_table(self._document.language_names, (1, 1))
        for block in paragraphs:
            for column, cell in enumerate(_new_row(table)):
                _say_column(cell, block, column)

    def _new_table(self, header: Both, widths: tuple[int, ...]) -> WordTable:
        table: WordTable = self._file.add_table(rows=1, cols=len(header), style="Table Grid")
        table.autofit = False
        for column, share in zip(table.columns, widths, strict=True):
            # Word goes by the cells, other programs by the columns; further rows follow the columns.
            column.width = column.cells[0].width = Length(_TEXT_WIDTH * share // sum(widths))
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for cell, said in zip(table.rows[0].cells, header, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.keep_with_next = True
            _say(paragraph, said, bold=True)
        return table

    def _add_notes(self, notes: Notes) -> None:
        for note in notes.items:
            self._add_note(note)

    def _add_note(self, note: Note) -> None:
        paragraph = self._file.add_paragraph(style="List")
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)
        paragraph.add_run(f"[{note.number}] ")
        for number, said in enumerate(note.says):
            if number:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            _say(paragraph, said)
        if note.address:
            paragraph.add_run().add_break(WD_BREAK.LINE)
            _add_link(paragraph, note.address)


def _say_column(paragraph: WordParagraph, block: Paragraph, column: int) -> None:
    if block.lead:
        _say(paragraph, block.lead[column], bold=True)
        paragraph.add_run(" ")
    run = _say(paragraph, block.says[column], bold=None if block.tone is Tone.PLAIN else True)
    if block.tone is Tone.MARK:
        run.font.size = Pt(11)
        run.font.color.rgb = _MUTED


def _say_cells(table: WordTable, says: Both) -> None:
    for paragraph, said in zip(_new_row(table), says, strict=True):
        _say(paragraph, said)


def _new_row(table: WordTable) -> list[WordParagraph]:
    """The paragraphs of a new row's cells; the row stays on one page."""
    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return [cell.paragraphs[0] for cell in row.cells]


def _add_link(paragraph: WordParagraph, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    run = paragraph.add_run(address)
    run.font.color.rgb = _LINK
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)
