import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests import network
from tests.standin.server import StandIn


def connect() -> None:
    with socket.socket() as opened:
        opened.connect(("192.0.2.1", 80))


def send() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as opened:
        opened.sendto(b"", ("192.0.2.1", 53))


@dataclass(frozen=True)
class Case:
    id: str
    reach: Callable[[], object]


BLOCKED = (
    Case("address", connect),
    Case("datagram", send),
    Case("name", lambda: socket.getaddrinfo("example.org", 443)),
    Case("name as bytes", lambda: socket.getaddrinfo(b"example.org", 443)),
)


@pytest.mark.parametrize("case", BLOCKED, ids=lambda case: case.id)
def test_what_leaves_the_machine_is_stopped(case: Case) -> None:
    with pytest.raises(network.NetworkBlocked):
        case.reach()
    assert len(network.stopped) == 1
    network.stopped.clear()


def test_this_machine_can_be_reached(standin: StandIn) -> None:
    port = int(standin.url().split(":")[2].split("/")[0])
    for host in ("127.0.0.1", "localhost"):
        socket.create_connection((host, port)).close()
