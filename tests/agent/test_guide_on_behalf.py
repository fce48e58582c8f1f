"""What a counsellor writes of a client is read as the client's own words."""

from dataclasses import dataclass

import pytest

from assistant.agent.guide.on_behalf import as_own_words, speaks_of_client


@dataclass(frozen=True)
class Case:
    id: str
    said: str
    own: str


CASES = (
    Case("english", "My client is a welder from Syria.", "I am a welder from Syria."),
    Case("english goes on", "She has a licence and wants to study.", "I have a licence and want to study."),
    Case("swedish", "Min klient har jobbat som kock.", "jag har jobbat som kock."),
    Case("swedish goes on", "Hon kan lite svenska och bor i Lund.", "jag kan lite svenska och bor i Lund."),
    Case("possessive", "Hennes språk är dari. His licence is B.", "min språk är dari. my licence is B."),
    Case("the counsellor", "I am a counsellor at the job centre. My client was a nurse.", "I was a nurse."),
    Case("nothing left", "I am a career counsellor.", "I am a career counsellor."),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_words_about_a_client_become_their_own(case: Case) -> None:
    assert as_own_words(case.said) == case.own


@pytest.mark.parametrize(
    "said", ["My client wants to work.", "min klient är kock", "Deltagaren har gått sfi", "the participant"]
)
def test_a_client_is_heard(said: str) -> None:
    assert speaks_of_client(said)


@pytest.mark.parametrize("said", ["My wife is a nurse.", "Jag sålde till kunder", "clients came every day"])
def test_others_are_no_clients(said: str) -> None:
    assert not speaks_of_client(said)
