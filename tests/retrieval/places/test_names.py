from dataclasses import dataclass

import pytest

from assistant.domain.place import Place, PlaceType
from assistant.retrieval.places.names import FoundPlace, PlaceEntry, PlaceFinder
from ingest.sources.places import read_places


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(read_places())


def named(finder: PlaceFinder, text: str) -> tuple[str, ...]:
    return tuple(found.place.name for found in finder.find(text))


@dataclass(frozen=True)
class Case:
    text: str
    places: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.text


def case(text: str, *places: str) -> Case:
    return Case(text, places)


EXACT = (
    # The name alone, in a sentence, in either language, in any case.
    case("Malmö", "Malmö"),
    case("jag bor i malmö", "Malmö"),
    case("I live in Malmö and want to work as a chef.", "Malmö"),
    case("JAG BOR I ÖREBRO", "Örebro"),
    case("Finns det jobb i Upplands Väsby?", "Upplands Väsby"),
    case("upplands-bro", "Upplands-Bro"),
    case("Malung-Sälen", "Malung-Sälen"),
    case("Vilka utbildningar finns i Östra Göinge?", "Östra Göinge"),
    case("Kan jag plugga i Hjo?", "Hjo"),
    # Without å, ä and ö, or with those of a neighbour's keyboard.
    case("jobb i malmo", "Malmö"),
    case("vaxjo", "Växjö"),
    case("ornskoldsvik", "Örnsköldsvik"),
    case("Ørebro", "Örebro"),
    case("Gavle", "Gävle"),
    # In the genitive, and with what kind of place it is.
    case("Malmös skolor", "Malmö"),
    case("Göteborgs Stad", "Göteborg"),
    case("Malmö kommun", "Malmö"),
    case("Lunds kommun", "Lund"),
    case("the city of Uppsala", "Uppsala"),
    case("Gotlands kommun", "Gotland"),
    # English forms, and what people say for short.
    case("jobs in Gothenburg", "Göteborg"),
    case("gbg eller sthlm", "Göteborg", "Stockholm"),
    case("i Övik", "Örnsköldsvik"),
    # Towns and districts.
    case("Jag bor på Hisingen", "Göteborg"),
    case("I live in Rinkeby", "Stockholm"),
    case("rosengård", "Malmö"),
    case("en restaurang i Visby", "Gotland"),
    case("nära Arlanda", "Sigtuna"),
    case("Åkersberga", "Österåker"),
    case("Västra Frölunda", "Göteborg"),
    # Regions.
    case("Skåne", "Skåne län"),
    case("Skåne län", "Skåne län"),
    case("i skane", "Skåne län"),
    case("jobs in Scania", "Skåne län"),
    case("Region Skåne", "Skåne län"),
    case("Stockholms län", "Stockholms län"),
    case("stockholm lan", "Stockholms län"),
    case("Stockholm county", "Stockholms län"),
    case("in the county of Stockholm", "Stockholms län"),
    case("stockholmslän", "Stockholms län"),
    case("Stockholmsregionen", "Stockholms län"),
    case("Storstockholm", "Stockholms län"),
    case("Uppsala län", "Uppsala län"),
    case("Örebro region", "Örebro län"),
    case("Kalmar", "Kalmar"),
    case("Kalmar län", "Kalmar län"),
    case("Västra Götaland", "Västra Götalands län"),
    case("Västra Götalands län", "Västra Götalands län"),
    case("vastra gotaland", "Västra Götalands län"),
    case("Dalarna", "Dalarnas län"),
    case("Gotland", "Gotland"),
    case("Gotlands län", "Gotlands län"),
    case("sörmland", "Södermanlands län"),
    case("Öland", "Kalmar län"),
    # Around a place.
    case("göteborgsområdet", "Göteborg"),
    case("Malmö-trakten", "Malmö"),
    # Several.
    case("Lund eller Malmö", "Lund", "Malmö"),
    case("Malmö, Lund och Helsingborg", "Malmö", "Lund", "Helsingborg"),
    case("Jag bor i Solna men kan pendla till Uppsala.", "Solna", "Uppsala"),
    case("Malmö, malmö eller Malmö kommun", "Malmö"),
    # Ordinary words, where they are places.
    case("Jag bor i Vara", "Vara"),
    case("vara kommun", "Vara"),
    case("Vara", "Vara"),
    case("ett lager i Ale", "Ale"),
    case("Marks kommun", "Mark"),
    case("i Boden", "Boden"),
    case("jag bor i lund", "Lund"),
    case("från Mora", "Mora"),
    case("i Nora", "Nora"),
    case("I live in Kista", "Stockholm"),
    case("jobb i Sala", "Sala"),
    case("i Dals-Ed", "Dals-Ed"),
    case("near Salem", "Salem"),
    case("Jag kommer från Berg", "Berg"),
)

MISSPELT = (
    case("in Gotenburg", "Göteborg"),
    case("Götborg", "Göteborg"),
    case("jag bor i götebrog", "Göteborg"),
    case("Goeteborg", "Göteborg"),
    case("jönköpng", "Jönköping"),
    case("Yonköping", "Jönköping"),
    case("norköping", "Norrköping"),
    case("i Stokholm", "Stockholm"),
    case("Stokholms län", "Stockholms län"),
    case("sundsval", "Sundsvall"),
    case("Cristianstad", "Kristianstad"),
    case("trolhättan", "Trollhättan"),
    case("jobb i malmu", "Malmö"),
    case("i Örbro", "Örebro"),
    case("Västra Götland", "Västra Götalands län"),
    case("Uppland Väsby", "Upplands Väsby"),
    case("skeleftea", "Skellefteå"),
    case("eskiltuna", "Eskilstuna"),
    case("Vällinby", "Stockholm"),
)

NOTHING = (
    "",
    "…",
    "Jag vill vara med barn.",
    "Det ska vara i tid",
    "att vara i köket",
    "I drink ale in the pub",
    "arbeta i mark och anläggning",
    "markarbete",
    "Jag jobbade hos Mark",
    "I worked with Mark in a shop",
    "in Mark's team",
    "a letter from Ed",
    "Vi satt i boden",
    "i berg och dalar",
    "borra i berg",
    "Hon heter Maria Lund",
    "Kim Lund var min chef",
    "Nora är min dotter",
    "till Nora",
    "from Nora",
    "I worked at Scania for five years",
    "jobbade på Scania",
    "I was angered by it",
    "kinda like cooking",
    "Jag har ont i handen",
    "where are you",
    "They are in the kitchen",
    "vi ses i salen",
    "ange ditt namn",
    "mala kaffe",
    "Jag kommer från Syrien och bor i Sverige",
    "I am from Holland",
    "from Poland, Iran and Somalia",
    "jag jobbade på lekland",
    "skanning av dokument",
    "skarva kablar",
    "svetsare, kock, undersköterska och busschaufför",
    "care assistant, warehouse worker and hotel cleaner",
    "Norrland",
    "hela landet",
    "länet",
    "i kommunen",
    "falukorv och västerbottensost",
    "göteborgare är glada",
    "1280",
)


@pytest.mark.parametrize("case", EXACT, ids=lambda case: case.id)
def test_a_place_is_found_as_it_is_named(case: Case, finder: PlaceFinder) -> None:
    assert named(finder, case.text) == case.places
    assert all(found.is_exact for found in finder.find(case.text))


@pytest.mark.parametrize("case", MISSPELT, ids=lambda case: case.id)
def test_a_misspelt_place_is_guessed_and_says_so(case: Case, finder: PlaceFinder) -> None:
    assert named(finder, case.text) == case.places
    assert not any(found.is_exact for found in finder.find(case.text))


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_name_no_place_find_none(text: str, finder: PlaceFinder) -> None:
    assert finder.find(text) == ()


def test_the_quote_is_what_the_text_says_of_the_place(finder: PlaceFinder) -> None:
    text = "Helst i Malmö kommun, annars i Stokholms län eller Region Skåne."
    assert [found.quote for found in finder.find(text)] == ["Malmö kommun", "Stokholms län", "Skåne"]


def test_letters_put_together_from_two_signs_are_read_as_one(finder: PlaceFinder) -> None:
    assert named(finder, "i Malmo\u0308") == ("Malmö",)


def test_every_place_is_found_by_its_own_name(finder: PlaceFinder) -> None:
    for entry in read_places():
        assert named(finder, f"Jag bor i {entry.place.name}") == (entry.place.name,)


def test_every_other_name_leads_to_its_place(finder: PlaceFinder) -> None:
    entries = read_places()
    own = {entry.place.name for entry in entries}
    for entry in entries:
        others = [name for name in entry.names[1:] if name not in own]
        assert all(named(finder, f"i {name}") == (entry.place.name,) for name in others)


def test_every_region_is_found_as_a_county_in_english(finder: PlaceFinder) -> None:
    regions = [entry for entry in read_places() if entry.place.type is PlaceType.REGION]
    for entry in regions:
        assert named(finder, f"in {entry.names[1]} county") == (entry.place.name,)


def test_a_place_is_found_by_its_code(finder: PlaceFinder) -> None:
    malmo, skane = finder.with_code("1280"), finder.with_code("12")
    assert malmo is not None
    assert skane is not None
    assert (malmo.name, malmo.type, malmo.region_code) == ("Malmö", PlaceType.MUNICIPALITY, "12")
    assert (skane.name, skane.type, skane.region_code) == ("Skåne län", PlaceType.REGION, "12")
    assert finder.with_code("9999") is None


def test_without_places_nothing_is_found() -> None:
    assert PlaceFinder(()).find("Malmö") == ()


def test_other_places_than_the_embedded_ones_may_be_found() -> None:
    place = Place("x", PlaceType.MUNICIPALITY, "9901", "Storby", "99")
    finder = PlaceFinder([PlaceEntry(place, ("Storby", "Hamnen"))])
    assert finder.find("nere i hamnen") == (FoundPlace(place, "hamnen", is_exact=True),)


HOSTILE = ("i " * 3000, "ö" * 5000, "Malmö " * 1000, "\x00\ud800 Malmö", "i 𝕸𝖆𝖑𝖒ö", "län" * 2000, "'’'" * 500)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_texts_do_no_harm(text: str, finder: PlaceFinder) -> None:
    assert len(finder.find(text)) <= 1
