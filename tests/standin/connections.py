"""Lets the stand-in's apps break the connection that a request came on, which ASGI has no word for."""

import asyncio
import socket
import struct

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_KEY = "standin.connection"
# On with 0 s: closing throws away what is unsent and tells the other end by a reset (socket(7)).
_LINGER_NOT = struct.pack("ii", 1, 0)


class OpenProtocol(H11Protocol):
    """uvicorn's own protocol, with the connection in the scope of each request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def with_connection(scope: Scope, receive: Receive, send: Send) -> None:
            scope[_KEY] = transport
            await app(scope, receive, send)

        self.app = with_connection


def hang_up(scope: Scope) -> None:
    """Close the connection after what has been sent."""
    scope[_KEY].close()


def reset(scope: Scope) -> None:
    """Break the connection with a TCP reset."""
    connection = scope[_KEY]
    connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    connection.abort()
