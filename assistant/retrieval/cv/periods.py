"""Periods as CVs write them, in Swedish and English. Pure functions."""

import re
from dataclasses import dataclass

from assistant.retrieval.cv.values import Moment, Period
from assistant.retrieval.mentions.details import years_said

_MONTH_NAMES = (
    "jan(?:uari|uary)?", "feb(?:ruari|ruary)?", "mar(?:s|ch)?", "apr(?:il)?", "ma[jy]", "jun[ei]?",
    "jul[iy]?", "aug(?:usti|ust)?", "sept?(?:ember)?", "o[kc]t(?:ober)?", "nov(?:ember)?", "de[cs](?:ember)?",
)  # fmt: skip
_SEASONS = "sommaren|hösten|våren|vintern|summer|spring|autumn|fall|winter|[hv]t"
_MONTH = rf"(?:{'|'.join(_MONTH_NAMES)})\.?"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY}|{_DAY}[/.]{_MONTH_NUMBER}[/.]{_YEAR}|(?:{_DAY} )?{_MONTH} {_YEAR}"
    rf"|{_MONTH_NUMBER}[-/.]{_YEAR}|{_YEAR}[-/.](?:0[1-9]|1[0-2])(?!\d)|(?:{_SEASONS}) {_YEAR}|{_YEAR})(?!\d)"
)
_NOW = (
    r"(?:nu(?:varande|\.)?|now|present|pågående|pågår|idag|i dag|dags dato|tills vidare|(?:to )?date"
    r"|till dags dato"
    r"|current(?:ly)?|today|ongoing|fortfarande)(?![^\W\d_])"
)
_DASH = r"\s*(?:-|–|—|−|→|till och med|till|t\.?o\.?m\.?|to|until|/)\s*"
_RANGE = re.compile(
    rf"(?<![\d/.-])(?P<start>{_DATE}){_DASH}(?:(?P<end>{_DATE})|(?P<now>{_NOW}))", re.IGNORECASE
)
_SHORT_RANGE = re.compile(rf"(?<![\d/.-])(?P<start>{_YEAR})[-–/](?P<end>\d\d)(?![\d/.-])")
_SINCE = re.compile(
    rf"\b(?:sedan|since|from|från och med|från|fr\.?o\.?m\.?)\s+(?P<start>{_DATE})(?!{_DASH}\d)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"(?<![\d/.-])(?P<start>{_DATE})\s*[-–—](?=\s*$|\s*[\t|]|\s+[^\W\d_]|\s*[,;])", re.IGNORECASE
)
_ALONE = re.compile(rf"(?<![\d/.-])(?P<start>{_DATE})(?![/.-]?\d)", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?:\d+(?:[.,]\d)?|ett|en|två|tre|fyra|fem|sex|one|two|three|four|five|six)\s*"
    r"(?:års?|years?|yrs?|månader|månad|mån|months?)\b(?!\s*(?:old|gammal|sedan))",
    re.IGNORECASE,
)
_YEAR_IN = re.compile(_YEAR)
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period in a line: `line[start:end]`; `is_exact` when it is more than a year or a length alone."""

    period: Period
    start: int
    end: int
    is_exact: bool


def find_period(line: str) -> FoundPeriod | None:
    """The period that a line names first, the plainest kinds of writing before those that may be others."""
    return _range(line) or _short_range(line) or _open(line) or _alone(line) or _length(line)


def _range(line: str) -> FoundPeriod | None:
    if not (found := _RANGE.search(line)):
        return None
    start, end = _moment(found["start"]), _moment(found["end"]) if found["end"] else None
    if end and end.year < start.year:
        return None
    return FoundPeriod(Period(start, end, is_ongoing=end is None), found.start(), found.end(), is_exact=True)


def _short_range(line: str) -> FoundPeriod | None:
    """2015-19; where the second number could be a month of an earlier year, it is one."""
    if not (found := _SHORT_RANGE.search(line)):
        return None
    start = int(found["start"])
    end = start - start % _CENTURY + int(found["end"])
    if end <= start:
        return None
    return FoundPeriod(Period(Moment(start), Moment(end)), found.start(), found.end(), is_exact=True)


def _open(line: str) -> FoundPeriod | None:
    if not (found := _SINCE.search(line) or _OPEN.search(line)):
        return None
    period = Period(_moment(found["start"]), is_ongoing=True)
    return FoundPeriod(period, found.start(), found.end(), is_exact=True)


def _alone(line: str) -> FoundPeriod | None:
    """A single date, with a length beside it where there is one ("6 months, 2011")."""
    if not (found := _ALONE.search(line)):
        return None
    moment = _moment(found["start"])
    start, end, length = found.start(), found.end(), None
    if beside := _LENGTH.search(line):
        start, end, length = min(start, beside.start()), max(end, beside.end()), years_said(beside[0])
    period = Period(None, moment, length=length) if length else Period(moment, moment)
    return FoundPeriod(period, start, end, is_exact=bool(moment.month))


def _length(line: str) -> FoundPeriod | None:
    found = _LENGTH.search(line)
    years = years_said(found[0]) if found else None
    if found is None or years is None:
        return None
    return FoundPeriod(Period(length=years), found.start(), found.end(), is_exact=False)


def _moment(text: str) -> Moment:
    year_at = _YEAR_IN.search(text)
    assert year_at is not None  # every date has one
    year, rest = int(year_at[0]), f"{text[: year_at.start()]} {text[year_at.end() :]}"
    named = next(
        (i for i, name in enumerate(_MONTH_NAMES, 1) if re.search(rf"\b{name}\b", rest, re.IGNORECASE)), 0
    )
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if named or not numbers:
        return Moment(year, named)
    # Year first: month, day. Year last: day, month.
    month = numbers[0] if year_at.start() == 0 or len(numbers) == 1 else numbers[-1]
    return Moment(year, month)
