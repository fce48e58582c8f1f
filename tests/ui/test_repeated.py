from dataclasses import dataclass, replace

import pytest

from assistant.domain.conversation import AnswerEvent
from assistant.ui.repeated import around_cards
from tests.cards import ABOUT, COMPARED, PLANNED
from tests.fakes import PATHS, SKILLS


@dataclass(frozen=True)
class Case:
    id: str
    answer: AnswerEvent
    above: str
    below: str = ""


PATH_LINES = "Här är vägarna.\n\n- **Lastbilsförare** – Du kan söka nu [1].\n\nVill du veta mer?"
CASES = (
    Case("buttons", SKILLS, "Vad kan du?"),
    Case("paths", replace(PATHS, text=PATH_LINES), "Här är vägarna.", "Vill du veta mer?"),
    Case("an occupation", ABOUT, "Så här är yrket.", "Vill du ha en plan?"),
    Case(
        "a question with buttons after cards",
        replace(
            ABOUT,
            text="Lön: Mitten är 31 200 kronor i månaden [2].\n\nVad nu?\n1. Gör en plan för Lastbilsförare",
        ),
        "",
        "Vad nu?",
    ),
    Case("a plan", PLANNED, "Din plan.", "Passar den ditt liv?"),
    Case("a comparison", COMPARED, "Här är de bredvid varandra."),
    Case(
        "led over to",
        replace(PLANNED, text="Tack.\n\n**Plan: Lastbilsförare**\n1. Börja så här: Ring kommunen.\nBra?"),
        "Tack.",
        "Bra?",
    ),
    Case("nothing is shown", replace(ABOUT, occupation=None, citations=()), ABOUT.text),
    Case(
        "more than the card says",
        replace(ABOUT, text="Mitten är 31 200 kronor i månaden. Det är 2024.", citations=()),
        "Mitten är 31 200 kronor i månaden. Det är 2024.",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_the_cards_show_is_said_neither_above_nor_below_them(case: Case):
    assert around_cards(case.answer) == (case.above, case.below)
