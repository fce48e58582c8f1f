"""Whole CVs, made up, and what must not be taken out of them."""

from datetime import date

import pytest

from assistant.domain.concept import EducationLevel
from assistant.retrieval.cv.reader import read_cv
from assistant.retrieval.cv.values import CvReading
from assistant.retrieval.knowledge import Knowledge

TODAY = date(2026, 3, 1)
TITLE_FIRST = """Work experience
Cook
Grill House, Leeds, United Kingdom
2015 - 2019
Cooked for two hundred guests a day.

Taxi driver
City Cabs, Leeds
2010 - 2015"""
DATE_FIRST = """Arbetslivserfarenhet
2015 - 2019
Kock
Restaurang Ek, Lund

2010 - 2015
Taxiförare
Lunds Taxi"""
BESIDE = """Arbetslivserfarenhet
2015 - 2019\tKock, Restaurang Ek, Lund
2010 - 2015\tTaxiförare, Lunds Taxi"""
FORM = """Arbetslivserfarenhet
Datum\t2015 - 2019
Yrke eller befattning\tKock
Arbetsgivare\tRestaurang Ek
Datum\t2010 - 2015
Yrke eller befattning\tTaxiförare
Arbetsgivare\tLunds Taxi"""
NO_HEADINGS = """Sam Exempel
2015-2019 Kock, Restaurang Ek, Lund
2010-2015 Taxiförare, Lunds Taxi
2007-2010 Restaurangskolan, hotell- och restaurangprogrammet"""


def read(knowledge: Knowledge, text: str) -> CvReading:
    return read_cv(knowledge.linker, text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [TITLE_FIRST, DATE_FIRST, BESIDE, FORM, NO_HEADINGS],
    ids=["title", "date", "beside", "form", "none"],
)
def test_work_is_found_however_a_template_sets_it(text: str, knowledge: Knowledge) -> None:
    reading = read(knowledge, text)
    assert reading.is_listed
    assert [(e.concepts[0].ssyk_code, e.years) for e in reading.experiences] == [("5120", 4), ("8321", 5)]
    for experience in reading.experiences:
        assert experience.title in text[experience.span.start : experience.span.end]


def test_an_experience_has_its_employer_country_and_description(knowledge: Knowledge) -> None:
    first, second = read(knowledge, TITLE_FIRST).experiences
    assert (first.employer, first.country) == ("Grill House", "GB")
    assert first.description == ("Cooked for two hundred guests a day.",)
    assert (second.employer, second.description) == ("City Cabs", ())


def test_an_education_without_a_heading_is_no_work(knowledge: Knowledge) -> None:
    (education,) = read(knowledge, NO_HEADINGS).educations
    assert education.level is EducationLevel.UPPER_SECONDARY
    assert education.school == "Restaurangskolan"


def test_languages_and_licences_are_found_with_their_places(knowledge: Knowledge) -> None:
    spoken = "Språk\nArabiska - modersmål\nSvenska (B2)\nengelska, lite\n\n"
    text = f"{spoken}Körkort\nB, C och CE\nTruckkort A2, B1\nHeta arbeten"
    reading = read(knowledge, text)
    assert {(i.code, i.level) for i in reading.languages} == {("ar", "native"), ("sv", "B2"), ("en", "A2")}
    assert [licence.code for licence in reading.licences] == ["B", "C", "CE", "truck", "hot_work"]
    assert [text[i.span.start : i.span.end] for i in reading.languages] == ["Arabiska", "Svenska", "engelska"]


def test_a_licence_that_somebody_lacks_is_none(knowledge: Knowledge) -> None:
    for line in ("Körkort: nej", "Inget körkort", "Körkort B: håller på", "No driving licence"):
        assert read(knowledge, f"Övrigt\n{line}").licences == ()


def test_skills_are_found_where_they_are_listed(knowledge: Knowledge) -> None:
    text = "Kompetenser\nPython\nSQL, avancerad\n\nIntressen\nSvetsning"
    skills = read(knowledge, text).skills
    assert [skill.words for skill in skills] == ["Python", "SQL"]
    assert [text[s.span.start : s.span.end] for s in skills] == ["Python", "SQL"]


NOTHING = (
    "Lorem ipsum dolor sit amet, carpenter adipiscing elit.",
    "Butikschef • [Företag, ort] 2015 - 2019",
    "[Klicka här och skriv din yrkestitel] 2015 - 2019",
    "Acme is a leading provider of cleaning services since 2010.",
    "Acme AB är ett städbolag med kontor i hela Norden.",
    "We deliver carpenters to every household since 1999.",
    "Föräldraledig 2015 - 2016",
    "Unemployed 2015 - 2016",
    "Jag samtycker till att mina personuppgifter behandlas enligt GDPR.",
    "Referenser lämnas gärna på begäran.",
    "Född: 1985-04-12",
    "Nationalitet: svensk",
    "kock@example.com, 070-123 45 67",
    "Sida 1 (2)",
)


@pytest.mark.parametrize("line", NOTHING)
def test_boilerplate_yields_nothing(line: str, knowledge: Knowledge) -> None:
    reading = read(knowledge, f"Arbetslivserfarenhet\n{line}\n\nUtbildning\n{line}\n\nSpråk\n{line}")
    assert (reading.experiences, reading.educations, reading.languages) == ((), (), ())


@pytest.mark.parametrize("heading", ["Referenser", "Intressen", "Om mig", "Publikationer", "Personuppgifter"])
def test_sections_about_other_things_yield_nothing(heading: str, knowledge: Knowledge) -> None:
    reading = read(knowledge, f"{heading}\nKock, Restaurang Ek 2010-2015\nEngelska\nKörkort B")
    assert reading == CvReading()


def test_a_letter_before_the_cv_is_no_work(knowledge: Knowledge) -> None:
    letter = "Dear Hiring Manager,\nI am writing to apply as restaurant manager since 2019."
    assert read(knowledge, f"{letter}\nYours sincerely,\nSam\n{TITLE_FIRST}").experiences[0].title == "Cook"


def test_somebody_who_tells_has_written_no_list(knowledge: Knowledge) -> None:
    text = "2003-2009 arbetade jag som svetsare på ett varv.\n2009-2012 var jag lastbilsförare."
    assert not read(knowledge, text).is_listed


@pytest.mark.parametrize(
    "text", ["", "\n\n", "x" * 50_000, "Erfarenhet\n" * 500, "2015-2019\n" * 300, "(" * 5_000]
)
def test_odd_texts_yield_nothing(text: str, knowledge: Knowledge) -> None:
    assert read(knowledge, text).experiences == ()
