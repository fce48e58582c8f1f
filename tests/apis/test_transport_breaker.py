import asyncio
import time
from dataclasses import dataclass, field

import pytest

from assistant.apis.breaker import CircuitBreaker
from assistant.apis.transport import Transport
from assistant.errors import UpstreamMalformed, UpstreamRejected, UpstreamTimeout, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.standin.server import StandIn

PATH = "/main/versions"


async def ask(transport: Transport) -> object:
    return await transport.get_json(PATH, {}, operation="versions")


@dataclass
class Clock:
    now: float = field(default=1000.0)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(failures=2, pause_s=60, trial_s=3, clock=clock)


def open_up(breaker: CircuitBreaker) -> None:
    breaker.failed()
    breaker.failed()


def test_it_opens_after_failures_in_a_row(breaker: CircuitBreaker) -> None:
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admit()
    breaker.failed()
    assert not breaker.admit()
    assert breaker.pause_left_s == 60


def test_it_admits_one_call_after_the_pause(breaker: CircuitBreaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 59.9
    assert not breaker.admit()
    clock.now += 0.1
    assert breaker.admit()
    assert not breaker.admit()


def test_a_trial_that_fails_opens_it_anew(breaker: CircuitBreaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 60
    assert breaker.admit()
    breaker.failed()
    assert breaker.pause_left_s == 60


def test_a_trial_that_succeeds_closes_it(breaker: CircuitBreaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 60
    assert breaker.admit()
    breaker.succeeded()
    assert breaker.admit()
    breaker.failed()
    assert breaker.admit()


def test_a_trial_without_a_verdict_is_followed_by_another(breaker: CircuitBreaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 60
    assert breaker.admit()
    clock.now += 2.9
    assert not breaker.admit()
    clock.now += 0.2
    assert breaker.admit()


def test_a_pause_that_was_asked_for_is_not_cut_short(breaker: CircuitBreaker) -> None:
    breaker.open(600)
    breaker.failed()
    assert breaker.pause_left_s == 600


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


async def test_one_call_is_enough_to_learn_that_a_service_is_dead(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("503"))
    with pytest.raises(UpstreamUnavailable, match="503"):
        await ask(transport)
    with pytest.raises(UpstreamUnavailable, match="paused") as caught:
        await ask(transport)
    assert caught.value.retry_after_s == pytest.approx(60, abs=5)
    assert len(service.calls) == 3


async def test_the_deadline_is_paid_once(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("drip:0.05"), deadline_s=1)
    with pytest.raises(UpstreamTimeout):
        await ask(transport)
    with pytest.raises(UpstreamUnavailable, match="paused"):
        await ask(transport)
    assert len(service.calls) == 1


async def test_only_one_of_many_tries_whether_a_service_is_back(service: StandIn, connect: Connect) -> None:
    transport = connect(
        service.fault_url("slow:0.2"), timeout_s=0.1, attempts=1, breaker_failures=1, breaker_pause_s=0.05
    )
    with pytest.raises(UpstreamTimeout):
        await ask(transport)
    await asyncio.sleep(0.1)
    answers = await asyncio.gather(*(ask(transport) for _ in range(5)), return_exceptions=True)
    kinds = sorted(type(answer).__name__ for answer in answers)
    assert kinds == ["UpstreamTimeout"] + ["UpstreamUnavailable"] * 4
    assert len(service.calls) == 2


async def test_a_service_that_asks_for_a_long_pause_gets_it(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("429:600"), breaker_failures=5)
    for reason in ("429", "paused"):
        with pytest.raises(UpstreamUnavailable, match=reason) as caught:
            await ask(transport)
        assert caught.value.retry_after_s == pytest.approx(600, abs=5)
    assert len(service.calls) == 1


async def test_a_pause_without_end_is_cut(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("503:99999999"))
    for _ in range(2):
        with pytest.raises(UpstreamUnavailable) as caught:
            await ask(transport)
    assert caught.value.retry_after_s == pytest.approx(900, abs=5)


async def test_a_service_that_always_gives_a_page_is_as_good_as_dead(
    service: StandIn, connect: Connect
) -> None:
    transport = connect(service.fault_url("html"))
    for _ in range(2):
        with pytest.raises(UpstreamMalformed):
            await ask(transport)
    with pytest.raises(UpstreamUnavailable, match="paused"):
        await ask(transport)


async def test_what_a_service_refuses_does_not_open_the_breaker(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("no-such-fault"), breaker_failures=1)
    for _ in range(2):
        with pytest.raises(UpstreamRejected):
            await ask(transport)


async def test_the_budget_holds_in_every_window(service: StandIn, connect: Connect) -> None:
    transport = connect(service.url(), budget_calls=4, budget_window_s=0.4, deadline_s=5)
    started = time.monotonic()
    await asyncio.gather(*(ask(transport) for _ in range(9)))
    # Two at once, and then as many evenly in every window: never more than four in any.
    for place, call in enumerate(service.calls):
        assert call.at - started >= (place - 1) * 0.2 - 0.01


async def test_waiting_for_the_budget_counts_for_the_deadline_and_not_against_the_service(
    service: StandIn, connect: Connect
) -> None:
    transport = connect(service.url(), budget_calls=2, budget_window_s=60, deadline_s=1)
    await ask(transport)
    for _ in range(2):
        with pytest.raises(UpstreamTimeout, match="before its turn came"):
            await ask(transport)
    assert len(service.calls) == 1
