"""The gate that every message passes before a model, a tool or a log sees it."""

import re
import unicodedata
from dataclasses import dataclass

_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
_DASH = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
# YYMMDD-NNNN as people write it and as documents print it: with any dash, a plus (over 100 years old),
# blanks or nothing before the last four, or with blanks between all digits.
_NUMBER = (
    rf"(?P<year>\d\s?\d)[\s/.{_DASH}]?(?P<month>0\s?\d|1\s?[0-2])[\s/.{_DASH}]?(?P<day>[0-36-9]\s?\d)"
    rf"\s{{0,3}}[+_/{_DASH}]?\s{{0,3}}(?P<last>\d\s?\d\s?\d\s?\d)(?![{_DASH}]?\d)"
)
_BEFORE = rf"(?<!\d)(?<!\d[{_DASH}])"
# Tried one after the other, since a year before a number looks like its beginning ("2015 811218-9876").
_PATTERNS = (
    re.compile(rf"{_BEFORE}(?:1\s?[89]|2\s?0)\s?{_NUMBER}"),
    re.compile(rf"{_BEFORE}{_NUMBER}"),
)
MASK = "[•••]"
# Coordination numbers add 60 to the day.
_COORDINATION = 60


@dataclass(frozen=True, slots=True)
class GatedText:
    """A text that may go on, and whether something was masked in it."""

    text: str
    masked: bool


def mask_identity_numbers(text: str) -> GatedText:
    """Mask Swedish personal identity and coordination numbers.

    A run of digits counts when month and day are possible and the checksum is right (Luhn, over the
    ten digits without century; Skatteverket, SKV 704).
    """
    # Half a surrogate pair is no text, and clients and logs fail on it.
    masked = text = text.encode("utf-8", "replace").decode("utf-8")
    for pattern in _PATTERNS:
        masked = _masked(pattern, masked)
    return GatedText(masked, masked != text)


def without_identity_numbers(text: str) -> str:
    """The text with such numbers masked."""
    return mask_identity_numbers(text).text


def _masked(pattern: re.Pattern[str], text: str) -> str:
    # Digits of any script, each at its place.
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    kept, at, searched = [], 0, 0
    while found := pattern.search(plain, searched):
        # What is no number may still begin before one.
        searched = found.start() + 1
        if _is_identity_number(found):
            kept += [text[at : found.start()], MASK]
            at = searched = found.end()
    return "".join([*kept, text[at:]])


def _is_identity_number(found: re.Match[str]) -> bool:
    year, month, day, last = (re.sub(r"\D", "", found[part]) for part in ("year", "month", "day", "last"))
    is_coordination = int(day) >= _COORDINATION
    born = int(day) - _COORDINATION if is_coordination else int(day)
    # Coordination numbers may carry month or day 0 when the birth date is unknown.
    earliest = 0 if is_coordination else 1
    possible = earliest <= int(month) <= 12 and earliest <= born <= 31
    return possible and _luhn_holds(year + month + day + last)


def _luhn_holds(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(digits):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
