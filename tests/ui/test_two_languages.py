from dataclasses import dataclass, replace

import pytest

from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.domain.source import Citation
from assistant.guidance.words import load_words
from assistant.prompts import load_texts
from assistant.ui.laid_out import elements_in_both, elements_of
from assistant.ui.two_languages import pairs, with_sources_of_both
from tests.cards import ABOUT
from tests.fakes import PATHS, SOURCES

TEXTS = load_texts(folder="ui")
WORDS = {each: load_words(each) for each in Language}
FIRST, SECOND = SOURCES
IN_ENGLISH = replace(
    PATHS,
    language=Language.EN,
    text="Here are your ways forward [1].",
    citations=(Citation(1, SECOND),),
    paths=tuple(replace(card, label=f"{card.label} (en)", why="You drove [1].") for card in PATHS.paths),
    choices=(Choice("more", "What else can I do?"),),
)


@dataclass(frozen=True)
class Lines:
    id: str
    shown: str
    other: str
    expected: dict[str, str]


LINES = (
    Lines("one line", "Hej.", "Hello.", {"Hej.": "Hello."}),
    Lines("the same in both", "Arabic", "Arabic", {}),
    Lines("line by line", "A\n1. B\n2. C", "a\n1. b\n2. c", {"A": "a", "1. B": "1. b", "2. C": "2. c"}),
    Lines("paragraph by paragraph", "A\nB\n\nC", "a\n\nc", {"B": "a", "C": "c"}),
    Lines("whole", "A\n\nB", "a\n\nb\n\nc", {"B": "a\n\nb\n\nc"}),
    Lines("nothing to say", "A", "", {}),
)


@pytest.mark.parametrize("lines", LINES, ids=lambda lines: lines.id)
def test_a_text_is_paired_as_finely_as_it_can_be(lines: Lines):
    assert pairs({"text": lines.shown}, {"text": lines.other}, {}) == lines.expected


@dataclass(frozen=True)
class Marked:
    id: str
    shown: str
    other: str
    expected: str


MARKED = (
    Marked("said above", "Du kör [1].", "You drive [2].", "You drive."),
    Marked("another source", "Du kör [1].", "You drive [3].", "You drive [4]."),
    Marked("said above among others", "Du kör [1] [2].", "You drive [2].", "You drive."),
)


@pytest.mark.parametrize("marked", MARKED, ids=lambda marked: marked.id)
def test_the_other_line_names_only_the_sources_that_the_first_does_not(marked: Marked):
    found = pairs({"text": marked.shown}, {"text": marked.other}, {2: 1, 3: 4})
    assert found == {marked.shown: marked.expected}


def test_ids_and_drawings_are_not_texts():
    shown = {"id": "a", "svg": "<svg>hej</svg>", "label": "Pris"}
    assert pairs(shown, {"id": "b", "svg": "<svg>hi</svg>", "label": "Price"}, {}) == {"Pris": "Price"}


def test_items_that_only_one_has_are_left_alone():
    shown = {"facts": [{"key": "pay", "label": "Lön"}, {"key": "ads", "label": "Annonser"}]}
    other = {"facts": [{"key": "ads", "label": "Ads"}]}
    assert pairs(shown, other, {}) == {"Annonser": "Ads"}


def test_an_answer_cites_what_either_telling_cites():
    third = replace(FIRST, source_id="third")
    told = replace(IN_ENGLISH, citations=(Citation(1, SECOND), Citation(2, third)))
    answer, _, renumbered = with_sources_of_both(PATHS, told)
    assert [(c.marker, c.source.source_id) for c in answer.citations] == [
        (1, FIRST.source_id),
        (2, SECOND.source_id),
        (3, "third"),
    ]
    assert renumbered == {1: 2, 2: 3}


def beside(elements, name):
    assert elements[name]["pairs"]["language"] == "en"
    return elements[name]["pairs"]["texts"]


def test_cards_and_buttons_say_both():
    elements = elements_in_both(PATHS, IN_ENGLISH, TEXTS, WORDS)
    said = beside(elements, "PathCards")
    assert said["Lastbilsförare"] == "Lastbilsförare (en)"
    assert said["Du passar nu"] == "You fit now"
    assert said["Vad som saknas"] == "What is missing"
    # Another source than the line above it has, so its own marker stands there.
    assert said["Du har kört lastbil i sju år [1]."] == "You drove [2]."
    assert beside(elements, "Told")["Här är dina vägar [1]."] == "Here are your ways forward [2]."


def test_what_one_telling_says_below_its_cards_is_not_lost():
    answer = replace(ABOUT, text="Om det här.")
    told = replace(ABOUT, language=Language.EN, text=f"About it.\n\n{ABOUT.text}\n\nDoes it fit?")
    assert "Closing" not in elements_of(answer, TEXTS, WORDS)
    said = beside(elements_in_both(answer, told, TEXTS, WORDS), "Told")
    assert "Does it fit?" in said["Om det här."]


def test_paths_that_the_page_shows_already_have_no_pair():
    elements = elements_in_both(replace(PATHS, paths=()), IN_ENGLISH, TEXTS, WORDS)
    assert "PathCards" not in elements
