"""Every client against every fault: its caller sees an error of ours or a good answer, and soon."""

import asyncio
from dataclasses import fields

import pytest

from assistant.apis.transport import Transport
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamError, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.apis.probes import FAULT_MODES, PROBES, FaultMode
from tests.standin.server import StandIn
from tests.standin.services import SERVICES

# Where the service is silent, and where it answers at once, but on a machine that may be busy.
_DEADLINE_S, _PATIENCE_S = 0.6, 30
# Beyond the deadline on any machine, and far below what the slow faults last.
_GRACE_S = 12

pytestmark = pytest.mark.shared


@pytest.fixture(scope="session")
def read_once() -> set[str]:
    """The services that have read their data."""
    return set()


@pytest.fixture(params=PROBES)
async def name(
    request: pytest.FixtureRequest,
    service: StandIn,
    connect: Connect,
    shared_dir: object,
    read_once: set[str],
) -> str:
    """Each service in turn, with its data read, so that a slow start is no fault."""
    name: str = request.param
    if name not in read_once:
        await PROBES[name](connect(service.url(name), timeout_s=120, deadline_s=120))
        read_once.add(name)
    service.reset()
    return name


async def seen(name: str, transport: Transport, within_s: float) -> UpstreamError | None:
    """The error that a caller sees, if any."""
    async with asyncio.timeout(within_s + _GRACE_S):
        try:
            await PROBES[name](transport)
        except UpstreamError as error:
            return error
    return None


@pytest.mark.parametrize("fault", FAULT_MODES, ids=lambda fault: fault.mode)
async def test_a_fault_is_an_error_of_ours_or_no_matter(
    fault: FaultMode, name: str, service: StandIn, connect: Connect
) -> None:
    patience_s = _DEADLINE_S if fault.mode.startswith(("slow", "drip")) else _PATIENCE_S
    transport = connect(
        service.fault_url(fault.mode, name), timeout_s=patience_s, deadline_s=patience_s, backoff_s=0.01
    )
    error = await seen(name, transport, patience_s)
    assert isinstance(error, fault.seen)


async def test_a_dead_service_is_asked_no_more_in_the_next_turn(
    name: str, service: StandIn, connect: Connect
) -> None:
    transport = connect(service.fault_url("slow:20", name), timeout_s=0.2, deadline_s=0.4, backoff_s=0.01)
    await seen(name, transport, 0.4)
    asked = len(service.calls)
    for _ in range(3):
        assert isinstance(await seen(name, transport, 0.4), UpstreamUnavailable)
    assert len(service.calls) == asked


def test_every_service_is_probed() -> None:
    names = {field.name for field in fields(Addresses)}
    assert set(PROBES) == names == {service.name for service in SERVICES}
