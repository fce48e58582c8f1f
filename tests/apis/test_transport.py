import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from assistant import __version__
from assistant.apis.transport import CircuitBreaker, Transport, TransportPolicy
from assistant.errors import (
    UpstreamError,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from tests.apis.conftest import Connect
from tests.standin.server import StandIn

PATH = "/main/versions"


async def ask(transport: Transport) -> object:
    return await transport.get_json(PATH, {}, operation="versions")


@dataclass(frozen=True)
class FaultCase:
    id: str
    mode: str
    error: type[UpstreamError]
    requests: int


FAULTS = (
    FaultCase("unavailable", "503", UpstreamUnavailable, requests=3),
    FaultCase("too many requests", "429:0", UpstreamUnavailable, requests=3),
    FaultCase("fails once too often", "flaky:3", UpstreamUnavailable, requests=3),
    FaultCase("cut short", "malformed", UpstreamMalformed, requests=1),
    FaultCase("a page instead of data", "html", UpstreamMalformed, requests=1),
    FaultCase("not found", "no-such-fault", UpstreamRejected, requests=1),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.id)
async def test_a_fault_becomes_a_typed_error(case: FaultCase, service: StandIn, connect: Connect) -> None:
    with pytest.raises(case.error) as caught:
        await ask(connect(service.fault_url(case.mode)))
    assert (caught.value.service, caught.value.operation) == ("stand-in", "versions")
    assert len(service.calls) == case.requests


async def test_an_answer_is_read_at_once(service: StandIn, connect: Connect) -> None:
    rows = await ask(connect(service.url()))
    assert isinstance(rows, list)
    assert service.requests == {"/taxonomy/v1/taxonomy/main/versions": 1}


async def test_a_service_that_fails_for_a_moment_is_asked_again(service: StandIn, connect: Connect) -> None:
    assert await ask(connect(service.fault_url("flaky:2")))
    assert len(service.calls) == 3


async def test_the_user_agent_says_whom_to_write_to(service: StandIn, connect: Connect) -> None:
    await ask(connect(service.url(), contact="drift@example.org"))
    await ask(connect(service.url()))
    assert [call.user_agent for call in service.calls] == [
        f"Vagvisare/{__version__}; drift@example.org",
        f"Vagvisare/{__version__}",
    ]


async def test_nobody_listening_is_unavailable(refused_url: str, connect: Connect) -> None:
    with pytest.raises(UpstreamUnavailable):
        await ask(connect(refused_url))


async def test_each_slow_answer_is_given_up_after_the_timeout(service: StandIn, connect: Connect) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTimeout):
        await ask(connect(service.fault_url("slow:5"), timeout_s=0.1, attempts=2))
    assert time.monotonic() - started < 1.5
    assert len(service.calls) == 2


async def test_all_attempts_together_end_by_the_deadline(service: StandIn, connect: Connect) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTimeout, match="deadline"):
        await ask(connect(service.fault_url("slow:5"), timeout_s=5, deadline_s=0.3))
    assert time.monotonic() - started < 1.5


async def test_an_answer_that_is_slow_but_in_time_is_taken(service: StandIn, connect: Connect) -> None:
    assert await ask(connect(service.fault_url("slow:0.1")))


async def test_retries_wait_as_long_as_the_service_asks(service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamUnavailable) as caught:
        await ask(connect(service.fault_url("429:1"), attempts=2))
    first, second = service.calls
    assert second.at - first.at >= 1
    assert caught.value.retry_after_s == 1


async def test_a_wait_beyond_the_deadline_is_not_begun(service: StandIn, connect: Connect) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamUnavailable) as caught:
        await ask(connect(service.fault_url("429:60")))
    assert time.monotonic() - started < 1
    assert caught.value.retry_after_s == 60


@dataclass(frozen=True)
class RetryAfterCase:
    id: str
    value: str
    at_least: float | None
    at_most: float | None


def in_seconds(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


RETRY_AFTER = (
    RetryAfterCase("seconds", "7", 7, 7),
    RetryAfterCase("a date to come", in_seconds(3600), 3000, 3600),
    RetryAfterCase("a date gone by", in_seconds(-60), 0, 0),
    RetryAfterCase("nothing", "", None, None),
    RetryAfterCase("nonsense", "soon", None, None),
    RetryAfterCase("a digit that is no number", "²", None, None),
)


@pytest.mark.parametrize("case", RETRY_AFTER, ids=lambda case: case.id)
async def test_retry_after_is_read_in_all_its_forms(case: RetryAfterCase) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, headers=[(b"Retry-After", case.value.encode())])

    transport = Transport(
        "made up", "http://localhost", TransportPolicy(attempts=1), http=httpx.MockTransport(answer)
    )
    with pytest.raises(UpstreamUnavailable) as caught:
        await ask(transport)
    await transport.aclose()
    found = caught.value.retry_after_s
    if case.at_least is None or case.at_most is None:
        assert found is None
    else:
        assert found is not None
        assert case.at_least <= found <= case.at_most


@dataclass
class Clock:
    now: float = field(default=1000.0)

    def __call__(self) -> float:
        return self.now


def test_the_breaker_opens_after_failures_in_a_row() -> None:
    breaker = CircuitBreaker(failures=2, pause_s=60, clock=Clock())
    breaker.record(ok=False)
    breaker.record(ok=True)
    breaker.record(ok=False)
    assert not breaker.is_open
    breaker.record(ok=False)
    assert breaker.is_open


def test_the_breaker_lets_a_call_through_after_its_pause() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=2, pause_s=60, clock=clock)
    breaker.record(ok=False)
    breaker.record(ok=False)
    clock.now += 59.9
    assert breaker.is_open
    clock.now += 0.1
    assert not breaker.is_open


def test_the_breaker_opens_again_when_that_call_fails() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=2, pause_s=60, clock=clock)
    breaker.record(ok=False)
    breaker.record(ok=False)
    clock.now += 60
    breaker.record(ok=False)
    assert breaker.is_open


def test_the_breaker_forgets_failures_when_that_call_succeeds() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=2, pause_s=60, clock=clock)
    breaker.record(ok=False)
    breaker.record(ok=False)
    clock.now += 60
    breaker.record(ok=True)
    breaker.record(ok=False)
    assert not breaker.is_open


async def test_a_dead_service_is_left_alone_and_tried_again_later(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("flaky:2"), attempts=1, breaker_failures=2, breaker_pause_s=0.3)
    for _ in range(2):
        with pytest.raises(UpstreamUnavailable, match="503"):
            await ask(transport)
    with pytest.raises(UpstreamUnavailable, match="paused"):
        await ask(transport)
    assert len(service.calls) == 2
    await asyncio.sleep(0.35)
    assert await ask(transport)
    assert await ask(transport)
    assert len(service.calls) == 4


async def test_what_a_service_refuses_or_garbles_does_not_open_the_breaker(
    service: StandIn, connect: Connect
) -> None:
    transport = connect(service.fault_url("malformed"), breaker_failures=1)
    for _ in range(2):
        with pytest.raises(UpstreamMalformed):
            await ask(transport)
