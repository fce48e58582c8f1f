"""The public APIs as one ASGI app, with and without faults, that remembers what it was asked."""

import time
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send

from tests.standin.faults import Faults
from tests.standin.services import SERVICES


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came in; `at` is in seconds on the monotonic clock."""

    path: str
    user_agent: str
    at: float


class StandInApp:
    """All services, and all of them again below `/fault/<mode>` or with a header `X-Fault: <mode>`.

    `failing` is the mode in which all of them fail now, empty for none.
    """

    def __init__(self) -> None:
        services = Router([Mount(service.base_path, routes=service.routes()) for service in SERVICES])
        self.faults = Faults(services)
        self.calls: list[Call] = []
        self.failing = ""
        self._app = Starlette(routes=[Mount("/fault/{mode}", app=self.faults), Mount("/", app=services)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"the stand-in speaks HTTP, not {scope['type']}")
        headers = Headers(scope=scope)
        self.calls.append(Call(scope["path"], headers.get("user-agent", ""), time.monotonic()))
        if mode := headers.get("x-fault") or self.failing:
            await self.faults.fail(mode, scope, receive, send)
        else:
            await self._app(scope, receive, send)
