from dataclasses import dataclass

import pytest

from assistant.retrieval.spelling import Speller, is_common, near_name

SPELLER = Speller(
    "städare kock svetsare restaurang chaufför undersköterska bagare forklift welder timber".split()
)


@dataclass(frozen=True)
class Case:
    id: str
    typed: str
    mended: str


CASES = (
    Case("known", "svetsare", "svetsare"),
    Case("no diacritics", "stadare", "städare"),
    Case("a letter lost", "svetsre", "svetsare"),
    Case("a letter too many", "welderr", "welder"),
    Case("letters swapped", "forklfit", "forklift"),
    Case("two slips in a long word", "underskötreska", "undersköterska"),
    Case("as it sounds", "restorang", "restaurang"),
    Case("as it sounds, short", "kok", "kock"),
    Case("capitals and marks", "SVETSRE!", "svetsare"),
    Case("several words", "jag var bagar", "jag var bagare"),
    Case("a real word is left alone", "number", "number"),
    Case("a real Swedish word too", "vatten", "vatten"),
    Case("nothing near", "xyzzy", "xyzzy"),
    Case("digits", "123456", "123456"),
    Case("too short to tell", "ko", "ko"),
    Case("empty", "", ""),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_slips_are_mended_and_words_left_alone(case: Case) -> None:
    assert SPELLER.mended(case.typed) == case.mended


def test_without_a_vocabulary_nothing_is_mended() -> None:
    assert Speller([]).mended("svetsre bagar") == "svetsre bagar"


def test_a_name_is_found_by_one_slip() -> None:
    names = ("tyskland", "afghanistan", "iran", "irak")
    assert near_name("tysklan", names) == "tyskland"
    assert near_name("afganistan", names) == "afghanistan"
    assert near_name("iraq", names) == ""


def test_common_words_of_either_language() -> None:
    assert is_common("water")
    assert is_common("vatten")
    assert not is_common("svetsre")
