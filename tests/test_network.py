import socket
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests import network
from tests.standin.server import StandIn


@dataclass(frozen=True)
class Case:
    id: str
    reach: Callable[[], object]


BLOCKED = (
    Case("address", lambda: socket.create_connection(("192.0.2.1", 80), timeout=0.1)),
    Case("name", lambda: socket.getaddrinfo("example.org", 443)),
    Case("name as bytes", lambda: socket.getaddrinfo(b"example.org", 443)),
    Case("datagram", lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 53))),
)


@pytest.mark.parametrize("case", BLOCKED, ids=lambda case: case.id)
def test_what_leaves_the_machine_is_stopped(case: Case):
    with pytest.raises(network.NetworkBlocked):
        case.reach()
    assert len(network.stopped) == 1
    network.stopped.clear()


def test_this_machine_can_be_reached(standin: StandIn):
    port = int(standin.url.split(":")[2].split("/")[0])
    for host in ("127.0.0.1", "localhost"):
        socket.create_connection((host, port)).close()
