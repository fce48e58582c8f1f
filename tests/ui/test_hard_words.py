from assistant.domain.language import Language
from assistant.guidance.words import HardWord, WordList
from assistant.ui.hard_words import MOST_WORDS, with_hard_words

PAY = HardWord("lon", "lön", ("lönen", "löner"), "Pengar som du får för ditt arbete.", "pay")
PLACE = HardWord("praktik", "praktik", ("praktiken",), "Du provar ett arbete.", "work placement")
WORDS = WordList(Language.SV, (PAY, PLACE))


def test_a_hard_word_is_a_link_where_it_first_stands():
    elements = with_hard_words(
        {
            "Told": {"text": "Lönen är **lön** [1]. Lön och praktik."},
            "Plan": {"title": "Praktik", "steps": [{"title": "Lön", "text": "Sök praktik och lön."}]},
        },
        WORDS,
    )
    assert elements["Told"]["text"] == (
        "[Lönen](#word-lon) är **lön** [1]. Lön och [praktik](#word-praktik)."
    )
    assert elements["Plan"] == {
        "title": "Praktik",
        "steps": [{"title": "Lön", "text": "Sök praktik och lön."}],
    }


def test_what_the_links_explain_is_told_in_both_languages():
    elements = with_hard_words({"Told": {"text": ""}, "Comparison": {"cells": ["Lön [2]."]}}, WORDS)
    assert elements["Comparison"]["cells"] == ["[Lön](#word-lon) [2]."]
    assert elements["Told"]["words"] == [
        {
            "id": "lon",
            "word": "lön",
            "explanation": "Pengar som du får för ditt arbete.",
            "language": "sv",
            "other": "pay",
            "other_language": "en",
        }
    ]


def test_there_are_never_many_links():
    many = [HardWord(f"w{n}", f"ord{n}", (), "Ett ord.", f"word{n}") for n in range(20)]
    text = " ".join(word.word for word in many)
    elements = with_hard_words({"Told": {"text": text}}, WordList(Language.SV, tuple(many)))
    assert str(elements["Told"]["text"]).count("](#word-") == MOST_WORDS
