"""Fixtures for the tests of the API clients."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack

import pytest

from assistant.apis.transport import Transport, TransportPolicy
from tests.standin.server import StandIn

Connect = Callable[..., Transport]


@pytest.fixture
def service(standin: StandIn) -> StandIn:
    """The stand-in with a clean memory."""
    standin.reset()
    return standin


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Makes transports, and closes them after the test."""
    async with AsyncExitStack() as opened:

        def connect(url: str, **policy: float | str) -> Transport:
            transport = Transport("stand-in", url, TransportPolicy(**policy))  # type: ignore[arg-type]
            opened.push_async_callback(transport.aclose)
            return transport

        yield connect


@pytest.fixture
def refused_url() -> Iterator[str]:
    """An address where nobody listens; the port stays taken meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
