"""Whole messages to experiences, on the starter index."""

from dataclasses import dataclass

import pytest

from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.mentions.finder import LONGEST_MESSAGE, find_mentions
from assistant.retrieval.mentions.mention import Mention
from assistant.retrieval.mentions.status import Status

PAID, FAMILY, OWN, UNPAID = (
    ExperienceKind.PAID,
    ExperienceKind.FAMILY,
    ExperienceKind.OWN_BUSINESS,
    ExperienceKind.UNPAID,
)


@dataclass(frozen=True)
class Told:
    """One experience; the group of SSYK level 3 or 4, as the exact one is the linker's business."""

    ssyk: str
    years: float | None = None
    country: str = ""
    kind: ExperienceKind = PAID


@dataclass(frozen=True)
class Case:
    message: str
    told: tuple[Told, ...] = ()


CASES = (
    Case("Lastbilsförare", (Told("8332"),)),
    Case("I drove a truck for 7 years and also fixed engines", (Told("8332", 7), Told("7231"))),
    Case(
        "Jag körde lastbil i sju år i Syrien och sedan städade jag på hotell i två år",
        (Told("8332", 7, "SY"), Told("9111", 2)),
    ),
    Case(
        "I was a nurse in Iran for ten years, then I worked as a cleaner in Sweden",
        (Told("2221", 10, "IR"), Told("9111", None, "SE")),
    ),
    Case(
        "I worked as a cook in Turkey for 3 years and as a taxi driver in Germany for 5 years",
        (Told("5120", 3, "TR"), Told("8321", 5, "DE")),
    ),
    Case("Jag har jobbat som kock och som busschaufför", (Told("5120"), Told("8331"))),
    Case(
        "Jag har jobbat som lärare i 3 år, sen som tolk i 2 år i Tyskland",
        (Told("23", 3), Told("2643", 2, "DE")),
    ),
    Case(
        "I was a plumber for 10 years; before that an electrician for 2 years",
        (Told("7125", 10), Told("7411", 2)),
    ),
    Case("undervisade på gymnasiet 2008-2015 i Afghanistan", (Told("23", 7, "AF"),)),
    Case("7 years in Syria I worked as a cook", (Told("5120", 7, "SY"),)),
    Case("I am from Syria. I worked there as a cook.", (Told("5120", None, "SY"),)),
    Case("I am 35 years old and I worked as a welder for 4 years", (Told("7212", 4),)),
    Case("kok i restorang 5 år", (Told("5120", 5),)),
    Case("jag var svetsare, and then hairdresser", (Told("7212"), Told("5141"))),
    Case("jag tog hand om mina barn hemma i 12 år", (Told("5311", 12, "", FAMILY),)),
    Case("I stayed home with my four children and cooked and cleaned", (Told("5311", kind=FAMILY),)),
    Case(
        "I had my own shop in Iraq for 6 years, and I sewed clothes",
        (Told("522", 6, "IQ", OWN), Told("7531", country="IQ")),
    ),
    Case("volontär som tolk", (Told("2643", kind=UNPAID),)),
    # Lists, dictation, CV lines.
    Case("städare, diskare och servitris", (Told("9111"), Told("9412"), Told("5131"))),
    Case("3 år som kock 2 år som svetsare", (Told("5120", 3), Told("7212", 2))),
    Case(
        "jag var kock i Iran i tre år jag jobbade som frisör i Turkiet två år",
        (Told("5120", 3, "IR"), Told("5141", 2, "TR")),
    ),
    Case(
        "2015-2019 Lagerarbetare, DHL, Malmö\n2012-2015 Svetsare, Basra",
        (Told("4322", 4, "SE"), Told("7212", 3, "IQ")),
    ),
    Case("Sep 2016 – Mar 2018: Waiter\n03/2012 - 03/2016 Electrician", (Told("5131", 1.5), Told("7411", 4))),
    Case("Experience\nPlumber 2010-2014\n\nEducation\nNurse programme 2009", (Told("7125", 4),)),
    Case("I was a hairdresser for one and a half years", (Told("5141", 1.5),)),
    Case(
        "I Gambia var jag murare. Här i Sverige är jag städare.",
        (Told("711", None, "GM"), Told("9111", None, "SE")),
    ),
    Case("Innan jag kom till Sverige var jag svetsare", (Told("7212", None, "SE"),)),
    # What only says where, how or on what terms.
    Case("Kock på hotell, mest på kvällar, 4 år", (Told("5120", 4),)),
    Case("I was a welder, it was good money", (Told("7212"),)),
    # Studies, leisure, questions.
    Case("I studied nursing for two years and then I worked as a cleaner", (Told("9111"),)),
    Case("jag är utbildad arkitekt men har bara jobbat som städare", (Told("9111"),)),
    Case("Vad tjänar en svetsare?"),
    Case("Kan jag bli undersköterska utan utbildning"),
    Case("I like cooking and playing football"),
    Case("Intressen: fotboll, matlagning"),
    # What is wished for.
    Case("Jag vill bli undersköterska"),
    Case("I want to become a nurse"),
    Case("Jag var frisör. Jag vill bli busschaufför.", (Told("5141"),)),
    Case("I was a hairdresser but I would like to drive a bus", (Told("5141"),)),
    # What is denied.
    Case("Jag har aldrig jobbat"),
    Case("I have never worked"),
    Case("Jag har aldrig jobbat som kock men jag var frisör", (Told("5141"),)),
    Case("Jag har aldrig jobbat som kock eller bagare"),
    Case("I was not a nurse but an electrician", (Told("7411"),)),
    Case("jag var inte kock utan en svetsare", (Told("7212"),)),
    Case("Jag jobbar inte längre som frisör", (Told("5141"),)),
    # What somebody else does.
    Case("Min far var snickare"),
    Case("My brother is a doctor"),
    Case("My father was a carpenter and I was a tailor", (Told("7531"),)),
    Case("My brother is a doctor and she is a nurse"),
    Case("Min man hade restaurang. Jag var frisör.", (Told("5141"),)),
    Case("Jag och min man hade en restaurang i Iran", (Told("", None, "IR", OWN),)),
    Case("Who was the boss? My uncle, who was a baker, was the boss."),
    Case("Innan dess var farmor sömmerska och när morfar byggde hus var jag liten."),
    # One subject; two titles; years in tens and ones; pronouns by ear.
    Case("Jag och min syster hade en restaurang i Iran", (Told("", None, "IR", OWN),)),
    Case("I was a waiter and bartender", (Told("5131"), Told("5132"))),
    Case("jag var svetsare i tjugofem år", (Told("7212", 25),)),
    Case("ja har jobba som kock", (Told("5120"),)),
    Case("Before university I worked as a welder", (Told("7212"),)),
    Case("I fix cars for fun"),
    # What names no work.
    Case(""),
    Case("   \n"),
    Case("😀😀"),
    Case("Hej! Jag heter Amina."),
    Case("Jag är född i Somalia och bor i Malmö"),
    Case("7 years in Damascus"),
    Case("5 år"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case.message[:60]))
def test_a_message_tells_of_experiences(case: Case, knowledge: Knowledge) -> None:
    found = find_mentions(knowledge.linker, case.message)
    assert [shortened(mention, told) for mention, told in zip(found, case.told, strict=False)] == [*case.told]
    assert len(found) == len(case.told)
    assert_quoted(found, case.message)


def shortened(mention: Mention, told: Told) -> Told:
    code = mention.concepts[0].ssyk_code[: len(told.ssyk)]
    return Told(code, mention.years, mention.country, mention.kind)


def assert_quoted(found: tuple[Mention, ...], message: str) -> None:
    end = 0
    for mention in found:
        assert mention.quote == message[mention.start : mention.end] != ""
        assert mention.start >= end
        assert mention.concepts
        end = mention.end


def test_a_very_long_message_is_read_from_its_beginning(knowledge: Knowledge) -> None:
    message = "Jag var kock. " + "Det var roligt att arbeta. " * 400 + "Jag var svetsare."
    assert len(message) > 10_000
    found = find_mentions(knowledge.linker, message)
    assert found[0].concepts[0].ssyk_code == "5120"
    assert all(mention.end <= LONGEST_MESSAGE for mention in found)
    assert_quoted(found, message)


ODD = (
    "x" * 10_000,
    "a," * 5_000,
    "och " * 2_500,
    "def f():\n    return {'a': 1}; DROP TABLE users",
    "我是厨师。",
    "كنت سائق شاحنة",
    "\x00\ufffd\u202e kock",
    "...,,,;;;!!!",
    "😀👍🏽" * 500,
    "jag var \u200bkock\u200d i \ufefftre år",
    "<script>alert('kock')</script><b>kock</b>" * 20,
    "| År | Yrke |\n|----|------|\n| 2015-2017 | Kock |\n| 2017-2019 | Svetsare |",
    "kock " * 20_000,
    "1999-2001-2003-2005 12/13/14 2.5.6 år år år",
    "((((((((()))))" + "[" * 500,
    "İİİİİ var kock i 3 år",
    "jag jag jag I I I and and och och men but " * 40,
)


@dataclass(frozen=True)
class Spoken:
    """All that a message speaks of, as status and group."""

    message: str
    told: tuple[tuple[Status, str], ...]


SPOKEN = (
    Spoken("Jag var frisör. Jag vill bli busschaufför.", ((Status.DONE, "5141"), (Status.WISHED, "8331"))),
    Spoken("I never worked as a cook", ((Status.DENIED, "5120"),)),
    Spoken(
        "My father was a carpenter and I was a tailor", ((Status.OTHER_PERSON, "7111"), (Status.DONE, "7531"))
    ),
    Spoken("Vad tjänar en kock?", ()),
)


@pytest.mark.parametrize("case", SPOKEN, ids=lambda case: case.message)
def test_what_is_told_has_a_status(case: Spoken, knowledge: Knowledge) -> None:
    told = knowledge.linker.told(case.message)
    assert tuple((mention.status, mention.concepts[0].ssyk_code) for mention in told) == case.told
    assert_quoted(told, case.message)


def test_only_what_was_done_is_a_mention(knowledge: Knowledge) -> None:
    message = "Jag var frisör. Jag vill bli busschaufför."
    done = tuple(mention for mention in knowledge.linker.told(message) if mention.status is Status.DONE)
    assert knowledge.linker.mentions(message) == find_mentions(knowledge.linker, message) == done


def test_each_part_of_a_mixed_message_has_its_language(knowledge: Knowledge) -> None:
    found = knowledge.linker.mentions("jag var svetsare i fem år, then I worked as a hairdresser")
    assert [mention.language for mention in found] == [Language.SV, Language.EN]


def test_the_same_message_is_read_the_same_way_again(knowledge: Knowledge) -> None:
    message = "I was a nurse in Iran for ten years, then a cleaner"
    assert knowledge.linker.told(message) == knowledge.linker.told(message)


@pytest.mark.parametrize("message", ODD, ids=lambda message: repr(message[:12]))
def test_odd_messages_are_read_without_fail(message: str, knowledge: Knowledge) -> None:
    assert_quoted(find_mentions(knowledge.linker, message), message)
