from dataclasses import dataclass

import pytest

from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.mentions.details import (
    bare_number,
    country_name,
    country_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.mentions.kinds import kind_said
from assistant.retrieval.mentions.languages import language_name
from assistant.retrieval.mentions.licences import licences_said


@dataclass(frozen=True)
class Case:
    said: str
    expected: object


YEARS = (
    Case("7 years", 7),
    Case("7 år i Syrien", 7),
    Case("I was a cook for SEVEN years", 7),
    Case("jag var kock i sju år", 7),
    Case("tio ar", 10),
    Case("fjorton år", 14),
    Case("forty years", 40),
    Case("20+ years", 20),
    Case("15 yrs", 15),
    Case("2,5 år", 2.5),
    Case("2.5 years", 2.5),
    Case("ett halvt år", 0.5),
    Case("half a year", 0.5),
    Case("tre och ett halvt år", 3.5),
    Case("three and a half years", 3.5),
    Case("ett år", 1),
    Case("a year", 1),
    Case("ett par år", 2),
    Case("a couple of years", 2),
    Case("18 månader", 1.5),
    Case("18 months", 1.5),
    Case("2010-2017", 7),
    Case("1998 – 2004", 6),
    Case("from 2010 to 2017", 7),
    Case("mellan 2010 och 2017", 7),
    Case("I am 35 years old", None),
    Case("I am 35 years old and was a cook for 5 years", 5),
    Case("jag är 35 år och har varit kock i 5 år", 5),
    Case("I'm 7 years driver", 7),
    Case("för tre år sedan", None),
    Case("3 years ago", None),
    Case("I was born in 1985", None),
    Case("2017-2010", None),
    Case("200 år", None),
    Case("0 years", None),
    Case("två årstider", None),
    Case("many years", None),
    Case("", None),
)


@pytest.mark.parametrize("case", YEARS, ids=lambda case: case.said)
def test_years(case: Case) -> None:
    assert years_said(case.said) == case.expected


NUMBERS = (
    Case("7", 7),
    Case("sju", 7),
    Case("about seven", 7),
    Case("ungefär 10", 10),
    Case("2,5", 2.5),
    Case("a", 1),
    Case("en vän", None),
    Case("500", None),
    Case("no idea", None),
    Case("", None),
)


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case.said)
def test_a_number_as_an_answer(case: Case) -> None:
    assert bare_number(case.said) == case.expected


WITHOUT_DURATIONS = (
    Case("jag jobbade i 7 år som kock", "jag jobbade som kock"),
    Case("I was a cook for 7 years in Syria", "I was a cook in Syria"),
    Case("Kock 2010-2017", "Kock"),
    Case("5 år", ""),
    Case("kock", "kock"),
)


@pytest.mark.parametrize("case", WITHOUT_DURATIONS, ids=lambda case: case.said)
def test_durations_taken_out(case: Case) -> None:
    assert without_durations(case.said) == case.expected


COUNTRIES = (
    Case("in Syria", "SY"),
    Case("i Syrien", "SY"),
    Case("Syriens huvudstad", "SY"),
    Case("AFGHANISTAN", "AF"),
    Case("österrike", "AT"),
    Case("Osterrike", "AT"),
    Case("Turkey", "TR"),
    Case("Türkiye", "TR"),
    Case("turkiet", "TR"),
    Case("the UK", "GB"),
    Case("storbritannien", "GB"),
    Case("USA", "US"),
    Case("Kongo", "CD"),
    Case("Elfenbenskusten", "CI"),
    Case("i Bosnien", "BA"),
    Case("palestina", "PS"),
    Case("kosovo", "XK"),
    Case("Saudi Arabia", "SA"),
    Case("Sydsudan", "SS"),
    Case("Libanon och Turkiet", "LB"),
    Case("i tysklan", "DE"),
    Case("Iran", "IR"),
    Case("Irak", "IQ"),
    Case("in Damascus", "SY"),
    Case("körde taxi i bagdad", "IQ"),
    Case("at the central station", ""),
    Case("male nurse", ""),
    Case("hemma", ""),
    Case("in kitchens", ""),
    Case("", ""),
)


@pytest.mark.parametrize("case", COUNTRIES, ids=lambda case: case.said)
def test_countries(case: Case) -> None:
    assert country_said(case.said) == case.expected


WITHOUT_COUNTRIES = (
    Case("Cook in Syria for a hotel", "cook for a hotel"),
    Case("kock från Syrien", "kock"),
    Case("kock i köket", "kock i köket"),
)


@pytest.mark.parametrize("case", WITHOUT_COUNTRIES, ids=lambda case: case.said)
def test_countries_taken_out(case: Case) -> None:
    assert without_countries(case.said) == case.expected


LICENCES = (
    Case("jag har b-körkort", ("B",)),
    Case("Jag har B korkort", ("B",)),
    Case("a B license", ("B",)),
    Case("C licence and CE", ("C", "CE")),
    Case("körkort B, C och D", ("B", "C", "D")),
    Case("CE-körkort", ("CE",)),
    Case("Jag har körkort", ()),
    Case("I can drive a car", ()),
    Case("vitamin B", ()),
    Case("plan B is a school", ()),
    Case("", ()),
)


@pytest.mark.parametrize("case", LICENCES, ids=lambda case: case.said)
def test_licences(case: Case) -> None:
    assert licences_said(case.said, asked=False) == case.expected


ASKED_LICENCES = (
    Case("b", ("B",)),
    Case("B och C", ("B", "C")),
    Case("körkort c1e", ("C1E",)),
    Case("I have a B", ("B",)),
    Case("a", ("A",)),
    Case("no, a friend drives", ()),
    Case("svenska A2", ()),
    Case("nej", ()),
    Case("ja", ()),
)


@pytest.mark.parametrize("case", ASKED_LICENCES, ids=lambda case: case.said)
def test_licences_as_an_answer(case: Case) -> None:
    assert licences_said(case.said, asked=True) == case.expected


KINDS = (
    Case("I worked in a restaurant", ExperienceKind.PAID),
    Case("hemtjänst", ExperienceKind.PAID),
    Case("jag tog hand om mina barn", ExperienceKind.FAMILY),
    Case("I cared for my mother at home", ExperienceKind.FAMILY),
    Case("hemmafru i tio år", ExperienceKind.FAMILY),
    Case("raised three kids", ExperienceKind.FAMILY),
    Case("hade en egen restaurang", ExperienceKind.OWN_BUSINESS),
    Case("my own shop", ExperienceKind.OWN_BUSINESS),
    Case("freelance photographer", ExperienceKind.OWN_BUSINESS),
    Case("volontär på Röda korset", ExperienceKind.UNPAID),
    Case("unpaid internship", ExperienceKind.UNPAID),
    Case("praktik på förskola", ExperienceKind.UNPAID),
    Case("", ExperienceKind.PAID),
)


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case.said)
def test_kinds(case: Case) -> None:
    assert kind_said(case.said) is case.expected


def test_names_in_both_languages() -> None:
    assert [country_name("SY", language) for language in Language] == ["Syrien", "Syria"]
    assert [language_name("ti", language) for language in Language] == ["tigrinja", "Tigrinya"]
    assert country_name("Kurdistan", Language.SV) == "Kurdistan"
    assert language_name("xx-unknown", Language.EN) == "xx-unknown"
