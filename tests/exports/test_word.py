"""The Word file, opened again by python-docx and by our own reader of CVs."""

import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from assistant.documents.word import word_text
from assistant.domain.dossier import Dossier
from assistant.exports.document import lay_out
from assistant.exports.layout import Block, Bullets, Heading, Table
from assistant.exports.word import word_document
from assistant.prompts import load_texts
from tests.exports.dossiers import ALL, DOUBLE, EN, SINGLE, SV, said, squeezed

TEXTS = load_texts(folder="exports")


def opened(dossier: Dossier) -> WordFile:
    return docx.Document(io.BytesIO(word_document(dossier, TEXTS)))


def count(dossier: Dossier, kind: type[Block]) -> int:
    return sum(isinstance(block, kind) for block in lay_out(dossier, TEXTS).blocks)


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_the_word_file_says_all_that_the_document_says(dossier: Dossier) -> None:
    shown = squeezed(word_text(word_document(dossier, TEXTS)))
    footer = {each.text for each in lay_out(dossier, TEXTS).footer}
    texts = [text for text in said(lay_out(dossier, TEXTS)) if text not in footer]
    assert [text for text in texts if squeezed(text) not in shown] == []


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_headings_and_lists_are_built_in_ones_and_nothing_is_empty(dossier: Dossier) -> None:
    file = opened(dossier)
    styles = [str(paragraph.style and paragraph.style.name) for paragraph in file.paragraphs]
    assert sum(style.startswith("Heading ") for style in styles) == count(dossier, Heading)
    assert styles[0] == "Title"
    assert all(paragraph.text.strip() for paragraph in file.paragraphs), "no empty lines for room"


@pytest.mark.parametrize("dossier", [SINGLE, DOUBLE], ids=["single", "double"])
def test_tables_have_header_rows_that_are_repeated(dossier: Dossier) -> None:
    tables = opened(dossier).tables
    assert len(tables) >= count(dossier, Table) > 0
    for table in tables:
        assert table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
        assert all(cell.text for cell in table.rows[0].cells)


def test_no_table_follows_another_without_a_word_between() -> None:
    tags = [child.tag for child in opened(DOUBLE).element.body]
    assert (qn("w:tbl"), qn("w:tbl")) not in list(pairwise(tags))


def runs(file: WordFile) -> Iterator[tuple[str, str]]:
    """Each run's text and language."""
    for run in file.element.body.iter(qn("w:r")):
        language: Any = run.find(f".//{qn('w:lang')}")
        yield run.text, "" if language is None else language.get(qn("w:val"))


def test_every_text_is_marked_with_its_language() -> None:
    marked = dict(runs(opened(DOUBLE)))
    assert marked[TEXTS.say("profile.title", SV)] == "sv-SE"
    assert marked[TEXTS.say("profile.title", EN)] == "en-GB"


def test_the_properties_name_the_document_and_no_person() -> None:
    properties = opened(DOUBLE).core_properties
    assert properties.title == lay_out(DOUBLE, TEXTS).whole_title
    assert properties.language == "sv-SE"
    assert {properties.author, properties.last_modified_by} == {"Vägvisare"}
    assert properties.created.isoformat() == DOUBLE.made_at


def test_sources_are_links() -> None:
    packed = zipfile.ZipFile(io.BytesIO(word_document(SINGLE, TEXTS)))
    relations = packed.read("word/_rels/document.xml.rels").decode()
    assert 'Target="https://www.transportstyrelsen.se/ykb" TargetMode="External"' in relations


def test_one_language_has_lists_and_two_have_columns() -> None:
    single, double = opened(SINGLE), opened(DOUBLE)
    bullets = [p for p in single.paragraphs if p.style and p.style.name == "List Bullet"]
    assert bullets
    assert count(SINGLE, Bullets) > 0
    assert not [p for p in double.paragraphs if p.style and p.style.name == "List Bullet"]
    assert len(double.tables) > len(single.tables)
