"""Hard words: found where they stand, explained, and never within names or markers."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.domain.language import Language
from assistant.errors import PromptError
from assistant.guidance.words import WordList, load_words
from assistant.retrieval.text import fold


@dataclass(frozen=True)
class Case:
    id: str
    language: Language
    text: str
    found: tuple[tuple[str, str], ...]


FOUND = (
    Case(
        "inflected",
        Language.SV,
        "Fråga handläggaren om praktiken.",
        (("handläggaren", "handlaggare"), ("praktiken", "praktik")),
    ),
    Case(
        "once each",
        Language.SV,
        "Komvux är gratis. På komvux får du betyg.",
        (("Komvux", "komvux"), ("betyg", "betyg")),
    ),
    Case(
        "longest",
        Language.SV,
        "Du behöver grundläggande behörighet.",
        (("grundläggande behörighet", "grundlaggande-behorighet"),),
    ),
    Case("not within a word", Language.SV, "Praktiskt taget alla.", ()),
    Case("not in a marker", Language.SV, "Det är gratis [#komvux].", ()),
    Case(
        "not in bold",
        Language.SV,
        "**Handläggare och utredare** är yrken där du hjälper andra.",
        (("yrken", "yrke"),),
    ),
    Case("not in what the person said", Language.SV, "Du skrev ”praktik på ett hotell”.", ()),
    Case("not in a name", Language.SV, "Hon arbetar på Validering Nord.", ()),
    Case(
        "a word that is a name",
        Language.SV,
        "Annonsen finns i Platsbanken.",
        (("Annonsen", "annons"), ("Platsbanken", "platsbanken")),
    ),
    Case(
        "English",
        Language.EN,
        "Student aid is for adult education.",
        (("Student aid", "studiemedel"), ("adult education", "komvux")),
    ),
    Case("Swedish in English", Language.EN, "Ask at komvux.", (("komvux", "komvux"),)),
)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.id)
def test_where_hard_words_stand(case: Case) -> None:
    found = load_words(case.language).find(case.text)
    assert tuple((case.text[f.start : f.end], f.word.key) for f in found) == case.found


@pytest.mark.parametrize("language", Language)
def test_every_form_leads_to_one_word(language: Language) -> None:
    words = load_words(language)
    assert len(words.words) >= 120
    forms = [
        (fold(form), word.key) for word in words.words for form in {fold(f) for f in (word.word, *word.forms)}
    ]
    assert len({form for form, _ in forms}) == len(forms)
    assert all(words.meaning_of(form) is not None for form, _ in forms)


@pytest.mark.parametrize("language", Language)
def test_each_word_has_its_meaning_and_its_other_language(language: Language) -> None:
    words, others = load_words(language), {w.key: w for w in load_words(language.other).words}
    for word in words.words:
        assert word.meaning.endswith("."), word.key
        assert word.other == others[word.key].word
        # No source vouches for it, so it states no number; and it never explains by itself.
        assert not any(c.isdigit() for c in f"{word.word}{word.meaning}"), word.key


def test_what_is_not_in_the_list_has_no_meaning() -> None:
    words = load_words(Language.SV)
    assert words.meaning_of("banan") is None
    assert words.meaning_of("  Valideringen? ") == words.meaning_of("validering")


def _write(root: Path, name: str, text: str) -> None:
    (root / "words").mkdir(exist_ok=True)
    (root / "words" / name).write_text(text, encoding="utf-8")


GOOD = "lon:\n  word: lön\n  forms: []\n  meaning: Pengar.\n"


@pytest.mark.parametrize(
    ("swedish", "said"),
    [
        ("lon: [", "words"),
        ("", "no words"),
        ("skatt:\n  word: skatt\n  forms: []\n  meaning: Pengar.\n", "only in one language"),
        ("lon:\n  word: lön\n  forms: []\n", "'meaning'"),
    ],
    ids=["not YAML", "empty", "another word", "no meaning"],
)
def test_a_malformed_list_is_refused(swedish: str, said: str, tmp_path: Path) -> None:
    _write(tmp_path, "en.yaml", GOOD)
    _write(tmp_path, "sv.yaml", swedish)
    with pytest.raises(PromptError, match=said):
        load_words(Language.SV, root=tmp_path)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="words"):
        load_words(Language.SV, root=tmp_path)


def test_words_are_read_in_the_language_asked_for(tmp_path: Path) -> None:
    _write(tmp_path, "sv.yaml", GOOD)
    _write(tmp_path, "en.yaml", GOOD.replace("lön", "pay"))
    words = load_words(Language.EN, root=tmp_path)
    assert isinstance(words, WordList)
    assert [(word.word, word.other) for word in words.words] == [("pay", "lön")]
