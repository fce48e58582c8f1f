"""Answers that no HTTP server would give: written byte by byte on the socket."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from assistant.apis.transport import Transport
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamRejected, UpstreamUnavailable
from tests.apis.conftest import Connect


@asynccontextmanager
async def answering(raw: Callable[[], bytes]) -> AsyncIterator[str]:
    """A server that answers every request with these bytes and hangs up."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


async def ask(transport: Transport) -> object:
    return await transport.get_json("/data", {}, operation="data")


def ok(*headers: bytes, body: bytes = b"[1]") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"", body])


@dataclass(frozen=True)
class WireCase:
    id: str
    raw: bytes
    error: type[UpstreamError]


def moved(to: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nContent-Length: 0\r\n\r\n"


CASES = (
    WireCase("nothing", b"", UpstreamUnavailable),
    WireCase("no HTTP", b"220 mail.example.org ESMTP\r\n", UpstreamUnavailable),
    WireCase("cut in the headers", b"HTTP/1.1 200 OK\r\nContent-Le", UpstreamUnavailable),
    WireCase("headers without end", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000, UpstreamUnavailable),
    WireCase("a status beyond all", b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", UpstreamUnavailable),
    WireCase("no content", b"HTTP/1.1 204 No Content\r\n\r\n", UpstreamMalformed),
    WireCase("not modified, unasked", b"HTTP/1.1 304 Not Modified\r\n\r\n", UpstreamRejected),
    WireCase("a length below nought", ok(b"Content-Length: -3"), UpstreamUnavailable),
    WireCase("two lengths", ok(b"Content-Length: 3", b"Content-Length: 2"), UpstreamUnavailable),
    WireCase("a chunk of no size", ok(b"Transfer-Encoding: chunked", body=b"x\r\n[1]"), UpstreamUnavailable),
    WireCase(
        "the last chunk missing", ok(b"Transfer-Encoding: chunked", body=b"3\r\n[1]\r\n"), UpstreamUnavailable
    ),
    WireCase("moved nowhere", moved(b""), UpstreamRejected),
    WireCase("moved to no address", moved(b"http://[:::/"), UpstreamUnavailable),
    WireCase("moved to a file", moved(b"file:///etc/passwd"), UpstreamRejected),
    WireCase("moved to a name with control characters", moved(b"/\x01\xff"), UpstreamUnavailable),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_broken_http_is_an_error_of_ours(case: WireCase, connect: Connect) -> None:
    async with answering(lambda: case.raw) as url:
        with pytest.raises(UpstreamError) as caught:
            await ask(connect(url, backoff_s=0.01))
    assert isinstance(caught.value, case.error)


async def test_an_answer_that_ends_with_the_connection_is_read(connect: Connect) -> None:
    async with answering(lambda: ok(b"Content-Type: application/json")) as url:
        assert await ask(connect(url)) == [1]


async def test_chance_finds_no_other_error(connect: Connect) -> None:
    chance = random.Random(20261122)
    good = ok(
        b"Content-Type: application/json", b"Content-Length: 3", b"Content-Encoding: identity", b"ETag: 1"
    )

    def spoilt() -> bytes:
        raw = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(raw[: chance.randint(1, len(raw))])

    async with answering(spoilt) as url:
        transport = connect(url, attempts=1, breaker_failures=10_000, timeout_s=5, deadline_s=10)
        kinds = set()
        for _ in range(500):
            try:
                await ask(transport)
            except UpstreamError as error:
                kinds.add(type(error))
    assert {UpstreamUnavailable, UpstreamMalformed} <= kinds
