"""What goes wrong with a public API, chosen by path or header.

`/fault/<mode>[:<value>]/scb/api/v2/...`, or the header `X-Fault: <mode>[:<value>]` on an ordinary address.
No error body of any service has been recorded: the bodies here are invented.
"""

import asyncio
import gzip
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.standin.connections import hang_up, reset

DESCRIPTIONS = {
    "slow": "answers after SECONDS (5)",
    "flaky": "fails COUNT times (2), then works",
    "429": "too many requests, with Retry-After SECONDS (1)",
    "500": "broken",
    "503": "unavailable, with Retry-After SECONDS if given",
    "html": "a page with status 200 instead of data",
    "errors": "status 200 with a list of errors, as GraphQL has it",
    "malformed": "the real answer, cut in the middle as if it were whole",
    "truncated": "the real answer; the connection closes in the middle",
    "drip": "the real answer, a byte every SECONDS (0.2)",
    "reset": "a TCP reset instead of an answer",
    "huge": "an answer of MEGABYTES (256)",
    "bomb": "a small answer that expands to MEGABYTES (256)",
}
"""The modes, each with its value in capitals and the one that counts when none is given."""

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Exchange:
    """What an ASGI app is called with."""

    scope: Scope
    receive: Receive
    send: Send


class Faults:
    """An ASGI app that stands before another and fails as asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._failed: Counter[str] = Counter()

    def reset(self) -> None:
        """Let `flaky` fail anew."""
        self._failed.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.fail(scope["path_params"]["mode"], scope, receive, send)

    async def fail(self, mode: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in this mode."""
        name, _, value = mode.partition(":")
        if name == "flaky":
            answer = self._flaky(mode, int(value or 2))
        elif name in _SPOILERS:
            await _SPOILERS[name](self._app, Exchange(scope, receive, send), value)
            return
        else:
            answer = _ANSWERS[name](value) if name in _ANSWERS else _error(404, f"no fault mode {name}")
        await answer(scope, receive, send)

    def _flaky(self, mode: str, failures: int) -> ASGIApp:
        self._failed[mode] += 1
        return _error(503, "unavailable") if self._failed[mode] <= failures else self._app


def _error(status: int, message: str, retry_after: str = "") -> Response:
    headers = {"Retry-After": retry_after} if retry_after else None
    return JSONResponse({"error": message}, status, headers)


def _bomb(value: str) -> Response:
    body = _zipped(int(value or 256))
    return Response(body, media_type="application/json", headers={"Content-Encoding": "gzip"})


@cache
def _zipped(megabytes: int) -> bytes:
    return gzip.compress(b'"' + b"a" * megabytes * _MEGABYTE + b'"', compresslevel=1)


_ANSWERS: dict[str, Callable[[str], Response]] = {
    "429": lambda value: _error(429, "too many requests", value or "1"),
    "500": lambda value: _error(500, "broken"),
    "503": lambda value: _error(503, "unavailable", value),
    "html": lambda value: HTMLResponse("<!doctype html><title>Driftstopp</title><p>Strax tillbaka."),
    "errors": lambda value: JSONResponse({"errors": [{"message": "invented"}]}),
    "bomb": _bomb,
}


async def _slow(app: ASGIApp, exchange: Exchange, value: str) -> None:
    request = await _whole_request(exchange.receive)
    if await _is_there_after(float(value or 5), exchange.receive):
        await app(exchange.scope, _again(request, exchange.receive), exchange.send)


async def _malformed(app: ASGIApp, exchange: Exchange, value: str) -> None:
    start, body = await _answer_of(app, exchange)
    half = body[: len(body) // 2]
    MutableHeaders(scope=start)["Content-Length"] = str(len(half))
    await exchange.send(start)
    await exchange.send({"type": "http.response.body", "body": half})


async def _truncated(app: ASGIApp, exchange: Exchange, value: str) -> None:
    start, body = await _answer_of(app, exchange)
    await exchange.send(start)
    await exchange.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    hang_up(exchange.scope)
    await _until_disconnect(exchange.receive)


async def _drip(app: ASGIApp, exchange: Exchange, value: str) -> None:
    start, body = await _answer_of(app, exchange)
    await exchange.send(start)
    for byte in body:
        await exchange.send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
        if not await _is_there_after(float(value or 0.2), exchange.receive):
            return
    await exchange.send({"type": "http.response.body", "body": b""})


async def _huge(app: ASGIApp, exchange: Exchange, value: str) -> None:
    await exchange.send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]}
    )
    for piece in [b'"', *[b"a" * _MEGABYTE] * int(value or 256)]:
        await exchange.send({"type": "http.response.body", "body": piece, "more_body": True})
        if not await _is_there_after(0.001, exchange.receive):
            return
    await exchange.send({"type": "http.response.body", "body": b'"'})


async def _reset(app: ASGIApp, exchange: Exchange, value: str) -> None:
    reset(exchange.scope)
    await _until_disconnect(exchange.receive)


_SPOILERS: dict[str, Callable[[ASGIApp, Exchange, str], Awaitable[None]]] = {
    "slow": _slow,
    "malformed": _malformed,
    "truncated": _truncated,
    "drip": _drip,
    "huge": _huge,
    "reset": _reset,
}


async def _answer_of(app: ASGIApp, exchange: Exchange) -> tuple[Message, bytes]:
    """The start and the whole body of what the app answers, with its true length in the headers."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(exchange.scope, exchange.receive, keep)
    start, *parts = messages
    body = b"".join(part.get("body", b"") for part in parts)
    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
    return start, body


async def _whole_request(receive: Receive) -> Message:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return {"type": "http.request", "body": body, "more_body": False}


def _again(request: Message, receive: Receive) -> Receive:
    """Gives a request that has been read already, and then what comes after it."""
    first = [request]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again


async def _is_there_after(delay_s: float, receive: Receive) -> bool:
    """Wait, but not for a client that has left; whether it is still there."""
    with suppress(TimeoutError):
        async with asyncio.timeout(delay_s):
            await _until_disconnect(receive)
        return False
    return True


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
