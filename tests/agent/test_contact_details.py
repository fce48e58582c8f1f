"""What is taken out of a text before it leaves the machine. All persons and numbers are made up."""

from dataclasses import dataclass

import pytest

from assistant.agent.contact_details import without_contact_details, without_personal_details


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    gone: str


PERSONAL = (
    Case("e-mail", "Skriv till amira.ali@example.com så svarar jag", "amira.ali"),
    Case("e-mail in words", "amira.ali (at) example.com", "amira.ali"),
    Case("mobile", "Ring 070-123 45 67 efter 16", "123 45"),
    Case("mobile in one", "0701234567", "0701234567"),
    Case("with country code", "+46 70 123 45 67", "123 45"),
    Case("from abroad", "+963 944 123 456", "944"),
    Case("landline", "08-123 456 78", "123 456"),
    Case("labelled", "Tel: 963 944 123456", "123456"),
    Case("labelled in English", "phone (212) 555-0199", "555-0199"),
    Case("web address", "https://www.example.com/amira", "amira"),
    Case("profile", "se linkedin.com/in/amira-ali", "amira-ali"),
    Case("identity number", "född 811218-9876 i Homs", "811218"),
    Case("identity number in one", "8112189876", "8112189876"),
)
WORK = (
    "Kock 2010-2015, 09/2015 - 12/2018",
    "jobbade 2003 till 2010, 0-5 år",
    "1000 20 30 personer",
    "lön 20000 - 30000 kr",
    "C++ och C#, Excel 2019",
    "Arbetade på Restaurang Exempel AB i Malmö i 5 år.",
)


@pytest.mark.parametrize("case", PERSONAL, ids=lambda case: case.id)
def test_contact_details_are_masked(case: Case) -> None:
    masked = without_contact_details(f"Kock i 5 år. {case.text}\nSpråk: arabiska")
    assert case.gone not in masked
    assert "Kock i 5 år." in masked
    assert "arabiska" in masked


@pytest.mark.parametrize("text", WORK)
def test_what_tells_of_work_stays(text: str) -> None:
    assert without_contact_details(text) == text


STREETS = (
    Case("street", "Storgatan 12 B, 111 22 Stockholm", "Storgatan"),
    Case("two words", "Norra Hamnleden 12", "Hamnleden"),
    Case("square", "Sergels torg 1", "Sergels"),
    Case("square in one word", "Rinkebyplan 3, 163 73 Spånga", "Rinkebyplan"),
    Case("floor", "Strandvägen 5 lgh 1102", "1102"),
    Case("English", "12 High Street", "High"),
    Case("box", "Box 123, 211 00 Malmö", "123"),
)
NO_STREETS = ("Handlingsplan 2019 och budget", "Kock på plan 3", "Planering 2010-2015", "Matsalen 2012")


@pytest.mark.parametrize("case", STREETS, ids=lambda case: case.id)
def test_street_addresses_of_a_file_are_masked(case: Case) -> None:
    masked, number = without_personal_details(f"Kock i fem år.\n{case.text}\nArabiska")
    assert case.gone not in masked
    assert number == 1
    assert "Kock i fem år." in masked


@pytest.mark.parametrize("text", NO_STREETS)
def test_what_only_looks_like_a_street_stays(text: str) -> None:
    assert without_personal_details(text) == (text, 0)
