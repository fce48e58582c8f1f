import random
import time
from dataclasses import dataclass

import pytest

from assistant.agent.citations import (
    CitationCheck,
    Evidence,
    authority_names,
    checked,
    is_grounded,
)
from assistant.agent.shown import with_markers
from assistant.domain.source import Source
from tests.fakes import CARDS, SOURCES

NAMES = authority_names(
    ["Socialstyrelsen", "Universitets- och högskolerådet (UHR)", "Länsstyrelsen och Polismyndigheten"]
)
NURSE = Source(
    "description:nurse", "Vägvisare", "Nurses", "https://example.org/1", "1", "2026-11-20",
    "A nurse cares for people who are ill. The programme takes 3 years and gives 180 credits.",
)  # fmt: skip
LICENCE = Source(
    "guide:licence", "Socialstyrelsen", "Legitimation", "https://example.org/2", "", "2026-11-20",
    "Du ansöker om legitimation. Det kostar 870 kr. Läs mer på legitimation.socialstyrelsen.se.",
)  # fmt: skip
N, L = NURSE.token, LICENCE.token
EVIDENCE = Evidence.of(
    [NURSE, LICENCE], ["I was a nurse for 7 years in Iran, it was 2,5 km to work, see my-cv.com"], NAMES
)


def held(text: str) -> tuple[str, ...]:
    return checked(text, EVIDENCE).held_back


@dataclass(frozen=True)
class Case:
    """A text, and what is shown of it."""

    id: str
    text: str
    shown: str


MARKERS = (
    Case("in order of use", f"Late {L}. Early {N}. Late again {L}.", "Late [1]. Early [2]. Late again [1]."),
    Case("after the full stop", f"Nurses help. {N} And so on.", "Nurses help. [1] And so on."),
    Case("without a space", f"Nurses help{N}.", "Nurses help[1]."),
    Case("several in one bracket", f"Both [{N[1:-1]}, {L[1:-1]}].", "Both [1] [2]."),
    Case("the # forgotten", f"Nurses help [{N[2:-1]}].", "Nurses help [1]."),
    Case("the same twice in one bracket", f"Nurses [{N[1:-1]};{N[1:-1]}].", "Nurses [1]."),
    Case("unknown", "Nurses help [#ffffff].", "Nurses help."),
    Case("unknown among known", f"Nurses help [#ffffff, {N[1:-1]}].", "Nurses help [1]."),
    Case("no hex", "Nurses help [#not-a-token!].", "Nurses help."),
    Case("never closed", f"Nurses help [#{N[2:-2]}", "Nurses help"),
    Case("a link on a token", f"Nurses{N}(https://evil.example/x).", "Nurses[1]."),
    Case("own marker", "Nurses help [7] here [ 8 ] and [9][10] and ［11］.", "Nurses help here and and."),
    Case("own markers in one bracket", "Nurses help [1, 2] here [3–5].", "Nurses help here."),
    Case("a footnote", "Nurses help [^1] here.", "Nurses help here."),
    Case("own marker that is a link", "Nurses help [7](https://x.example) here.", "Nurses help here."),
    Case("a file search mark", "Nurses help 【4†source】 here.", "Nurses help here."),
    Case("brackets with words stay", "Nurses [and others] help.", "Nurses [and others] help."),
    Case("an address", "Look at HTTPS://x.example/a_(b)?c=d now.", "Look at  now."),
    Case("an address in brackets", "Look <https://x.example> now.", "Look  now."),
    Case("other schemes", "Look ftp://x.example/a or mailto:a@x.example now.", "Look  or  now."),
    Case("a link", "Look [here](https://x.example) now.", "Look here now."),
    Case("a link within a link", "Look [a [b](c) d](//x.example) now.", "Look [a b d] ( now."),
    Case("dates and ratios stay", "Either/or and a//b.", "Either/or and a//b."),
)


@pytest.mark.parametrize("case", MARKERS, ids=lambda case: case.id)
def test_tokens_become_numbers_and_nothing_else_does(case: Case) -> None:
    assert checked(case.text, EVIDENCE).text == case.shown


def test_citations_are_the_sources_that_were_used() -> None:
    found = checked(f"Late {L}. Early {N}. Unknown [#ffffff].", EVIDENCE)
    assert [(c.marker, c.source) for c in found.citations] == [(1, LICENCE), (2, NURSE)]


GROUNDED = (
    f"The programme takes 3 years {N}.",
    f"It takes 3 years and gives 180 credits. {N}",
    f"Socialstyrelsen decides {L}.",
    f"Enligt Socialstyrelsens regler kostar det 870 kr {L}.",
    f"The source says “cares for people who are ill” {N}.",
    f"Look at legitimation.socialstyrelsen.se {L}.",
    "You were a nurse for 7 years.",
    "You wrote “I was a nurse for 7 years”.",
    "It was 2.5 km to work.",
    "I saw my-cv.com in your message.",
    "How many years did you work? More than 3?",
    "I am an AI and not a person.",
    "1. Nurses",
    "**2.** Nurses",
    "- 3) Nurses",
    f"You call it “nurse” and it is spelt like that, a “nurse” {N}.",
)


@pytest.mark.parametrize("text", GROUNDED)
def test_what_a_source_or_the_person_says_is_shown(text: str) -> None:
    assert held(text) == ()


UNGROUNDED = (
    "The programme takes 3 years.",
    "The programme takes 3 years [#ffffff].",
    f"The programme takes 4 years {N}.",
    # Numbers count as a whole: the 7 of 870 is not a 7.
    f"It costs 87 kr {L}.",
    f"It takes 0 years {N}.",
    f"It costs 870 kr {N}.",
    "Socialstyrelsen decides.",
    "Socialstyrelsens krav gäller.",
    f"Socialstyrelsen decides {N}.",
    "Ask UHR about that.",
    "Polismyndigheten decides.",
    "The source says “nurses always find a job here”.",
    f"The source says “nurses always find a job here” {N}.",
    'The source says "nurses always find a job here".',
    "Look at jobs-now.se for that.",
    f"Look at jobs-now.se {L}.",
    "The pay is 35 000 kr.",
    "Nurses earn 35000.",
)


@pytest.mark.parametrize("text", UNGROUNDED)
def test_what_nobody_says_is_held_back(text: str) -> None:
    found = checked(f"Hello. {text} Bye.", EVIDENCE)
    assert len(found.held_back) == 1
    assert found.text in ("Hello. Bye.", "Hello.  Bye.")


def test_an_authority_that_the_person_names_still_needs_a_source() -> None:
    evidence = Evidence.of([], ["I wrote to Socialstyrelsen in 2020"], NAMES)
    assert is_grounded("You wrote in 2020.", evidence)
    assert not is_grounded("Socialstyrelsen answers in 2020.", evidence)


def test_a_token_vouches_for_the_sentences_before_it_on_its_line() -> None:
    text = f"It takes 3 years. It gives 180 credits. {N} It is long."
    assert checked(text, EVIDENCE).text == "It takes 3 years. It gives 180 credits. [1] It is long."


def test_a_token_does_not_vouch_for_another_line_nor_for_what_follows() -> None:
    assert held(f"It takes 3 years.\n\nNurses help {N}.") == ("It takes 3 years.",)
    assert held(f"Nurses help {N}. It takes 3 years.") == ("It takes 3 years.",)


def test_each_sentence_with_a_token_of_its_own_needs_the_right_one() -> None:
    assert held(f"It takes 3 years {L}. It costs 870 kr {L}.") == ("It takes 3 years.",)


def test_a_held_back_item_leaves_the_rest_of_the_list_whole() -> None:
    text = f"Ways:\n\n1. Nurse, 3 years {N}\n2. Pilot, 5 years\n3. Cook\n\nWhich one?"
    assert checked(text, EVIDENCE).text == "Ways:\n\n1. Nurse, 3 years [1]\n\n3. Cook\n\nWhich one?"


def test_a_later_reading_of_a_source_replaces_an_earlier() -> None:
    newer = Source(NURSE.source_id, "Vägvisare", "Nurses", NURSE.url, "2", "2026-11-21", "It takes 4 years.")
    evidence = Evidence.of([NURSE, newer], [], NAMES)
    assert is_grounded(f"It takes 4 years {N}.", evidence)
    assert not is_grounded(f"It takes 3 years {N}.", evidence)


def test_names_of_authorities_are_taken_apart() -> None:
    assert authority_names(["verksamt.se (Bolagsverket, Skatteverket m.fl.)"]) == {
        "verksamt.se", "bolagsverket", "skatteverket",
    }  # fmt: skip
    assert {"universitets- och högskolerådet", "uhr", "länsstyrelsen", "polismyndigheten"} <= NAMES


def test_cards_get_the_markers_of_their_sources() -> None:
    check = CitationCheck(Evidence.of(SOURCES, [], NAMES))
    card = with_markers(CARDS[0], check)
    assert card.markers == (1, 2)
    assert [c.source for c in check.citations()] == list(SOURCES)
    assert check.marker("taxonomy:unknown") is None


PARTS = (
    N, L, "[#ffffff]", "[7]", "[", "]", "[#", "#", "(", ")", "*", "**", '"', "”", "“", ".", "!", "?", "…",
    ". ", "\n", "\n\n", " ", "  ", "- ", "1. ", "2) ", "3 years", "4 years", "Nurses help",
    "Socialstyrelsen", "UHR", "https://x.y", "www.z", "jobs.se", "å", "😀", "\u200b", "\t", "t.ex.", "2.5",
)  # fmt: skip


def shown_in_pieces(text: str, rng: random.Random) -> tuple[list[str], CitationCheck]:
    check, shown, at = CitationCheck(EVIDENCE), [], 0
    while at < len(text):
        step = rng.randint(1, 6)
        shown.append(check.feed(text[at : at + step]))
        at += step
    return [*shown, check.finish()], check


@pytest.mark.parametrize("seed", range(300))
def test_pieces_give_the_same_as_the_whole(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choice(PARTS) for _ in range(rng.randint(1, 40)))
    whole = CitationCheck(EVIDENCE)
    expected = whole.feed(text) + whole.finish()
    for _ in range(5):
        shown, check = shown_in_pieces(text, rng)
        assert "".join(shown) == expected, text
        assert (check.citations(), check.held_back) == (whole.citations(), whole.held_back)
    assert "[#" not in expected
    assert "://" not in expected
    assert "www." not in expected


def test_a_token_may_come_in_pieces() -> None:
    check = CitationCheck(EVIDENCE)
    pieces = ["It takes 3 ye", "ars. ", N[:1], N[1:4], N[4:], " More", " to come. ", "And"]
    shown = [check.feed(piece) for piece in pieces]
    assert shown == ["", "", "", "", "", "It takes 3 years. [1] ", "", "More to come. "]
    assert check.finish() == "And"


LONG = {
    "letters": "a" * 100_000,
    "full stops": "." * 100_000,
    "full stops and spaces": ". " * 50_000,
    "line breaks": "\n" * 100_000,
    "line breaks and spaces": "\n " * 50_000,
    "spaces after a full stop": "." + " " * 100_000 + "x",
    "opening brackets": "[" * 100_000,
    "brackets and digits": "[1" * 50_000,
    "nested markers": "[" * 30_000 + "7" + "]" * 30_000,
    "beginnings of tokens": ".[#a" * 25_000,
    "one long token": ".[#" + "a" * 100_000,
    "tokens": N * 12_000,
    "quotation marks": '"' * 100_000,
    "quotations": '"long enough to count" ' * 4_000,
    "openings of quotations": "“a" * 50_000,
    "digits": "1" * 100_000,
    "numbers": "1.1," * 25_000,
    "claims on one line": "It takes 3 years. " * 5_000,
    "half links": "[a](" * 25_000,
    "addresses": "https://x " * 10_000,
    "schemes": "a+" * 50_000,
    "domains": "a.b-" * 25_000,
    "emphasis": ".*" * 50_000,
    "list numbers": "1. " * 33_000,
    "authorities": "Socialstyrelsens " * 6_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    checked(text, EVIDENCE)
    check = CitationCheck(EVIDENCE)
    for at in range(0, len(text), 50):
        check.feed(text[at : at + 50])
    check.finish()
    assert time.process_time() - started < 5.0
