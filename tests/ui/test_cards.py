from dataclasses import dataclass, replace

import pytest

from assistant.domain.conversation import AnswerEvent, Phase
from assistant.domain.language import Language
from assistant.prompts import load_texts
from assistant.ui import cards
from assistant.ui.cards import Labels
from tests.cards import PLANNED
from tests.fakes import CARDS, CITATIONS, CONFIRM, PATHS, SKILLS, SOURCES

TEXTS = load_texts(folder="ui")
SV = Labels(TEXTS, Language.SV)
EN = Labels(TEXTS, Language.EN)


@dataclass(frozen=True)
class Case:
    id: str
    given: str
    expected: str


def test_both_languages_have_the_same_texts():
    assert TEXTS.keys(Language.SV) == TEXTS.keys(Language.EN)


BROWSERS = (
    Case("swedish", "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
    Case("english", "en-US,en;q=0.9,sv;q=0.8", "en"),
    Case("another first", "ar, uk;q=0.9, en;q=0.8", "en"),
    Case("neither", "ar,so;q=0.8", "sv"),
    Case("not a prefix", "svx,enm", "sv"),
    Case("empty", "", "sv"),
)


@pytest.mark.parametrize("case", BROWSERS, ids=lambda case: case.id)
def test_the_browser_chooses_the_first_language(case: Case):
    assert cards.preferred_language(case.given) == case.expected


SHOWN = (
    Case("marker", "Det är så [1].", "Det är så [[1]](#source-1)."),
    Case("two markers", "Så [1][2].", "Så [[1]](#source-1)[[2]](#source-2)."),
    Case("unknown marker", "Så [7].", "Så [7]."),
    Case("swedish genitive", "EU:s regler", "EU\\:s regler"),
    Case("time of day", "klockan 10:30", "klockan 10:30"),
    Case("tilde", "~5 år till ~6 år", "\\~5 år till \\~6 år"),
)


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: case.id)
def test_text_is_shown_as_written_with_markers_as_links(case: Case):
    answer = AnswerEvent(case.given, Language.SV, Phase.PATHS, citations=CITATIONS)
    assert cards.told_markdown(case.given, answer) == case.expected


MOMENTS = (
    Case("date", "2026-11-20", "20 november 2026"),
    Case("time", "2026-11-21T09:30:00+00:00", "21 november 2026, 09:30 UTC"),
    Case("another zone", "2026-11-21T10:30:00+01:00", "21 november 2026, 09:30 UTC"),
    Case("neither", "i går", "i går"),
    Case("empty", "", ""),
)


@pytest.mark.parametrize("case", MOMENTS, ids=lambda case: case.id)
def test_moments_are_written_as_people_write_them(case: Case):
    assert cards.moment(case.given, Language.SV) == case.expected


def test_a_source_says_where_when_and_what():
    first, second = cards.source_props(reversed(CITATIONS), SV)
    assert (first["marker"], second["marker"]) == (1, 2)
    assert first["quote"] == SOURCES[0].quote
    assert first["url"] == SOURCES[0].url
    assert first["retrieved"] == "20 november 2026"


def test_an_address_that_is_no_web_page_is_not_offered():
    citation = replace(CITATIONS[0], source=replace(SOURCES[0], url="javascript:alert(1)"))
    assert cards.source_props([citation], SV)[0]["url"] == ""


def test_the_number_of_sources_is_written_out():
    assert cards.sources_props(CONFIRM, SV)["heading"] == "1 källa"
    assert cards.sources_props(PATHS, EN)["heading"] == "2 sources"


def test_paths_that_are_shown_already_are_not_shown_again():
    shown = cards.path_names(PATHS)
    again = cards.without_repeated_paths(replace(PATHS, text="Något annat [2]."), shown)
    assert again.paths == ()
    assert [citation.marker for citation in again.citations] == [2]


def test_the_sources_of_other_cards_stay():
    again = replace(PLANNED, text="Din plan.", paths=CARDS)
    assert cards.without_repeated_paths(again, cards.path_names(PATHS)).citations == CITATIONS
    assert cards.without_repeated_paths(PLANNED, ()) is PLANNED


def test_paths_that_changed_are_shown():
    shown = cards.path_names(PATHS)
    fewer = replace(PATHS, paths=CARDS[:2])
    assert cards.without_repeated_paths(fewer, shown) is fewer


def test_skills_and_other_choices_are_told_apart():
    props = cards.skills_props(SKILLS.choices, SV)
    assert [each["label"] for each in props["skills"]] == ["Lastning", "Lastsäkring"]
    assert [each["id"] for each in props["choices"]] == ["skills:none"]


def test_what_was_kept_is_said_in_words():
    choice_id = "skills:keep:aaaa_bbb_002,unknown"
    assert cards.kept_skills(choice_id, SKILLS.choices, EN) == "I can do this: Lastsäkring"
