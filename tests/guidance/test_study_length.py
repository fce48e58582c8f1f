from dataclasses import dataclass

import pytest

from assistant.guidance.study_length import months_of, months_until


@dataclass(frozen=True)
class Case:
    name: str
    length: str
    months: float | None
    start: str = ""
    end: str = ""
    pace: int = 0


CASES = (
    Case("dates count before credits", "400 yh", 8, start="2026-10-12", end="2027-06-11", pace=50),
    Case("two years of higher vocational education", "400 yh", 18.5, pace=100),
    Case("credits at half pace take twice as long", "60 hp", 18.5, pace=50),
    Case("a course of adult education", "100 gy", 1, pace=100),
    Case("a decimal comma", "7,5 hp", 1, pace=100),
    Case("credits without a pace say nothing", "400 yh", None),
    Case("an unknown unit says nothing", "20 dagar", None, pace=100),
    Case("an end before the start says nothing", "", None, start="2026-10-12", end="2026-01-01"),
    Case("nothing is said", "", None),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_months_come_from_dates_or_from_credits_and_pace(case: Case) -> None:
    assert months_of(case.length, start=case.start, end=case.end, pace_percent=case.pace) == case.months


def test_what_has_begun_is_no_months_away() -> None:
    assert months_until("2026-01-01", "2026-11-22") == 0
    assert months_until("2027-01-22", "2026-11-22") == 2
