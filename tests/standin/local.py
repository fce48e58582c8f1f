"""Runs an ASGI app on a free local port, in a thread of the test process."""

import socket
import threading
import time
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from tests.standin.connections import OpenProtocol

_START_S = 10.0


class LocalServer:
    """A running server; use it in a `with` statement."""

    def __init__(self, app: ASGIApp) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        host, port = self._socket.getsockname()
        self.origin = f"http://{host}:{port}"
        # asyncio's own sockets: those of uvloop cannot be told to reset.
        config = uvicorn.Config(
            app,
            http=OpenProtocol,
            loop="asyncio",
            lifespan="off",
            ws="none",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="stand-in")

    def __enter__(self) -> Self:
        self._thread.start()
        give_up = time.monotonic() + _START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > give_up:
                raise RuntimeError("the stand-in did not start")
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=_START_S)
        self._socket.close()
        if self._thread.is_alive():
            raise RuntimeError("the stand-in did not stop")
