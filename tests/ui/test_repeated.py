from dataclasses import dataclass, replace

import pytest

from assistant.domain.conversation import AnswerEvent
from assistant.ui.cards import answer_markdown
from tests.cards import ABOUT, COMPARED, PLANNED
from tests.fakes import PATHS, SKILLS


@dataclass(frozen=True)
class Case:
    id: str
    answer: AnswerEvent
    shown: str


PATH_LINES = "Här är vägarna.\n\n- **Lastbilsförare** – Du kan söka nu [1].\n\nVill du veta mer?"
CASES = (
    Case("buttons", SKILLS, "Vad kan du?"),
    Case("paths", replace(PATHS, text=PATH_LINES), "Här är vägarna.\n\n\nVill du veta mer?"),
    Case("an occupation", ABOUT, "Så här är yrket.\n\n\nVill du ha en plan?"),
    Case("a plan", PLANNED, "Din plan.\n\n\nPassar den ditt liv?"),
    Case("a comparison", COMPARED, "Här är de bredvid varandra."),
    Case("nothing is shown", replace(ABOUT, occupation=None, citations=()), ABOUT.text),
    Case(
        "more than the card says",
        replace(ABOUT, text="Mitten är 31 200 kronor i månaden. Det är 2024.", citations=()),
        "Mitten är 31 200 kronor i månaden. Det är 2024.",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_stands_below_is_not_said_above(case: Case):
    assert answer_markdown(case.answer) == case.shown
