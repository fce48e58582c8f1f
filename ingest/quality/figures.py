"""Numbers in Swedish form."""

_SPACE = "\u00a0"


def number(value: int) -> str:
    """A whole number, with a space between thousands: "12 345"."""
    return f"{value:,}".replace(",", _SPACE)


def percent(share: float | None) -> str:
    """A share of 0-1 with one decimal: "12,5 %"; a dash for none.

    What is neither none nor all is never told as 0 or 100 %.
    """
    if share is None:
        return "–"
    value = share * 100
    if 0 < value < 0.05:
        return f"under{_SPACE}0,1{_SPACE}%"
    if 99.95 <= value < 100:
        return f"över{_SPACE}99,9{_SPACE}%"
    return f"{value:.1f}".replace(".", ",") + f"{_SPACE}%"
