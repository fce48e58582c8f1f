import asyncio
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from assistant import __version__
from assistant.apis.transport import Transport, TransportPolicy
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
    FaultCase("broken", "500", UpstreamUnavailable, requests=3),
    FaultCase("the connection is reset", "reset", UpstreamUnavailable, requests=3),
    FaultCase("the connection closes in mid-answer", "truncated", UpstreamUnavailable, requests=3),
    FaultCase("too many requests", "429:0", UpstreamUnavailable, requests=3),
    FaultCase("fails once too often", "flaky:3", UpstreamUnavailable, requests=3),
    FaultCase("cut short", "malformed", UpstreamMalformed, requests=1),
    FaultCase("a page instead of data", "html", UpstreamMalformed, requests=1),
    FaultCase("too large", "huge:20", UpstreamMalformed, requests=1),
    FaultCase("too large once expanded", "bomb:20", UpstreamMalformed, requests=1),
    FaultCase("not found", "no-such-fault", UpstreamRejected, requests=1),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.id)
async def test_a_fault_becomes_a_typed_error(case: FaultCase, service: StandIn, connect: Connect) -> None:
    with pytest.raises(case.error) as caught:
        await ask(connect(service.fault_url(case.mode), timeout_s=20, deadline_s=20))
    assert (caught.value.service, caught.value.operation) == ("stand-in", "versions")
    assert len(service.calls) == case.requests


@dataclass(frozen=True)
class WireCase:
    id: str
    mode: str
    reason: str
    deadline_s: float = 20


# That the stand-in really does it on the wire, and that the reason can be read in a log.
WIRE = (
    WireCase("reset", "reset", "ReadError"),
    WireCase("truncated", "truncated", "RemoteProtocolError"),
    WireCase("malformed", "malformed", "not JSON"),
    WireCase("html", "html", "text/html instead of data"),
    WireCase("huge", "huge:20", "longer than 16777216 bytes"),
    WireCase("bomb", "bomb:20", "longer than 16777216 bytes"),
    WireCase("drip", "drip:0.05", "deadline", deadline_s=1),
)


@pytest.mark.parametrize("case", WIRE, ids=lambda case: case.id)
async def test_the_reason_says_what_went_wrong(case: WireCase, service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamError) as caught:
        await ask(connect(service.fault_url(case.mode), attempts=1, timeout_s=20, deadline_s=case.deadline_s))
    assert caught.value.reason == case.reason


async def test_a_post_is_repeated_as_a_get_is(service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamUnavailable):
        await connect(service.fault_url("503")).post_json(PATH, {}, operation="versions", body={"a": 1})
    assert len(service.calls) == 3


async def test_a_file_is_read_as_it_is(service: StandIn, connect: Connect) -> None:
    transport = connect(service.url())
    raw = await transport.get_bytes(PATH, {}, operation="versions")
    assert json.loads(raw) == await ask(transport)


UNSENDABLE = ("x" * 70_000, "half a character \ud800")


@pytest.mark.parametrize("text", UNSENDABLE, ids=("too long", "no text"))
async def test_what_cannot_be_asked_is_an_error_of_ours(
    text: str, service: StandIn, connect: Connect
) -> None:
    transport = connect(service.url())
    with pytest.raises(UpstreamError, match="no request can be made"):
        await transport.get_json(PATH, {"q": text}, operation="versions")
    assert not service.calls


async def test_half_a_character_in_a_body_is_an_error_of_ours(service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamError, match="no request can be made"):
        await connect(service.url()).post_json(PATH, {}, operation="text", body={"text": "\ud800"})


async def test_what_a_person_wrote_is_not_logged(
    service: StandIn, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        await connect(service.url()).get_json(PATH, {"q": "hemligt"}, operation="text", is_personal=True)
    ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]
    assert not [record for record in ours if "hemligt" in record.getMessage()]


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
    assert time.monotonic() - started < 4
    assert len(service.calls) == 2


async def test_an_answer_that_trickles_is_cut_at_the_deadline(service: StandIn, connect: Connect) -> None:
    with pytest.raises(UpstreamTimeout, match="deadline"):
        await ask(connect(service.fault_url("drip:0.05"), timeout_s=0.5, deadline_s=1))
    assert len(service.calls) == 1


async def test_two_callers_wait_at_the_same_time(service: StandIn, connect: Connect) -> None:
    transport = connect(service.fault_url("slow:5"), timeout_s=5, deadline_s=0.5)
    # Had one waited for the other, it would have found the breaker open.
    answers = await asyncio.gather(ask(transport), ask(transport), return_exceptions=True)
    assert [type(answer) for answer in answers] == [UpstreamTimeout] * 2


async def test_all_attempts_together_end_by_the_deadline(service: StandIn, connect: Connect) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTimeout, match="deadline"):
        await ask(connect(service.fault_url("slow:5"), timeout_s=5, deadline_s=0.3))
    assert time.monotonic() - started < 4


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
    assert time.monotonic() - started < 30
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
    RetryAfterCase("a year beyond all", "Sun, 06 Nov 99999 08:49:37 GMT", None, None),
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
