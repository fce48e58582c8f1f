"""Answers of yesterday in place of none: only for callers who say that they will tell people so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StaleAnswer:
    """What a source that does not answer now said when it last did; `answered_at` in UTC."""

    service: str
    operation: str
    answered_at: datetime


_accepted: ContextVar[list[StaleAnswer] | None] = ContextVar("accepted_stale_answers", default=None)


@contextmanager
def accepting_stale() -> Iterator[list[StaleAnswer]]:
    """Within it, a source that is down is answered for from the disk cache.

    Gives the list of what was answered so; it grows meanwhile. Outside of it no stale answer is given:
    the caller sees the source's error.
    """
    found: list[StaleAnswer] = []
    token = _accepted.set(found)
    try:
        yield found
    finally:
        _accepted.reset(token)


def accepted_stale() -> list[StaleAnswer] | None:
    """The list of the innermost `accepting_stale`, or none."""
    return _accepted.get()
