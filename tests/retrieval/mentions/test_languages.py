"""Languages as people name them, and how well they say that they know them."""

from dataclasses import dataclass

import pytest

from assistant.retrieval.mentions.languages import languages_said, names_only_languages


@dataclass(frozen=True)
class Case:
    said: str
    expected: list[str]


LANGUAGES = (
    Case("arabiska och engelska", ["ar", "en"]),
    Case("Arabic, Kurdish (Sorani) and a little Swedish", ["ar", "ku", "ckb", "sv"]),
    Case("dari, pashto", ["fa_AF", "ps"]),
    Case("farsi, persian", ["fa"]),
    Case("tigrinja", ["ti"]),
    Case("somali; ukrainska; polska", ["so", "uk", "pl"]),
    Case("bra", []),
    Case("", []),
)


@pytest.mark.parametrize("case", LANGUAGES, ids=lambda case: case.said)
def test_languages(case: Case) -> None:
    assert [code for code, _ in languages_said(case.said)] == case.expected


def test_the_level_of_a_language_is_in_the_persons_words() -> None:
    said = languages_said("I speak Arabic fluently and a little Swedish, engelska B1")
    assert said == (("ar", "fluently"), ("sv", "little"), ("en", "B1"))
    assert languages_said("somali, litle swedish")[1] == ("sv", "little")


ONLY_LANGUAGES = (
    "somali, arabic and litle swedish",
    "Arabic and a bit of English, Swedish B1",
    "svenska, körkort B",
    "flytnade engelska och lite arabiska",
)
MORE_THAN_LANGUAGES = ("I taught English in Kabul", "lärare i svenska", "little", "we sold clothes")


def test_a_list_of_languages_is_told_from_other_answers() -> None:
    assert all(map(names_only_languages, ONLY_LANGUAGES))
    assert not any(map(names_only_languages, MORE_THAN_LANGUAGES))
