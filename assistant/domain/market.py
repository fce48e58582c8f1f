"""Figures on an occupation that pictures are drawn from; the sentences about them carry the sources."""

from dataclasses import dataclass
from enum import StrEnum


class Opportunities(StrEnum):
    """How easy it is to get work, in Yrkesbarometern's three steps."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Trend(StrEnum):
    """What demand does in five years, in Yrkesbarometern's three steps."""

    SHRINKS = "shrinks"
    STAYS = "stays"
    GROWS = "grows"


@dataclass(frozen=True, slots=True)
class PayRange:
    """Pay a month in kronor before tax; None for what is not published."""

    year: int
    p10: int | None = None
    median: int | None = None
    mean: int | None = None
    p90: int | None = None


@dataclass(frozen=True, slots=True)
class CountyOutlook:
    """The forecast for one county; `county_code` is SCB's two digits, "00" the whole country."""

    county_code: str
    county: str
    opportunities: Opportunities | None = None
    trend: Trend | None = None
