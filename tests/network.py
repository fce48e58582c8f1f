"""Keeps tests off the network: an audit hook stops every connection and look-up that leaves this machine."""

import ipaddress
import sys
from functools import cache

_LOCAL_NAMES = frozenset({"", "localhost"})

stopped: list[str] = []
"""Hosts that were asked for, oldest first; also when the code under test swallowed the error."""


class NetworkBlocked(RuntimeError):
    """Not an OSError, so that no retry takes it for a bad connection."""

    def __init__(self, host: str) -> None:
        super().__init__(f"a test reached for {host}; tests use the stand-in")


@cache
def block_network() -> None:
    """Block it for the rest of the process; an audit hook cannot be taken away."""
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        # Unix sockets have a text or bytes as their address.
        if isinstance(address, tuple) and not _is_local(address[0]):
            _stop(address[0])
    elif event == "socket.getaddrinfo" and not (_is_local(arguments[0]) or _is_address(arguments[0])):
        _stop(arguments[0])


def _stop(host: object) -> None:
    stopped.append(str(host))
    raise NetworkBlocked(str(host))


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    return name is None or name in _LOCAL_NAMES or (_is_address(name) and _address(name).is_loopback)


def _is_address(host: object) -> bool:
    try:
        _address(host)
    except ValueError:
        return False
    return True


def _address(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host))
