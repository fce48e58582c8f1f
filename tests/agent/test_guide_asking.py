"""What the guide does with words of which it is sure, unsure, or that it cannot place."""

from dataclasses import dataclass

import pytest

from assistant.agent.guide.policy import Question
from assistant.agent.guide.work import CONCEPT
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent
from assistant.domain.language import Language
from assistant.guidance.choosing import MOST_OFFERED, Sureness
from tests.agent.talking import sent

_MINOR_GROUP = 3


@dataclass(frozen=True)
class Case:
    said: str
    language: Language
    ssyk: str = ""


def _offered(application: Application, answer: AnswerEvent) -> list[str]:
    """The SSYK codes on offer."""
    groups = application.knowledge.catalogue.groups
    ids = [c.choice_id.removeprefix(CONCEPT) for c in answer.choices if c.choice_id.startswith(CONCEPT)]
    return [groups[concept_id].ssyk_code for concept_id in ids]


CLEAR = (
    Case("Jag var lastbilschaufför i sju år", Language.SV, "8332"),
    Case("I worked as a hairdresser", Language.EN, "5141"),
)


@pytest.mark.parametrize("case", CLEAR, ids=lambda case: case.said)
async def test_what_is_clear_is_confirmed(case: Case, application: Application) -> None:
    answer, memory = await sent(application.new_session(case.language), case.said)
    assert memory.open_question == Question.CONFIRM
    assert memory.pending[0].sureness is Sureness.SURE
    assert _offered(application, answer) == [case.ssyk]
    assert answer.choices[-1].choice_id == "none"
    assert len(answer.citations) == 2


VAGUE = (
    Case("jag lagade saker", Language.SV),
    Case("I worked with animals", Language.EN),
)


@pytest.mark.parametrize("case", VAGUE, ids=lambda case: case.said)
async def test_what_is_vague_is_asked_about_with_choices_of_different_kinds(
    case: Case, application: Application
) -> None:
    session = application.new_session(case.language)
    answer, memory = await sent(session, case.said)
    codes = _offered(application, answer)
    assert memory.open_question == Question.CONFIRM
    assert memory.pending[0].sureness is Sureness.UNSURE
    assert 2 <= len(codes) <= MOST_OFFERED
    assert len({code[:_MINOR_GROUP] for code in codes}) == len(codes)
    assert answer.choices[-1].choice_id == "none"
    assert answer.profile.experiences == ()
    chosen, _ = await sent(session, choice_id=answer.choices[1].choice_id)
    assert [experience.ssyk_code for experience in chosen.profile.experiences] == [codes[1]]


NONSENSE = (
    Case("blorfa snakt veldig", Language.SV),
    Case("I like it here a lot", Language.EN),
)


@pytest.mark.parametrize("case", NONSENSE, ids=lambda case: case.said)
async def test_what_names_no_work_is_not_guessed_at(case: Case, application: Application) -> None:
    answer, memory = await sent(application.new_session(case.language), case.said)
    assert _offered(application, answer) == []
    assert answer.profile.experiences == ()
    assert memory.open_question in (Question.EXPERIENCE, Question.RETELL)


async def test_work_that_fits_nothing_is_told_anew_and_then_found(application: Application) -> None:
    session = application.new_session(Language.EN)
    await sent(session, "I worked as a hairdresser")
    answer, memory = await sent(session, choice_id="none")
    assert memory.open_question == Question.RETELL
    assert memory.pending[0].needs_words
    answer, memory = await sent(session, "I took photos at weddings")
    assert memory.open_question == Question.CONFIRM
    assert "3431" in _offered(application, answer)
