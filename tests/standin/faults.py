"""What goes wrong with a public API, chosen by the path: `/fault/<mode>[:<value>]/v1/taxonomy/...`.

No error body of the taxonomy has been recorded: the bodies here are invented.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

Fault = Callable[[str], Response]

_DEFAULT_DELAY_S = 5.0
_DEFAULT_FAILURES = 2

_ANSWERS: dict[str, Fault] = {
    "429": lambda value: JSONResponse(
        {"taxonomy/error": "too many requests"}, 429, {"Retry-After": value or "1"}
    ),
    "503": lambda value: JSONResponse({"taxonomy/error": "unavailable"}, 503),
    "malformed": lambda value: Response('{"data":{"concepts":[{"id":"', media_type="application/json"),
    "html": lambda value: HTMLResponse("<!doctype html><title>Driftstopp</title><p>Strax tillbaka."),
    "errors": lambda value: JSONResponse({"errors": [{"message": "invented"}]}),
}


class Faults:
    """An ASGI app that stands before another and fails as asked.

    `slow:<seconds>` answers late, `flaky:<count>` fails that many requests and then works, `429:<seconds>`
    gives that Retry-After; `503`, `malformed` (cut JSON), `html` and `errors` (GraphQL) take no value.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._failed: Counter[str] = Counter()

    def reset(self) -> None:
        """Let `flaky` fail anew."""
        self._failed.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope["path_params"]["mode"], receive)
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, mode: str, receive: Receive) -> Response | None:
        """The fault's answer, or none to let the request through."""
        name, _, value = mode.partition(":")
        if name == "slow":
            return await _wait(float(value or _DEFAULT_DELAY_S), receive)
        if name == "flaky":
            self._failed[mode] += 1
            return _ANSWERS["503"]("") if self._failed[mode] <= int(value or _DEFAULT_FAILURES) else None
        if name in _ANSWERS:
            return _ANSWERS[name](value)
        return JSONResponse({"taxonomy/error": f"no fault mode {name}"}, 404)


async def _wait(delay_s: float, receive: Receive) -> Response | None:
    """Wait, but not for a client that has left."""
    with suppress(TimeoutError):
        async with asyncio.timeout(delay_s):
            await _until_disconnect(receive)
        return Response(status_code=499)
    return None


async def _until_disconnect(receive: Callable[[], Awaitable[object]]) -> None:
    message: object = None
    while not (isinstance(message, dict) and message["type"] == "http.disconnect"):
        message = await receive()
