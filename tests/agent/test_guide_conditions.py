"""What people say that a plan must fit: set, lifted, misspelt, in both languages at once."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.agent.guide.acts import Cues, load_cues
from assistant.agent.guide.conditions import changed
from assistant.domain.plan import Conditions

ALL = Conditions(
    stays_put=True, at_distance=True, part_time=True, most_months=12, no_studies=True, needs_income=True
)


@dataclass(frozen=True)
class Case:
    text: str
    says: dict[str, Any] = field(default_factory=dict)


SETTING = (
    Case("I can't move", {"stays_put": True}),
    Case("jag kan inte flytta", {"stays_put": True}),
    Case("kan ej flyta", {"stays_put": True}),
    Case("I do not think I can move", {"stays_put": True}),
    Case("something closer to home", {"stays_put": True}),
    Case("bara kvällar", {"part_time": True}),
    Case("bara kvallar tack", {"part_time": True}),
    Case("only evnings", {"part_time": True}),
    Case("kan bara studera på halvfart", {"part_time": True}),
    Case("on distance", {"at_distance": True}),
    Case("Bara på distans, tack.", {"at_distance": True}),
    Case("not more than a year", {"most_months": 12}),
    Case("högst 6 månader", {"most_months": 6}),
    Case("inte mer än ett och ett halvt år", {"most_months": 18}),
    Case("max 20 veckor", {"most_months": 5}),
    Case("I only have one year", {"most_months": 12}),
    Case("högst två terminer", {"most_months": 10}),
    Case("vill inte plugga", {"no_studies": True}),
    Case("I don’t want to go to school", {"no_studies": True}),
    Case("utan att studera", {"no_studies": True}),
    Case("måste tjäna pengar", {"needs_income": True}),
    Case("I need an income", {"needs_income": True}),
    Case("I have to work at the same time", {"part_time": True, "needs_income": True}),
    Case("jag måste jobba samtidigt", {"part_time": True, "needs_income": True}),
    Case("jag kan inte flytta and only evenings", {"stays_put": True, "part_time": True}),
)
LIFTING = (
    Case("I can move now", {"stays_put": False}),
    Case("jag kan tänka mig att flytta", {"stays_put": False}),
    Case("anywhere in Sweden", {"stays_put": False}),
    Case("går bra på dagen också", {"part_time": False}),
    Case("not only evenings", {"part_time": False}),
    Case("full time is fine", {"part_time": False}),
    Case("inte bara på distans", {"at_distance": False}),
    Case("det får ta längre tid", {"most_months": None}),
    Case("as long as it takes", {"most_months": None}),
    Case("jag kan plugga", {"no_studies": False}),
    Case("I have savings", {"needs_income": False}),
    Case("behöver inte jobba samtidigt", {"part_time": False, "needs_income": False}),
)
# Said of something else, or nothing that anybody had ruled out.
SILENT = (
    "I want to study nursing",
    "jag har jobbat på kvällarna",
    "I worked for not more than a year",
    "finns det kurser på kvällen?",
    "vad tjänar en kock?",
    "I need a job",
    "jag kan flytta",
    "jag vill bli sjuksköterska",
    "tack",
    "",
)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.mark.parametrize("case", SETTING, ids=lambda case: case.text)
def test_words_set_a_condition(case: Case, cues: Cues) -> None:
    assert changed(Conditions(), case.text, cues) == Conditions(**case.says)


@pytest.mark.parametrize("case", LIFTING, ids=lambda case: case.text)
def test_words_lift_a_condition_and_leave_the_others(case: Case, cues: Cues) -> None:
    expected = {name: getattr(ALL, name) for name in ALL.__slots__} | case.says
    assert changed(ALL, case.text, cues) == Conditions(**expected)


@pytest.mark.parametrize("text", SILENT)
def test_other_words_say_nothing_of_conditions(text: str, cues: Cues) -> None:
    assert changed(Conditions(), text, cues) is None


def test_what_is_said_again_is_still_said(cues: Cues) -> None:
    stays = Conditions(stays_put=True)
    assert changed(stays, "I can't move", cues) == stays
