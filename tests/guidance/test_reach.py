import asyncio
import logging
from datetime import UTC, datetime

import pytest

from assistant.apis.stale import StaleAnswer, accepted_stale
from assistant.errors import (
    ConceptNotFound,
    UpstreamError,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from assistant.guidance.reach import missing, reach, stale

ERRORS: tuple[UpstreamError, ...] = (
    UpstreamTimeout(service="SCB", operation="pay", reason="deadline"),
    UpstreamUnavailable(service="SCB", operation="pay", reason="status 503", retry_after_s=9),
    UpstreamRejected(service="SCB", operation="pay", status=404),
    UpstreamMalformed(service="SCB", operation="pay", reason="not JSON"),
)


async def answering(value: object) -> object:
    await asyncio.sleep(0)
    return value


async def failing(error: Exception) -> object:
    await asyncio.sleep(0)
    raise error


async def from_yesterday(hour: int) -> str:
    """A call that the disk answers, as the transport tells it."""
    accepted = accepted_stale()
    assert accepted is not None, "nobody takes answers of yesterday"
    accepted.append(StaleAnswer("SCB", "pay", datetime(2026, 11, 20, hour, tzinfo=UTC)))
    return "old"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_a_source_that_fails_is_missing_and_no_error(error: UpstreamError) -> None:
    reached = await reach("SCB", failing(error))
    assert (reached.answer, reached.is_missing) == (None, True)
    assert missing(reached, None, reached) == ("SCB",)


async def test_nothing_found_is_not_missing() -> None:
    reached = await reach("SCB", answering(None))
    assert (reached.answer, reached.is_missing, reached.stale_since) == (None, False, "")
    assert missing(reached) == ()


async def test_an_error_of_another_kind_is_not_hidden() -> None:
    with pytest.raises(ConceptNotFound):
        await reach("SCB", failing(ConceptNotFound("x")))


async def test_an_earlier_answer_is_known_for_what_it_is_and_only_where_it_was_given() -> None:
    old, new, older = await asyncio.gather(
        reach("SCB", from_yesterday(12)), reach("JobSearch", answering(1)), reach("SCB", from_yesterday(8))
    )
    assert (old.answer, old.stale_since) == ("old", "2026-11-20T12:00:00+00:00")
    assert not new.stale_since
    assert stale(old, None, new, older) == (("SCB", "2026-11-20T08:00:00+00:00"),)
    assert accepted_stale() is None


async def test_what_was_asked_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await reach("SCB", failing(UpstreamTimeout(service="SCB", operation="pay")))
    assert "SCB" in caplog.text
