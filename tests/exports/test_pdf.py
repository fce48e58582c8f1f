"""The PDF, read back: its text, its tags, and what a screen reader needs."""

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from assistant.domain.dossier import Dossier
from assistant.domain.profile import Experience, Profile, SpokenLanguage
from assistant.exports.document import lay_out
from assistant.exports.pdf import pdf_document
from assistant.prompts import load_texts
from tests.exports.dossiers import ALL, DOUBLE, EMPTY, EN, SINGLE, SV, said, squeezed

TEXTS = load_texts(folder="exports")


def read(dossier: Dossier) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_document(dossier, TEXTS)))


def text_of(reader: PdfReader) -> str:
    # Some fonts have a sign of their own for "fi".
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in reader.pages))


def elements(node: Any) -> Iterator[Any]:
    """All elements below a part of the structure tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    for child in node if isinstance(node, list) else [node]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            if "/S" in child:
                yield child
            if "/K" in child:
                yield from elements(child["/K"])


def roles(reader: PdfReader) -> Counter[str]:
    root: Any = reader.trailer["/Root"]
    return Counter(element["/S"] for element in elements(root["/StructTreeRoot"]["/K"]))


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_the_pdf_says_all_that_the_document_says(dossier: Dossier) -> None:
    reader = read(dossier)
    shown = squeezed(text_of(reader))
    # pypdf gives what is written from right to left in the order of the page.
    texts = [text for text in said(lay_out(dossier, TEXTS)) if text.isascii() or "محمد" not in text]
    missing = [text for text in texts if squeezed(unicodedata.normalize("NFKC", text)) not in shown]
    assert missing == []


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_the_pdf_is_tagged_titled_and_in_its_language(dossier: Dossier) -> None:
    reader = read(dossier)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == dossier.languages[0]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == lay_out(dossier, TEXTS).whole_title
    assert reader.metadata.author is None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/StructTreeRoot"]["/K"]


def test_headings_lists_tables_and_links_have_their_roles() -> None:
    found = roles(read(SINGLE))
    assert found["/H1"] == 5
    assert found["/H2"] > 5
    assert found["/H3"] == len(SINGLE.profile.experiences)
    assert found["/TH"] == 2 * found["/Table"] > 0
    assert found["/LI"] >= 4
    assert found["/Link"] == 2


def test_the_parts_in_the_other_language_are_marked() -> None:
    reader = read(DOUBLE)
    root: Any = reader.trailer["/Root"]
    by_structure = [element.get("/Lang") for element in elements(root["/StructTreeRoot"]["/K"])]
    assert EN in by_structure
    contents = reader.pages[0].get_contents()
    assert contents is not None
    assert b"Lang(en)" in contents.get_data(), "the English half of a heading"


def test_headings_can_be_jumped_to() -> None:
    titles: list[Any] = [entry["/Title"] for entry in read(DOUBLE).outline if isinstance(entry, dict)]
    assert titles[0] == f"{TEXTS.say('profile.title', SV)} / {TEXTS.say('profile.title', EN)}"


LONG_WORDS = SpokenLanguage(
    "motorfordonsreparationsverkstad", "https://www.example.org/a-long-address/of-a-page"
)


def test_long_words_are_divided_in_narrow_columns() -> None:
    text = text_of(read(replace(DOUBLE, profile=Profile(languages=(LONG_WORDS,)))))
    # pypdf reads every hyphen as one that divides, once there is one.
    assert squeezed("motorfordonsrepara-tionsverkstad") in squeezed(text.replace("\xad", "-"))


def test_nothing_unseen_is_put_into_the_text_of_one_language() -> None:
    text = text_of(read(replace(SINGLE, profile=Profile(languages=(LONG_WORDS,)))))
    assert LONG_WORDS.name in text
    assert [char for char in text if unicodedata.category(char) == "Cf"] == []


def test_letters_of_other_scripts_are_kept() -> None:
    assert "محمد"[::-1] in text_of(read(SINGLE)) or "محمد" in text_of(read(SINGLE))


def test_a_script_without_a_font_still_makes_a_tagged_pdf(caplog: pytest.LogCaptureFixture) -> None:
    told = replace(EMPTY, profile=Profile(experiences=(Experience("ትግርኛ \U0001f9a6 𒀀", "", ""),)))
    reader = read(told)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert roles(reader)["/H3"] == 1
    assert "without the mark" in caplog.text
    assert not set("ትግርኛ𒀀") & set(caplog.text), "no log holds the person's words"


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert pdf_document(DOUBLE, TEXTS) == pdf_document(DOUBLE, TEXTS)
