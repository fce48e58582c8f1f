"""An item that is struck is gone for good, and the conversation goes on without it."""

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import UserInput
from assistant.domain.held import HeldKind
from assistant.errors import ItemMissing
from tests.agent.talking import answered
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.ended import Ended
from tests.conversations.player import play

# Between them they hold every kind of item that the guide knows.
_NAMES = (
    "cv-english",
    "lorry-driver-syria",
    "truck-driver-evenings",
    "cook-wants-outdoors",
    "counsellor-asks",
)


def _ids(session: Session) -> list[str]:
    return [item.item_id for item in session.held().items]


@pytest.mark.parametrize("name", _NAMES)
async def test_every_item_can_be_struck_and_the_talk_goes_on(
    name: str, application: Application, ended: Ended
) -> None:
    session = ended(name)
    while items := session.held().items:
        profile = session.profile
        session.strike(items[0].item_id)
        assert items[0].item_id not in _ids(session)
        if items[0].kind is HeldKind.EXPERIENCE:
            assert len(session.profile.experiences) == len(profile.experiences) - 1
    assert session.profile == type(session.profile)()
    answer = await answered(session, UserInput("vad vet du om mig?"))
    assert answer.profile == session.profile


async def test_what_is_struck_is_not_asked_for_again(application: Application) -> None:
    dialogue = read_dialogue(next(file for file in DIALOGUES if file.stem == "lorry-driver-syria"))
    session = application.new_session(dialogue.language)
    async for _ in play(application, dialogue, session=session):
        struck = [i for i in session.held().items if i.kind in (HeldKind.EDUCATION, HeldKind.LANGUAGE)]
        if len(struck) > 1:
            break
    for item in struck:
        session.strike(item.item_id)
    answer = await answered(session, UserInput("jag vill köra lastbil igen"))
    assert not answer.profile.education
    assert not answer.profile.languages
    assert "utbildning" not in answer.text.split("\n\n")[-1].lower()


async def test_an_open_question_goes_with_what_it_was_about(application: Application) -> None:
    session = application.new_session()
    await answered(session, UserInput("Jag har kört lastbil"))
    answer = await answered(session, UserInput("ja"))
    assert "länge" in answer.text.lower(), "it asks how long"
    (experience,) = answer.profile.experiences
    session.strike(f"experience:{experience.concept_id}")
    after = await answered(session, UserInput("7 år i Syrien"))
    assert not after.profile.experiences
    assert after.choices or after.text


@pytest.mark.parametrize("answer", ["ja", "nej", "7 år", "vad?"])
async def test_work_that_waits_can_be_struck(answer: str, application: Application) -> None:
    session = application.new_session()
    await answered(session, UserInput("Jag har varit kock och sen snickare"))
    waiting = [item for item in session.held().items if item.kind is HeldKind.WAITING]
    assert len(waiting) > 1
    for item in waiting:
        session.strike(item.item_id)
    after = await answered(session, UserInput(answer))
    assert not after.profile.experiences


async def test_paths_from_a_struck_experience_go_with_it(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    shown = session.turns[-1].answer.paths
    experience = session.profile.experiences[0].concept_id
    assert any(experience in card.path.experience_ids for card in shown)
    session.strike(f"experience:{experience}")
    for turn in session.turns:
        assert not any(experience in card.path.experience_ids for card in turn.answer.paths)
        assert all(e.concept_id != experience for e in turn.answer.profile.experiences)
    answer = await answered(session, UserInput("visa vägarna"))
    assert not any(experience in card.path.experience_ids for card in answer.paths)


def test_the_words_for_struck_work_go_too(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    words = session.held().items[0].origin.words
    assert any(words in str(item.value) for item in session.held().items if item.kind is HeldKind.NOTE)
    session.strike(session.held().items[0].item_id)
    assert not any(words in str(item.value) for item in session.held().items)


def test_nothing_is_struck_by_an_id_that_nothing_has(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    before = session.state
    with pytest.raises(ItemMissing):
        session.strike("experience:none")
    assert session.state == before
