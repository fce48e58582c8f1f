"""Runs the stand-in on a free local port, in a thread of the test process."""

import socket
import threading
import time
from collections import Counter
from types import TracebackType

import uvicorn

from tests.standin.app import BASE_PATH, Call, StandInApp

_START_S = 10.0


class StandIn:
    """A running stand-in; use it in a `with` statement."""

    def __init__(self) -> None:
        self._app = StandInApp()
        self._socket = socket.create_server(("127.0.0.1", 0))
        host, port = self._socket.getsockname()
        self._origin = f"http://{host}:{port}"
        config = uvicorn.Config(
            self._app, lifespan="off", ws="none", log_config=None, timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="stand-in")

    @property
    def url(self) -> str:
        """Base address, as for the setting `TAXONOMY_URL`."""
        return self._origin + BASE_PATH

    def fault_url(self, mode: str) -> str:
        """Base address at which everything fails in one way; modes in `faults.py`."""
        return f"{self._origin}/fault/{mode}{BASE_PATH}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was asked since the last reset, oldest first."""
        return tuple(self._app.calls)

    @property
    def requests(self) -> Counter[str]:
        """How many requests came, by path; the path starts with `/v1` or `/fault`."""
        return Counter(call.path for call in self.calls)

    def reset(self) -> None:
        """Forget what was asked."""
        self._app.calls.clear()
        self._app.faults.reset()

    def __enter__(self) -> "StandIn":
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
