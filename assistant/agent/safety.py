"""The gate that every message passes before a model, a tool or a log sees it."""

import re
from dataclasses import dataclass

# YYMMDD-NNNN or YYYYMMDD-NNNN as people write it: with a dash, a plus (over 100 years old), a space
# or nothing between, or with blanks between all digits.
_NUMBER = re.compile(
    r"(?<![\d-])(?P<century>(?:18|19|20)[ ]?)?(?P<year>\d[ ]?\d)[ /.-]?(?P<month>\d[ ]?\d)[ /.-]?"
    r"(?P<day>\d[ ]?\d)[ ]?[-+–−]?[ ]?(?P<last>\d[ ]?\d[ ]?\d[ ]?\d)(?![\d-])"
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
    masked = _NUMBER.sub(lambda found: MASK if _is_identity_number(found) else found[0], text)
    return GatedText(masked, masked != text)


def _is_identity_number(found: re.Match[str]) -> bool:
    year, month, day, last = (re.sub(r"\D", "", found[part]) for part in ("year", "month", "day", "last"))
    born = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    # Coordination numbers may carry month or day 0 when the birth date is unknown.
    unknown = int(day) >= _COORDINATION and int(month) == 0
    possible = (
        (1 <= int(month) <= 12 or unknown) and 0 <= born <= 31 and (born > 0 or int(day) >= _COORDINATION)
    )
    return possible and _luhn_holds(year + month + day + last)


def _luhn_holds(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(digits):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
