"""How long an education takes, from what its source says of dates, credits and pace. Pure functions."""

import re
from datetime import date

_DAYS_A_MONTH = 365.25 / 12
_WEEKS_A_MONTH = _DAYS_A_MONTH / 7
# Credits that one week of full-time studies gives: 5 of higher vocational education, 20 of upper secondary
# and adult education, 1.5 of universities (40 weeks a year give 60).
_A_WEEK = {"yh": 5.0, "gy": 20.0, "hp": 1.5}
# Codes of units as the sources have them.
_UNIT_OF = {"yh": "yh", "yhp": "yh", "hp": "hp", "gy": "gy", "gyp": "gy", "vp": "gy", "vuxp": "gy"}
UNITS = frozenset(_UNIT_OF.values())
"""Units of credits that have a name of ours."""
_LENGTH = re.compile(r"(?P<number>\d+(?:[.,]\d+)?) (?P<unit>\w+)")
_FULL_TIME = 100


def length_of(credits: float | None, system: str) -> str:
    """Credits with their unit, such as "7,5 hp"; empty when either is not known."""
    unit = _UNIT_OF.get(system.casefold(), "")
    return f"{credits:g} {unit}".replace(".", ",") if credits and unit else ""


def in_known_units(credits: str) -> str:
    """Credits of the index, such as "400 yhp", with the unit as the other sources name it."""
    number, _, unit = credits.partition(" ")
    return f"{number} {_UNIT_OF.get(unit.casefold(), unit)}".strip()


def months_of(length: str, *, start: str = "", end: str = "", pace_percent: int = 0) -> float | None:
    """Months from the first day to the last, to a half.

    Args:
        length: Credits with their unit, such as "400 yh", "7,5 hp" or "800 gy".
        start: ISO date; with `end` it counts before credits.
        end: ISO date.
        pace_percent: 100 is full time; 0 when not said.

    Returns:
        None when the source says neither both dates nor both credits and pace.
    """
    if start and end and start < end:
        days = (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days
        return _to_a_half(days / _DAYS_A_MONTH)
    found = _LENGTH.fullmatch(length)
    a_week = _A_WEEK.get(found["unit"]) if found else None
    if found is None or a_week is None or not pace_percent:
        return None
    weeks = float(found["number"].replace(",", ".")) / a_week * _FULL_TIME / pace_percent
    return _to_a_half(weeks / _WEEKS_A_MONTH)


def months_until(day: str, today: str) -> float:
    """Months from today to an ISO date; 0 for one that has been."""
    days = (date.fromisoformat(day[:10]) - date.fromisoformat(today[:10])).days
    return _to_a_half(days / _DAYS_A_MONTH) if days > 0 else 0.0


def _to_a_half(months: float) -> float:
    return max(0.5, round(months * 2) / 2)
