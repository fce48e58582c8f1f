"""What the person changes holds from then on, and says that they changed it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import UserInput
from assistant.domain.held import HeldItem, HeldKind, HowTold
from assistant.domain.language import Level
from assistant.domain.profile import Education, Experience, ExperienceKind, SpokenLanguage
from assistant.errors import ChangeRefused, ItemMissing
from tests.agent.talking import answered
from tests.conversations.ended import Ended


def _first(session: Session, kind: HeldKind) -> HeldItem:
    return next(item for item in session.held().items if item.kind is kind)


@dataclass(frozen=True)
class Case:
    id: str
    kind: HeldKind
    changes: dict[str, Any]
    value: object


CASES = (
    Case("place", HeldKind.PLACE, {"text": " Umeå "}, "Umeå"),
    Case("licence", HeldKind.LICENCE, {"text": "ce"}, "CE"),
    Case("a wish", HeldKind.WISH, {"text": "köra buss"}, "köra buss"),
    Case("an identity number", HeldKind.PLACE, {"text": "811218-9876"}, "[•••]"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_words_are_changed(case: Case, ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    session.edit(_first(session, case.kind).item_id, case.changes)
    changed = next(item for item in session.held().items if item.value == case.value)
    assert changed.kind is case.kind
    assert changed.origin.how is HowTold.EDITED


def test_an_experience_is_changed_and_the_rest_of_it_stays(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    item = _first(session, HeldKind.EXPERIENCE)
    assert isinstance(item.value, Experience)
    session.edit(
        item.item_id, {"title": "Kranbilsförare", "years": 8, "country": "Libanon", "kind": "unpaid"}
    )
    wanted = replace(item.value, title="Kranbilsförare", years=8.0, country="LB", kind=ExperienceKind.UNPAID)
    assert session.profile.experiences[0] == wanted
    changed = _first(session, HeldKind.EXPERIENCE)
    assert changed.origin.how is HowTold.EDITED
    skills = [each.origin.how for each in session.held().items if each.kind is HeldKind.SKILL]
    assert HowTold.EDITED not in skills, "its skills are items of their own"


def test_an_education_and_a_language_are_changed(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    session.edit(_first(session, HeldKind.EDUCATION).item_id, {"level": "bachelor", "field": "kemi"})
    session.edit(_first(session, HeldKind.LANGUAGE).item_id, {"level": "B2"})
    education, language = _first(session, HeldKind.EDUCATION), _first(session, HeldKind.LANGUAGE)
    assert isinstance(education.value, Education)
    assert isinstance(language.value, SpokenLanguage)
    assert (education.value.level, education.value.field) == ("bachelor", "kemi")
    assert language.value.level == "B2"
    assert {education.origin.how, language.origin.how} == {HowTold.EDITED}


@pytest.mark.parametrize(
    "changes",
    [
        {"years": -1}, {"years": 71}, {"years": "many"}, {"title": ""}, {"title": "a" * 200},
        {"country": "Atlantis"}, {"kind": "royal"}, {"concept_id": "x"}, [], None, "title",
    ],
    ids=str,
)  # fmt: skip
def test_a_change_that_does_not_fit_is_refused_and_changes_nothing(changes: object, ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    before = session.state
    with pytest.raises(ChangeRefused):
        session.edit(_first(session, HeldKind.EXPERIENCE).item_id, changes)
    assert session.state == before


def test_what_is_a_choice_is_struck_instead(ended: Ended) -> None:
    session = ended("lorry-driver-syria")
    with pytest.raises(ChangeRefused):
        session.edit(_first(session, HeldKind.SKILL).item_id, {"label": "Flying"})
    with pytest.raises(ItemMissing):
        session.edit("experience:none", {"title": "x"})


async def test_the_conversation_builds_on_the_change(application: Application) -> None:
    session = application.new_session()
    await answered(session, "Jag har kört lastbil")
    await answered(session, "ja")
    # "How long?" is the open question, and this answers it.
    session.edit(session.held().items[0].item_id, {"years": 9, "country": "SY"})
    answer = await answered(session, "vad vet du om mig?")
    assert "9 år" in answer.text
    assert answer.profile.experiences[0].country == "SY"


async def test_a_change_outlives_the_same_answer_in_simpler_words(application: Application) -> None:
    session = application.new_session()
    await answered(session, "Jag har kört lastbil i 7 år i Syrien")
    await answered(session, "ja")
    session.edit(session.held().items[0].item_id, {"years": 9})
    await answered(session, UserInput(choice_id="plain:simple"))
    assert session.level is Level.SIMPLE
    assert session.profile.experiences[0].years == 9
