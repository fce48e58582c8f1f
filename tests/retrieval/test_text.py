import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import snowballstemmer

from assistant.retrieval.text import character_units, content_words, fold, unaccented, word_units, words


@dataclass(frozen=True)
class Case:
    id: str
    given: str
    expected: object


FOLDED = (
    Case("capitals", "STÄDARE på Hotell", "städare på hotell"),
    Case("white space", "  kock \n\t och\u00a0bagare ", "kock och bagare"),
    Case("decomposed letters", "sta\u0308dare", "städare"),
    Case("full-width letters", "ＣＮＣ", "cnc"),
    Case("typographic apostrophe", "I’ve", "i've"),
    Case("empty", "", ""),
)


@pytest.mark.parametrize("case", FOLDED, ids=lambda case: case.id)
def test_fold(case: Case) -> None:
    assert fold(case.given) == case.expected
    assert fold(fold(case.given)) == case.expected


WORDS = (
    Case("punctuation", "Kock, bagare & diskare!", ["kock", "bagare", "diskare"]),
    Case("programming languages", "C++, C# och .NET", ["c++", "c#", "och", "net"]),
    Case("hyphens and underscores", "IT-support snake_case", ["it", "support", "snake", "case"]),
    Case("digits", "10 år, B96", ["10", "år", "b96"]),
    Case("other scripts", "سائق kock 厨师", ["سائق", "kock", "厨师"]),
    Case("emoji", "😀👍", []),
)


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case.id)
def test_words(case: Case) -> None:
    assert words(case.given) == case.expected


CONTENT = (
    Case("Swedish", "Jag har jobbat som kock i många år", ["kock"]),
    Case("English", "I have worked as a truck driver", ["truck", "driver"]),
    Case("mixed", "jag was svetsare and welder", ["svetsare", "welder"]),
    Case("words that name work stay", "hjälpte till hemma med händerna", ["hjälpte", "hemma", "händerna"]),
    Case("nothing else left", "jag jobbade", ["jag", "jobbade"]),
    Case("nothing", "!!!", []),
)


@pytest.mark.parametrize("case", CONTENT, ids=lambda case: case.id)
def test_content_words(case: Case) -> None:
    assert content_words(case.given) == case.expected


def test_inflected_words_share_a_unit_in_either_language() -> None:
    assert set(word_units("bagare")) & set(word_units("bagarna"))
    assert set(word_units("cleaned offices")) & set(word_units("cleaning an office"))


def test_a_word_that_both_stemmers_agree_on_counts_once() -> None:
    assert word_units("robot") == ["robot"]


def test_diacritics_are_dropped_where_they_may_be_missing() -> None:
    assert unaccented("städare på Åland, crêpe") == "stadare pa Aland, crepe"
    assert character_units("städare") == character_units("stadare")


def test_character_units_know_the_edges_of_a_word() -> None:
    assert character_units("kok") == ["^ko", "kok", "ok$", "^kok", "kok$", "^kok$"]
    assert character_units("😀") == []


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("busy_threads")
def test_threads_that_stem_at_once_get_the_same_units_as_one_alone() -> None:
    said = [
        f"{first}{last}"
        for first in ("lastbils", "köks", "vård", "bageri")
        for last in ("förarnas", "montörerna", "arbetet")
    ]
    many = [f"{word}{number}erna" for number in range(300) for word in said]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(word_units, many))
    alone = [snowballstemmer.stemmer(language) for language in ("swedish", "english")]
    assert together == [sorted({stemmer.stemWord(word) for stemmer in alone}) for word in many]
