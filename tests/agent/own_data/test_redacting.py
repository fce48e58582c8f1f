"""A struck message is nowhere to be found; what was noted from it stays."""

import json
from dataclasses import dataclass

import pytest

from assistant.agent.session import Session
from assistant.agent.snapshot import to_tree
from assistant.build import Application
from assistant.domain.held import HowTold
from assistant.errors import ItemMissing
from tests.agent.talking import answered
from tests.conversations.ended import Ended


def _everything(session: Session) -> str:
    return json.dumps(to_tree(session.state), ensure_ascii=False).casefold()


@dataclass(frozen=True)
class Case:
    id: str
    said: tuple[str, ...]
    planted: tuple[str, ...]
    experiences: int = 0


CASES = (
    Case(
        "an experience",
        ("Jag heter Xantippa Quistgaard och har kört lastbil åt Zobrowskis åkeri", "ja", "7 år i Syrien"),
        ("xantippa", "quistgaard", "zobrowski"),
        experiences=1,
    ),
    Case(
        "a short one",
        ("Kock hos Zobrowski", "ja"),
        ("zobrowski",),
        experiences=1,
    ),
    Case(
        "a question",
        ("Kan min syster Xantippa få hjälp av Försäkringskassan med qwertysjuka?",),
        ("xantippa", "qwerty"),
    ),
    Case("nothing understood", ("xyzzy plugh frobnicate",), ("xyzzy", "plugh", "frobnicate")),
    Case(
        "a CV",
        (
            "CV\nXantippa Quistgaard\n\nArbete\n2015-2019 Kock, Restaurang Zobrowski, Malmö\n"
            "Lagade plughgryta\n2010-2014 Snickare, Frobnicate Bygg AB\n\nUtbildning\nGymnasium, Xyzzyskolan",
        ),
        ("xantippa", "quistgaard", "zobrowski", "plughgryta", "frobnicate"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_a_struck_message_is_nowhere(case: Case, application: Application) -> None:
    session = application.new_session()
    await answered(session, *case.said)
    assert all(word in _everything(session) for word in case.planted)
    experiences = session.profile.experiences
    session.strike_message(session.held().messages[0].message_id)
    assert [word for word in case.planted if word in _everything(session)] == []
    assert case.said[0].casefold() not in _everything(session)
    assert session.profile.experiences == experiences
    assert len(experiences) == case.experiences
    await answered(session, "vad vet du om mig?", "jag har varit snickare också", "ja")


async def test_what_was_noted_goes_when_it_is_struck_too(application: Application) -> None:
    session = application.new_session()
    await answered(session, "CV\n\nArbete\n2015-2019 Kock, Malmö\n\nUtbildning\nGymnasium, Xyzzyskolan")
    session.strike_message(session.held().messages[0].message_id)
    assert "xyzzy" in _everything(session), "it is the subject of an education now"
    for item in session.held().items:
        session.strike(item.item_id)
    assert "xyzzy" not in _everything(session)


async def test_the_origin_then_says_only_which_message(application: Application) -> None:
    session = application.new_session()
    await answered(session, "Jag har kört lastbil åt min farbror", "ja")
    session.strike_message(session.held().messages[0].message_id)
    origin = session.held().items[0].origin
    assert (origin.how, origin.words, origin.number) == (HowTold.WRITTEN, "", 1)
    assert [message.number for message in session.held().messages] == [2]


def test_the_other_messages_and_the_sources_stand(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    before = {turn.message_id: turn for turn in session.turns}
    gone, *others = session.held().messages
    session.strike_message(gone.message_id)
    assert [message.text for message in session.held().messages] == [each.text for each in others]
    for turn in session.turns:
        told = before[turn.message_id].answer
        assert turn.answer.citations == told.citations
        assert [card.label for card in turn.answer.paths] == [card.label for card in told.paths]


async def test_the_answer_to_a_struck_message_stands_as_it_was(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    session.strike_message(session.turns[2].message_id)
    assert await session.retell(2, session.language.other) == session.turns[2].answer


def test_a_message_is_struck_once(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    message = session.held().messages[0]
    session.strike_message(message.message_id)
    with pytest.raises(ItemMissing):
        session.strike_message(message.message_id)
