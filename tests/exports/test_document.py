"""What the document says, in whatever format."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import pytest

from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.held import HowTold
from assistant.domain.language import Bilingual, Language
from assistant.exports.document import lay_out
from assistant.exports.dossier import SHOWN_KINDS
from assistant.exports.layout import Block, Document, Heading, Notes, Paragraph, Table
from assistant.exports.writer import Writer, day
from assistant.guidance.plain_language import lix
from assistant.prompts import load_texts
from tests.exports.dossiers import ALL, DOUBLE, EMPTY, EN, HOSTILE, HOSTILE_SHOWN, LORRY, SINGLE, SV, said

TEXTS = load_texts(folder="exports")
BlockT = TypeVar("BlockT", bound=Block)


def blocks(document: Document, kind: type[BlockT]) -> list[BlockT]:
    return [block for block in document.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_all_that_is_self_reported_says_so(dossier: Dossier) -> None:
    document = lay_out(dossier, TEXTS)
    first_heading = next(i for i, block in enumerate(document.blocks) if isinstance(block, Heading))
    mark = document.blocks[first_heading + 1]
    language = dossier.languages[0]
    assert isinstance(mark, Paragraph)
    assert mark.says[0].text == TEXTS.say("mark", language)
    assert TEXTS.say("self_reported", language) in list(said(document))
    assert document.footer[0].text == TEXTS.say("footer", language)


@pytest.mark.parametrize("dossier", ALL.values(), ids=ALL)
def test_every_text_is_there_in_every_language_and_no_heading_is_skipped(dossier: Dossier) -> None:
    document = lay_out(dossier, TEXTS)
    assert all(said(document)), "an empty text is a row without sense"
    for table in blocks(document, Table):
        cells = [*table.header, *(cell for row in table.rows for cell in row)]
        assert all(len(cell) == len(dossier.languages) for cell in cells)
        assert all(len(row) == len(table.header) == len(table.widths) for row in table.rows)
    levels = [heading.level for heading in blocks(document, Heading)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_profile_is_told_in_the_languages_asked_for() -> None:
    texts = list(said(lay_out(DOUBLE, TEXTS)))
    for wanted in (
        "Lastbilsförare m.fl. (SSYK 8332)",
        "Truck drivers (SSYK 8332)",
        "7 år",
        "7 years",
        "6 månader",
        "Syrien",
        "Syria",
        "Arabic",
        "Loading",
        "Gymnasium, Syrien",
        "fordon",
        "Körkort C",
        "Arbeta med samma sak som förut",
        "22 november 2026",
    ):
        assert any(wanted in text for text in texts), wanted


def test_own_words_keep_their_language() -> None:
    document = lay_out(replace(DOUBLE, languages=(EN, SV)), TEXTS)
    levels = [table for table in blocks(document, Table) if table.header[0][0].text == "Language"]
    own = levels[0].rows[0][1]
    assert sum("farmor" in text for text in said(document)) == 1, "a heading says own words once"
    assert [(each.text, each.language) for each in own] == [("är mitt modersmål", SV)] * 2
    assert TEXTS.say("about.own_words", EN) in list(said(document))
    assert TEXTS.say("about.own_words", SV) not in list(said(lay_out(SINGLE, TEXTS)))


def test_sources_are_numbered_through_the_document_and_the_same_in_both_languages() -> None:
    document = lay_out(DOUBLE, TEXTS)
    (notes,) = blocks(document, Notes)
    assert [note.number for note in notes.items] == [1, 2]
    assert (
        notes.items[0].says[0].text == "Yrkeskompetens (YKB) (Transportstyrelsen), hämtad 21 november 2026."
    )
    assert notes.items[0].address == "https://www.transportstyrelsen.se/ykb"
    pairs = [block.says for block in blocks(document, Paragraph)]
    assert any([each.text for each in says] == ["Du behöver körkort [1].", "Text [1]."] for says in pairs), (
        "the answer's [2] in Swedish and [1] in English are the same source"
    )


def test_a_mark_without_a_source_is_taken_out() -> None:
    uncited = replace(DOUBLE.plans[SV], citations=())
    document = lay_out(replace(SINGLE, plans={SV: uncited}, paths={}), TEXTS)
    assert blocks(document, Notes) == []
    assert "Du behöver körkort." in list(said(document))


def test_what_could_not_be_told_in_a_language_says_so() -> None:
    document = lay_out(replace(DOUBLE, languages=(EN,), plans={SV: DOUBLE.plans[SV]}), TEXTS)
    texts = list(said(document))
    assert TEXTS.say("untold", EN) in texts
    plan = next(h for h in blocks(document, Heading) if "Lastbilsförare" in h.says[0].text)
    assert plan.says[0].language is SV
    assert TEXTS.say("untold", EN) not in list(said(lay_out(DOUBLE, TEXTS)))


def test_nothing_told_is_said_to_be_nothing() -> None:
    texts = list(said(lay_out(EMPTY, TEXTS)))
    assert {TEXTS.say("profile.empty", SV), TEXTS.say("plan.ask", SV)} <= set(texts)


def test_where_each_kind_of_detail_comes_from_is_said() -> None:
    texts = list(said(lay_out(SINGLE, TEXTS)))
    assert "Skrivet i samtalet; Läst ur en fil, till exempel ett cv" in texts
    assert "Valt med en knapp" in texts


@pytest.mark.parametrize("language", [SV, EN])
def test_every_way_to_tell_every_kind_has_its_words(language: Language) -> None:
    assert all(TEXTS.say(f"origin.{each}", language) for each in (*SHOWN_KINDS, *HowTold))


def test_esco_is_named_only_where_its_codes_are_shown() -> None:
    assert not any("ESCO" in text for text in said(lay_out(SINGLE, TEXTS)))
    uri = "http://data.europa.eu/esco/isco/C8332"
    lorry = NamedConcept(LORRY, Bilingual("Lastbilsförare m.fl.", "Truck drivers"), "8332", uri)
    texts = list(said(lay_out(replace(SINGLE, concepts={LORRY: lorry}), TEXTS)))
    assert uri in texts
    assert any("ESCO classification of the European Commission" in text for text in texts)


def test_what_no_document_can_show_is_taken_out() -> None:
    assert HOSTILE_SHOWN in list(said(lay_out(HOSTILE, TEXTS)))


@pytest.mark.parametrize("language", [SV, EN])
def test_what_the_document_says_itself_is_easy_to_read(language: Language) -> None:
    keys = [key for key in TEXTS.keys(language) if key.startswith(("about.", "sources."))]
    keys += ["self_reported", "suggested", "plan.ask", "untold"]
    sentences = " ".join(TEXTS.template(key, language) for key in sorted(keys))
    assert 0 < lix(sentences) <= 40


@dataclass(frozen=True)
class Case:
    id: str
    years: float
    sv: str
    en: str


DURATIONS = (
    Case("a year", 1, "1 år", "1 year"),
    Case("parts", 2.5, "2,5 år", "2.5 years"),
    Case("a month", 0.08, "1 månad", "1 month"),
    Case("a summer", 0.25, "3 månader", "3 months"),
)


@pytest.mark.parametrize("case", DURATIONS, ids=lambda case: case.id)
def test_a_duration_is_said_as_people_say_it(case: Case) -> None:
    writer = Writer(TEXTS, (SV, EN))
    assert (writer.duration(case.years, SV), writer.duration(case.years, EN)) == (case.sv, case.en)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2026-11-20", "20 november 2026"), ("2026-11-21T09:30:00+00:00", "21 november 2026"), ("30", "30")],
)
def test_a_day_is_said_as_people_say_it(written: str, shown: str) -> None:
    assert day(written, SV) == shown
