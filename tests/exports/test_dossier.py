"""What is gathered out of a conversation with the real application."""

from dataclasses import replace

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, UserInput
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Language
from assistant.errors import ModelError
from assistant.exports.dossier import make_dossier
from tests.exports.dossiers import EN, MADE_AT, SV
from tests.exports.talks import planned, say, with_paths


async def test_everything_is_told_in_both_languages(application: Application) -> None:
    session = await planned(application)
    before = session.turns
    dossier = await make_dossier(session, application.knowledge, (SV, EN), MADE_AT)
    assert session.turns == before, "asking for a document is not part of the conversation"
    assert dossier.profile == session.profile
    assert dossier.told_in is EN
    (told,) = dossier.profile.experiences
    assert dossier.titles[told.title].en == told.title != dossier.titles[told.title].sv
    assert dossier.concepts[told.concept_id].code == told.ssyk_code
    assert dossier.concepts.keys() >= dossier.profile.held_skill_ids > set()
    for answers in (dossier.paths, dossier.plans):
        assert tuple(answers) == (SV, EN)
        assert all(answer.language is language for language, answer in answers.items())
    assert dossier.origins[HeldKind.SKILL] == (HowTold.CHOSEN,)
    assert HowTold.WRITTEN in dossier.origins[HeldKind.LANGUAGE]
    said = [turn.answer for turn in before]
    assert dossier.paths[EN] is said[-3], "the turn that brought the paths, not a later one"
    assert dossier.plans[EN] is said[-2]
    labels = [[card.label for card in dossier.paths[language].paths] for language in (SV, EN)]
    assert labels[0] != labels[1]


async def test_the_latest_plan_is_the_one_taken_along(application: Application) -> None:
    session = await planned(application)
    other = session.turns[-1].answer.paths[1].path.concept_id
    await say(session, UserInput(choice_id=f"plan:{other}"))
    dossier = await make_dossier(session, application.knowledge, (EN,), MADE_AT)
    assert [answer.plan and answer.plan.concept_id for answer in dossier.plans.values()] == [other]


async def test_what_was_looked_for_is_told_in_both_languages(application: Application) -> None:
    session = await with_paths(application)
    await say(session, UserInput("what else could I do with animals?"))
    dossier = await make_dossier(session, application.knowledge, (SV, EN), MADE_AT)
    assert dossier.paths[EN] is session.turns[-1].answer
    assert tuple(dossier.paths) == (SV, EN)


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
@pytest.mark.parametrize("languages", [(SV,), (EN, SV)], ids=["other", "both"])
async def test_what_cannot_be_told_again_stays_as_it_was_said(
    kind: type[Session], languages: tuple[Language, ...], application: Application
) -> None:
    session = await planned(application, kind)
    dossier = await make_dossier(session, application.knowledge, languages, MADE_AT)
    assert tuple(dossier.plans) == tuple(dossier.paths) == (EN,)
