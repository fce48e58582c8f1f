from dataclasses import dataclass

import pytest

from assistant.domain.concept import Skill
from assistant.domain.language import Bilingual
from assistant.domain.path import Gap, GapKind
from assistant.guidance.plan.closing import closes, queries


def paper(label: str) -> Gap:
    return Gap(GapKind.PAPER, skill=Skill("id", Bilingual(label, label), is_qualification=True))


def licence(letter: str) -> Gap:
    return Gap(GapKind.DRIVING_LICENCE, licence=letter)


def gap_name(gap: Gap) -> str:
    return gap.skill.preferred_label.sv if gap.skill else gap.licence


@dataclass(frozen=True)
class Case:
    gap: Gap
    title: str
    is_closed: bool


CASES = (
    Case(licence("C"), "Yrkesförare Lastbil 2024 C-behörighet med mängdträning", True),
    Case(licence("C"), "Yrkesförare Lastbil 2024 CE-behörighet med mängdträning", False),
    Case(licence("CE"), "Yrkesförare Lastbil 2024 CE-behörighet med mängdträning", True),
    Case(licence("C"), "Yrkesförare Lastbil 2024 Yrkeskompetensbevis fortbildning 35 timmar", False),
    Case(licence("D"), "Bussförare", True),
    Case(licence("B"), "Körkortsteori", False),
    Case(licence("B"), "Körkort klass B", True),
    Case(paper("Yrkeskompetensbevis för förare (YKB)"), "Yrkesförare (YKB)", True),
    Case(paper("Yrkeskompetensbevis för förare (YKB)"), "Yrkesförare Lastbil 2024 ADR Grundkurs", False),
    Case(paper("ADR-intyg"), "Yrkesförare Lastbil 2024 ADR Grundkurs", True),
    Case(paper("Truckförarbevis"), "Truckutbildning A och B", True),
    Case(paper("Truckförarbevis"), "Undersköterska", False),
    Case(paper("Undersköterskeutbildning"), "Vårdbiträde / undersköterska distanskurs", True),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{gap_name(case.gap)}: {case.title}")
def test_a_title_tells_whether_it_closes_a_gap(case: Case) -> None:
    assert closes(case.gap, case.title) == case.is_closed


def test_a_gap_is_looked_for_by_its_short_name_too() -> None:
    assert queries(paper("Yrkeskompetensbevis för förare (YKB)")) == ("YKB", "yrkeskompetensbevis")
    assert queries(licence("C1")) == ("C1-behörighet",)
