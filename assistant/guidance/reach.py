"""Asking several public sources at once, and what is left when some of them cannot be reached."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Generic, TypeVar

from assistant.apis.stale import accepting_stale
from assistant.errors import UpstreamError

logger = logging.getLogger(__name__)

_AnswerT = TypeVar("_AnswerT")


@dataclass(frozen=True, slots=True)
class Reached(Generic[_AnswerT]):
    """What one source answered.

    Attributes:
        system: Name of the source.
        answer: None when it could not be read, or has nothing.
        is_missing: It could not be read.
        stale_since: When the source gave this answer, if it does not answer now and an earlier
            answer stands in (ISO 8601, UTC); else empty.
    """

    system: str
    answer: _AnswerT | None
    is_missing: bool = False
    stale_since: str = ""


async def reach(system: str, asked: Awaitable[_AnswerT]) -> Reached[_AnswerT]:
    """Ask a source; one that fails is missing, and the rest goes on."""
    with accepting_stale() as stale:
        try:
            answer = await asked
        except UpstreamError as error:
            # The errors name service and operation, never what was asked.
            logger.info("%s is left out: %s", system, error)
            return Reached(system, None, is_missing=True)
    oldest = min((found.answered_at for found in stale), default=None)
    return Reached(
        system, answer, stale_since=oldest.astimezone(UTC).isoformat(timespec="seconds") if oldest else ""
    )


def missing(*asked: Reached[Any] | None) -> tuple[str, ...]:
    """The systems that could not be read, each once; None stands for one that was not asked."""
    return tuple(dict.fromkeys(reached.system for reached in asked if reached and reached.is_missing))


def stale(*asked: Reached[Any] | None) -> tuple[tuple[str, str], ...]:
    """The systems that an earlier answer stands in for, each with the time of its oldest answer."""
    since: dict[str, str] = {}
    for reached in asked:
        if reached and reached.stale_since:
            known = since.get(reached.system, reached.stale_since)
            since[reached.system] = min(known, reached.stale_since)
    return tuple(since.items())
