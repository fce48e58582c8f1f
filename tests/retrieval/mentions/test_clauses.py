"""Where clauses begin and end, and how they are joined."""

from dataclasses import dataclass

import pytest

from assistant.retrieval.mentions.clauses import Joint, clauses


@dataclass(frozen=True)
class Case:
    message: str
    parts: tuple[tuple[Joint, str], ...]


CASES = (
    Case("", ()),
    Case("... !!", ()),
    Case("kock", ((Joint.LINE, "kock"),)),
    Case("kock, bagare", ((Joint.LINE, "kock"), (Joint.COMMA, "bagare"))),
    Case("kock och sen bagare", ((Joint.LINE, "kock"), (Joint.NEXT, "bagare"))),
    Case("kock men inte bagare", ((Joint.LINE, "kock"), (Joint.BUT, "inte bagare"))),
    Case("I cook. I clean", ((Joint.LINE, "I cook"), (Joint.SENTENCE, "I clean"))),
    Case("cook\n- cleaner", ((Joint.LINE, "cook"), (Joint.LINE, "cleaner"))),
    # Numbers and spans of years stay whole, and so does pay that one went without.
    Case("2.5 years as cook", ((Joint.LINE, "2.5 years as cook"),)),
    Case("one and a half years", ((Joint.LINE, "one and a half years"),)),
    Case("Jan 2015 – Mar 2017 cook", ((Joint.LINE, "Jan 2015 – Mar 2017 cook"),)),
    Case("jobbade utan lön", ((Joint.LINE, "jobbade utan lön"),)),
    # Dictated.
    Case(
        "jag bor i Malmö jag var kock",
        ((Joint.LINE, "jag bor i Malmö"), (Joint.RUN_ON, "jag var kock")),
    ),
    Case("a shop where I was cashier", ((Joint.LINE, "a shop where I was cashier"),)),
    Case("3 år som kock 2 år som lärare", ((Joint.LINE, "3 år som kock"), (Joint.COMMA, "2 år som lärare"))),
    Case("kock 3 år lärare 2 år", ((Joint.LINE, "kock 3 år"), (Joint.COMMA, "lärare 2 år"))),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case.message))
def test_a_message_is_parted_into_clauses(case: Case) -> None:
    found = clauses(case.message)
    assert tuple((clause.joint, clause.text) for clause in found) == case.parts
    assert all(clause.text == case.message[clause.start : clause.end] for clause in found)


def test_a_clause_knows_that_its_sentence_asks() -> None:
    asked, told = clauses("What does a cook earn? I was a cook.")
    assert asked.is_asked
    assert not told.is_asked
    assert asked.sentence < told.sentence
