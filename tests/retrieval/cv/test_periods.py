"""When something was, in the many ways in which CVs say so."""

from dataclasses import dataclass
from datetime import date

import pytest

from assistant.retrieval.cv.periods import find_period
from assistant.retrieval.cv.values import Moment, Period

TODAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Case:
    line: str
    period: Period | None
    years: float | None = None


def _span(start: tuple[int, ...], end: tuple[int, ...]) -> Period:
    return Period(Moment(*start), Moment(*end))


def _since(*start: int) -> Period:
    return Period(Moment(*start), is_ongoing=True)


CASES = (
    Case("2015-2019 Kock", _span((2015,), (2019,)), 4),
    Case("Kock, 2015 – 2019", _span((2015,), (2019,)), 4),
    Case("2015–19 Kock", _span((2015,), (2019,)), 4),
    Case("1994-96", _span((1994,), (1996,)), 2),
    Case("03/2017–nu", _since(2017, 3), 9.1),
    Case("03-2017 till 11-2018", _span((2017, 3), (2018, 11)), 1.8),
    Case("2017-03 – 2018-11", _span((2017, 3), (2018, 11)), 1.8),
    Case("2020-02-01 – tills vidare", _since(2020, 2), 6.2),
    Case("01/09/2004 – 30/06/2013", _span((2004, 9), (2013, 6)), 8.8),
    Case("1.9.2004 - 30.6.2013", _span((2004, 9), (2013, 6)), 8.8),
    Case("Sep 2019 – Present", _since(2019, 9), 6.6),
    Case("Sept. 2019 to date", _since(2019, 9), 6.6),
    Case("januari 2018 – pågående", _since(2018, 1), 8.2),
    Case("maj 2014 t.o.m. december 2017", _span((2014, 5), (2017, 12)), 3.7),
    Case("sedan 2021", _since(2021), 5),
    Case("since June 2021", _since(2021, 6), 4.8),
    Case("2021- Snickare, Byggarna", _since(2021), 5),
    Case("Lektor, Lund, 2016–", _since(2016), 10),
    Case("Sommaren 2019", _span((2019,), (2019,)), 0.5),
    Case("ht 2012 - vt 2014", _span((2012,), (2014,)), 2),
    Case("2014", _span((2014,), (2014,)), 0.5),
    Case("housekeeper, 3 years", Period(length=3), 3),
    Case("6 months, 2011", Period(None, Moment(2011), length=0.5), 0.5),
    Case("Kock på restaurang", None),
    Case("070-123 45 67", None),
    Case("budget 40 000 kr, 120 anställda", None),
    Case("2019 - 2015", _span((2019,), (2019,)), 0.5),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.line)
def test_a_period_is_found(case: Case) -> None:
    found = find_period(case.line)
    assert (found.period if found else None) == case.period
    if found is not None:
        assert found.period.years(TODAY) == case.years


def test_what_has_no_end_yet_cannot_end_before_it_begins() -> None:
    assert _since(2030).years(TODAY) is None
