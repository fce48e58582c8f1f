"""Headings of CVs, and lines that are none."""

from dataclasses import dataclass

import pytest

from assistant.retrieval.cv.headings import Field, Section, heading_of, labelled_field, labelled_section


@dataclass(frozen=True)
class Case:
    line: str
    section: Section | None


CASES = (
    Case("Arbetslivserfarenhet", Section.WORK),
    Case("YRKESERFARENHET:", Section.WORK),
    Case("Tidigare erfarenheter", Section.WORK),
    Case("Yrkeslivserfarenhet", Section.WORK),
    Case("Anställningar i urval", Section.WORK),
    Case("praktik", Section.WORK),
    Case("Work experience", Section.WORK),
    Case("Professional Experience", Section.WORK),
    Case("Employment history", Section.WORK),
    Case("E X P E R I E N C E", Section.WORK),
    Case("Work experience / Arbetslivserfarenhet", Section.WORK),
    Case("Utbildning", Section.EDUCATION),
    Case("Min utbildning", Section.EDUCATION),
    Case("Utbildningar och kurser", Section.EDUCATION),
    Case("Education and training", Section.EDUCATION),
    Case("Språkkunskaper", Section.LANGUAGES),
    Case("Languages", Section.LANGUAGES),
    Case("Körkort och behörigheter", Section.LICENCES),
    Case("Kurser", Section.LICENCES),
    Case("Certificates & licences", Section.LICENCES),
    Case("Kompetenser", Section.SKILLS),
    Case("Technical skills", Section.SKILLS),
    Case("Övrigt", Section.OTHER),
    Case("Övriga meriter", Section.OTHER),
    Case("Referenspersoner", Section.NOTHING),
    Case("References", Section.NOTHING),
    Case("Kontaktuppgifter", Section.NOTHING),
    Case("Intressen", Section.NOTHING),
    Case("Om mig", Section.NOTHING),
    Case("Kock på restaurang", None),
    Case("Jag har erfarenhet av vård", None),
    Case("Teacher of languages", None),
    Case("Lärare i språk", None),
    Case("Svetsare, grundkurs 2009", None),
    Case("Arbetsledare", None),
    Case("Skolassistent", None),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.line)
def test_a_heading_is_told_from_a_line(case: Case) -> None:
    assert heading_of(case.line) is case.section


@pytest.mark.parametrize(
    ("line", "section", "content"),
    [
        ("Körkort: B", Section.LICENCES, "B"),
        ("Modersmål\tArabiska", Section.LANGUAGES, "Arabiska"),
        ("språk dari pashto", Section.LANGUAGES, "dari pashto"),
        ("Nationalitet\tSyrisk", Section.NOTHING, "Syrisk"),
        ("Date of birth: 3 May 1990", Section.NOTHING, "3 May 1990"),
    ],
)
def test_a_heading_may_stand_before_its_content(line: str, section: Section, content: str) -> None:
    labelled = labelled_section(line)
    assert labelled is not None
    assert (labelled[0], line[labelled[1] :]) == (section, content)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Datum\t2010 – 2012", Field.PERIOD),
        ("Yrke eller befattning\tElevassistent", Field.TITLE),
        ("Employer: BuildCo", Field.PLACE),
        ("Main activities and responsibilities\tTeaching", Field.TASKS),
    ],
)
def test_the_labels_of_a_form_say_what_stands_behind_them(line: str, field: Field) -> None:
    labelled = labelled_field(line)
    assert labelled is not None
    assert labelled[0] is field


def test_a_title_with_a_colon_in_it_is_no_label() -> None:
    assert labelled_field("Kock: Grand Hotel") is None
    assert labelled_section("Lärare: engelska") is None
