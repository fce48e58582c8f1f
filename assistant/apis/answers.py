"""Answers as bytes and as JSON, read with a limit: nothing that a service sends may exhaust the memory."""

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import httpx

ACCEPT_ENCODING = "gzip"
"""The only compression asked for and read: its expansion can be stopped at the limit."""

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class UnreadableAnswer(Exception):
    """The answer cannot be used; the transport gives it the names of service and operation."""


async def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """The whole body, decompressed.

    httpx would expand each piece as a whole, and a few kilobytes can hold gigabytes; so this does it.

    Args:
        response: An answer whose body has not been read.
        max_bytes: Most bytes of the body, compressed and expanded.

    Raises:
        UnreadableAnswer: Longer than the limit, or compressed in another way than asked for.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return await _plain(response, max_bytes)
    if encoding in ("gzip", "x-gzip"):
        return await _expanded(response, max_bytes)
    raise UnreadableAnswer(f"compressed as {encoding[:20]}")


async def _pieces(response: httpx.Response, max_bytes: int) -> AsyncIterator[bytes]:
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise UnreadableAnswer("not a stream")
    length = 0
    async for piece in response.stream:
        length += len(piece)
        _hold_to(max_bytes, length)
        yield piece


async def _plain(response: httpx.Response, max_bytes: int) -> bytes:
    return b"".join([piece async for piece in _pieces(response, max_bytes)])


async def _expanded(response: httpx.Response, max_bytes: int) -> bytes:
    body = bytearray()
    unzip = zlib.decompressobj(_GZIP_WINDOW)
    try:
        async for piece in _pieces(response, max_bytes):
            # One byte more than is allowed tells that the limit has been passed.
            body += unzip.decompress(piece, max_bytes + 1 - len(body))
            _hold_to(max_bytes, len(body))
    except zlib.error as error:
        raise UnreadableAnswer("broken compression") from error
    if not unzip.eof:
        raise UnreadableAnswer("compression cut short")
    return bytes(body)


def _hold_to(max_bytes: int, length: int) -> None:
    if length > max_bytes:
        raise UnreadableAnswer(f"longer than {max_bytes} bytes")


def refuse_page(response: httpx.Response) -> None:
    """A page where data was asked for is a notice of maintenance or a gateway's, also with status 200.

    Other media types pass: sources serve JSON files as plain text or as nothing in particular.

    Raises:
        UnreadableAnswer: The answer says that it is HTML.
    """
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type in ("text/html", "application/xhtml+xml"):
        raise UnreadableAnswer(f"{media_type} instead of data")


def json_value(body: bytes) -> Any:
    """Read strict JSON.

    Raises:
        UnreadableAnswer: Not JSON, nested too deeply, or with `NaN` or `Infinity`, which JSON has not.
    """
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer("not JSON") from error


def _no_number(name: str) -> float:
    raise ValueError(name)
