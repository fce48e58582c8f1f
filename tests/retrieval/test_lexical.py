from pathlib import Path

import numpy as np

from assistant.retrieval.lexical import LexicalIndex, build_character_index, build_word_index
from assistant.retrieval.text import character_units, word_units

TEXTS = ["kock", "kock på fartyg", "städare på hotell", "bagare", "truck driver", "forklift driver"]


def best(index: LexicalIndex, query: str) -> str:
    return TEXTS[int(np.argmax(index.scores(query)))]


def test_scores_lie_between_nothing_and_the_same_words() -> None:
    index = build_word_index(TEXTS)
    for query in (*TEXTS, "kock kock kock", "jag var kock och bagare på hotell"):
        found = index.scores(query)
        assert found.shape == (len(TEXTS),)
        assert found.min() >= 0
        assert found.max() <= 1
    for position, text in enumerate(TEXTS):
        assert index.scores(text)[position] > 0.95
        assert best(index, text) == text


def test_the_shorter_text_that_says_it_all_comes_first() -> None:
    index = build_word_index(TEXTS)
    assert best(index, "kock") == "kock"
    assert best(index, "jag var kock på ett fartyg") == "kock på fartyg"


def test_words_that_no_text_has_count_against_a_match() -> None:
    index = build_word_index(TEXTS)
    assert index.scores("driver of ambulances")[4] < index.scores("driver")[4]
    assert index.scores("astronaut").tolist() == [0] * len(TEXTS)
    assert index.scores("").tolist() == [0] * len(TEXTS)


def test_characters_find_misspelt_words() -> None:
    index = build_character_index(TEXTS)
    assert best(index, "stadere") == "städare på hotell"
    assert best(index, "fourklift") == "forklift driver"
    assert build_word_index(TEXTS).scores("stadere").max() == 0


def test_an_index_survives_saving(tmp_path: Path) -> None:
    for name, build, units in (
        ("words", build_word_index, word_units),
        ("characters", build_character_index, character_units),
    ):
        index = build(TEXTS)
        index.save(tmp_path / name)
        again = LexicalIndex.load(tmp_path / name, units)
        for query in ("kock", "stadare", "driver on hotell", "astronaut"):
            assert np.array_equal(again.scores(query), index.scores(query))
