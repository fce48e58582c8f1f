from dataclasses import dataclass

import pytest

from assistant.guidance.whereabouts import whereabouts
from assistant.retrieval.places.names import PlaceFinder


@dataclass(frozen=True)
class Case:
    id: str
    words: str
    code: str
    region: str


FOUND = (
    Case("a name", "Malmö", "1280", "12"),
    Case("in a phrase", "i Malmö", "1280", "12"),
    Case("in English", "in Gothenburg", "1480", "14"),
    Case("misspelt", "malmo", "1280", "12"),
    Case("a county", "Skåne", "12", "12"),
    Case("a county by its full name", "Stockholms län", "01", "01"),
    Case("a name that is a word too", "Vara", "1470", "14"),
    Case("the same in lower case", "lund", "1281", "12"),
)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case.id)
def test_a_place_is_found_in_the_persons_words(case: Case, places: PlaceFinder) -> None:
    found = whereabouts(places, case.words)
    assert found.place is not None
    assert (found.place.code, found.region_code) == (case.code, case.region)
    assert not found.is_unknown


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_are_the_whole_country(words: str, places: PlaceFinder) -> None:
    found = whereabouts(places, words)
    assert (found.place, found.region_code, found.is_unknown) == (None, "00", False)


def test_words_that_name_no_place_are_said_to_be_unknown(places: PlaceFinder) -> None:
    found = whereabouts(places, "Xyzzyland")
    assert (found.place, found.region_code, found.is_unknown) == (None, "00", True)


def test_of_several_places_the_first_counts_and_the_others_are_kept(places: PlaceFinder) -> None:
    found = whereabouts(places, "Malmö eller Göteborg")
    assert found.place is not None
    assert found.place.name == "Malmö"
    assert [place.name for place in found.others] == ["Göteborg"]
