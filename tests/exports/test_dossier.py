"""What is gathered out of a conversation with the real application."""

from dataclasses import replace

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, UserInput
from assistant.domain.language import Bilingual, Language
from assistant.errors import ModelError
from assistant.exports.dossier import make_dossier
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.player import choice_id
from tests.exports.dossiers import EN, LORRY, MADE_AT, SV

TO_A_PLAN = next(file for file in DIALOGUES if file.stem == "lorry-driver-syria")


async def say(session: Session, sent: UserInput) -> None:
    events = [event async for event in session.send(sent)]
    assert isinstance(events[-1], AnswerEvent), events[-1]


async def planned(application: Application, kind: type[Session] = Session) -> Session:
    """A conversation that has come to a plan, in Swedish."""
    made = kind(application.loop, application.texts, application.detector, application.names, SV)
    made.welcome()
    for turn in read_dialogue(TO_A_PLAN).turns:
        chosen = choice_id(application, turn.choose) if turn.choose else ""
        await say(made, UserInput(turn.say or "", chosen))
    return made


async def test_everything_is_told_in_both_languages(application: Application) -> None:
    session = await planned(application)
    before = session.turns
    dossier = await make_dossier(session, application.knowledge, (EN, SV), MADE_AT)
    assert session.turns == before, "asking for a document is not part of the conversation"
    assert dossier.profile == session.profile
    assert dossier.told_in is SV
    assert dossier.titles["Lastbilsförare"] == Bilingual("Lastbilsförare", "Truck drivers")
    assert dossier.concepts[LORRY].code == "8332"
    assert dossier.concepts.keys() >= dossier.profile.held_skill_ids
    for answers in (dossier.paths, dossier.plans):
        assert tuple(answers) == (EN, SV)
        assert all(answer.language is language for language, answer in answers.items())
    assert dossier.plans[SV] in [turn.answer for turn in before]
    assert [card.label for card in dossier.paths[EN].paths] != [
        card.label for card in dossier.paths[SV].paths
    ]
    assert dossier.paths[SV].text != before[-1].answer.text, (
        "the turn that brought the paths, not a later one"
    )


async def test_the_latest_plan_is_the_one_taken_along(application: Application) -> None:
    session = await planned(application)
    other = session.turns[-1].answer.paths[0].path.concept_id
    await say(session, UserInput(choice_id=f"plan:{other}"))
    dossier = await make_dossier(session, application.knowledge, (SV,), MADE_AT)
    assert [answer.plan and answer.plan.concept_id for answer in dossier.plans.values()] == [other]


async def test_nothing_told_makes_an_empty_dossier(application: Application) -> None:
    session = application.new_session(EN)
    session.welcome()
    dossier = await make_dossier(session, application.knowledge, (EN, SV), MADE_AT)
    assert (dossier.concepts, dossier.paths, dossier.plans, dossier.titles) == ({}, {}, {}, {})


class _Unable(Session):
    """A conversation whose model is gone, so that nothing can be told again."""

    async def retell(self, number: int, language: Language) -> AnswerEvent:
        answer = self.turns[number].answer
        if language is answer.language:
            return answer
        raise ModelError(model="guide", reason="gone")


class _Changed(Session):
    """A conversation in which another plan and other paths come out the second time."""

    async def retell(self, number: int, language: Language) -> AnswerEvent:
        answer = self.turns[number].answer
        if language is answer.language:
            return answer
        plan = answer.plan and replace(answer.plan, steps=answer.plan.steps[1:])
        return replace(answer, language=language, plan=plan, paths=answer.paths[1:])


@pytest.mark.parametrize("kind", [_Unable, _Changed])
@pytest.mark.parametrize("languages", [(EN,), (SV, EN)], ids=["other", "both"])
async def test_what_cannot_be_told_again_stays_as_it_was_said(
    kind: type[Session], languages: tuple[Language, ...], application: Application
) -> None:
    session = await planned(application, kind)
    dossier = await make_dossier(session, application.knowledge, languages, MADE_AT)
    assert tuple(dossier.plans) == tuple(dossier.paths) == (SV,)
