"""One request and its answer, and the only place that knows both httpx's errors and ours."""

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache

import httpx

from assistant.apis.answers import UnreadableAnswer, read_body, refuse_page
from assistant.errors import (
    UpstreamError,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)

_MOST_REDIRECTS = 3
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
# They tell of the body as it was sent, not as it is given on.
_WIRE_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")


@cache
def trusted() -> ssl.SSLContext:
    """Whom this machine trusts: the same for all services, and a fiftieth of a second to read."""
    return httpx.create_ssl_context()


class _BadStatus(Exception):
    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        super().__init__(response.status_code)


async def exchange(client: httpx.AsyncClient, request: httpx.Request, max_bytes: int) -> httpx.Response:
    """Send a request and read its answer whole; use it within `translated`.

    Redirects are followed within the origin only: the address of a service is a decision of the
    settings, and what is asked is not for others to read.

    Returns:
        An answer with status 2xx, or 304 to a conditional request, its body read and decompressed.
    """
    for _ in range(_MOST_REDIRECTS):
        response = await client.send(request, stream=True)
        try:
            following = _redirect(request, response)
            if following is None:
                return await _whole(request, response, max_bytes)
        finally:
            await response.aclose()
        request = following
    raise _BadStatus(response)


def _redirect(request: httpx.Request, response: httpx.Response) -> httpx.Request | None:
    following = response.next_request
    if following is None or request.method != "GET":
        return None
    was, now = request.url, following.url
    is_same_origin = (was.scheme, was.host, was.port) == (now.scheme, now.host, now.port)
    return following if is_same_origin else None


async def _whole(request: httpx.Request, response: httpx.Response, max_bytes: int) -> httpx.Response:
    is_confirmation = response.status_code == httpx.codes.NOT_MODIFIED and any(
        name in request.headers for name in _CONDITIONS
    )
    if not (response.is_success or is_confirmation):
        raise _BadStatus(response)
    if not is_confirmation:
        refuse_page(response)
    body = await read_body(response, max_bytes)
    headers = response.headers.copy()
    for name in _WIRE_HEADERS:
        headers.pop(name, None)
    return httpx.Response(response.status_code, headers=headers, content=body)


@contextmanager
def translated(service: str, operation: str) -> Iterator[None]:
    """Turn httpx's errors and bad answers into ours.

    Raises:
        UpstreamTimeout: Silence.
        UpstreamUnavailable: No connection, or it broke; 429 or 5xx.
        UpstreamRejected: Any other bad status.
        UpstreamMalformed: An answer that cannot be read.
    """
    try:
        yield
    except UnreadableAnswer as error:
        raise UpstreamMalformed(service=service, operation=operation, reason=str(error)) from error
    except _BadStatus as error:
        raise _of_status(error.response, service, operation) from error
    except httpx.TimeoutException as error:
        raise UpstreamTimeout(service=service, operation=operation, reason=type(error).__name__) from error
    except httpx.TransportError as error:
        raise UpstreamUnavailable(
            service=service, operation=operation, reason=type(error).__name__
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UpstreamError(service=service, operation=operation, reason=type(error).__name__) from error


def _of_status(response: httpx.Response, service: str, operation: str) -> UpstreamError:
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
        return UpstreamUnavailable(
            service=service,
            operation=operation,
            reason=f"status {status}",
            retry_after_s=_retry_after_s(response),
        )
    return UpstreamRejected(service=service, operation=operation, status=status)


def _retry_after_s(response: httpx.Response) -> float | None:
    """Seconds that the service asks us to wait; it may give seconds or a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
