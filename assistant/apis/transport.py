"""How the public APIs are reached: timeouts, a total deadline, one retry policy, typed errors."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
)
from tenacity.wait import wait_exponential, wait_random

from assistant import __version__
from assistant.errors import (
    UpstreamError,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)

Params: TypeAlias = Mapping[str, str | int | Sequence[str]]
"""Query parameters; a sequence repeats its parameter."""

RETRIED_STATUS = frozenset({429, 502, 503, 504})
_BACKOFF = wait_exponential(multiplier=0.1, max=1.0) + wait_random(0, 0.1)


@dataclass(frozen=True, slots=True)
class TransportPolicy:
    """How patient to be; times in seconds."""

    timeout_s: float = 1.5
    deadline_s: float = 3.0
    attempts: int = 3
    breaker_failures: int = 2
    breaker_pause_s: float = 60.0
    contact: str = ""


@dataclass(slots=True)
class CircuitBreaker:
    """Stops asking a dead service for a while, so that it costs a conversation no time.

    Opens after `failures` calls in a row that failed; after `pause_s` calls go through again, and one
    more failure opens it anew.
    """

    failures: int
    pause_s: float
    clock: Callable[[], float] = time.monotonic
    _failed: int = field(default=0, init=False)
    _open_until: float = field(default=0.0, init=False)

    @property
    def is_open(self) -> bool:
        """Whether calls are refused at the moment."""
        return self.clock() < self._open_until

    def record(self, *, ok: bool) -> None:
        """Take note of how a call ended."""
        self._failed = 0 if ok else self._failed + 1
        if self._failed >= self.failures:
            self._open_until = self.clock() + self.pause_s


class Transport:
    """Reads JSON from one service, with requests that are safe to repeat."""

    def __init__(
        self,
        service: str,
        base_url: str,
        policy: TransportPolicy,
        http: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.service = service
        self._policy = policy
        contact = f"; {policy.contact}" if policy.contact else ""
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=policy.timeout_s,
            headers={"Accept": "application/json", "User-Agent": f"Vagvisare/{__version__}{contact}"},
            transport=http,
        )
        self._breaker = CircuitBreaker(policy.breaker_failures, policy.breaker_pause_s)

    async def get_json(
        self,
        path: str,
        params: Params,
        *,
        operation: str,
        accept: str = "application/json",
        is_personal: bool = False,
    ) -> Any:
        """Read one JSON answer.

        Args:
            path: Path below the service's base address.
            params: Query parameters.
            operation: What is being asked for, for error messages.
            accept: Media type wanted.
            is_personal: The request holds a person's own words, so nothing of it may be kept on disk.

        Raises:
            UpstreamTimeout: Slower than the timeout in every attempt, or than the deadline in all.
            UpstreamUnavailable: Unreachable, 429 or 5xx after retries, or the breaker is open.
            UpstreamRejected: Any other status of 400 or above.
            UpstreamMalformed: Not JSON.
        """
        request = self._client.build_request("GET", path, params=dict(params), headers={"Accept": accept})
        return await self._guarded(request, operation)

    async def post_json(
        self, path: str, params: Params, *, operation: str, body: Mapping[str, Any] | None = None
    ) -> Any:
        """Ask with POST for one JSON answer, for services whose POST only reads; never kept on disk.

        Args:
            path: Path below the service's base address.
            params: Query parameters.
            operation: What is being asked for, for error messages.
            body: JSON body; None for an empty one.

        Raises:
            UpstreamError: As `get_json`.
        """
        request = self._client.build_request("POST", path, params=dict(params), json=body)
        return await self._guarded(request, operation)

    async def _guarded(self, request: httpx.Request, operation: str) -> Any:
        if self._breaker.is_open:
            raise UpstreamUnavailable(
                service=self.service, operation=operation, reason="paused after failures"
            )
        try:
            answer = await self._within_deadline(request, operation)
        except (UpstreamTimeout, UpstreamUnavailable):
            self._breaker.record(ok=False)
            raise
        self._breaker.record(ok=True)
        return answer

    async def _within_deadline(self, request: httpx.Request, operation: str) -> Any:
        try:
            async with asyncio.timeout(self._policy.deadline_s):
                return await self._with_retries(request, operation)
        except TimeoutError as error:
            raise UpstreamTimeout(service=self.service, operation=operation, reason="deadline") from error

    async def _with_retries(self, request: httpx.Request, operation: str) -> Any:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((UpstreamUnavailable, UpstreamTimeout)),
            # A wait that would outlast the deadline is not begun, so the caller learns the real reason now.
            stop=stop_after_attempt(self._policy.attempts) | stop_before_delay(self._policy.deadline_s),
            wait=_wait,
            reraise=True,
        )
        return await retrying(self._once, request, operation)

    async def _once(self, request: httpx.Request, operation: str) -> Any:
        with _translated(self.service, operation):
            response = await self._client.send(request)
        if response.status_code in RETRIED_STATUS or response.status_code >= 500:
            raise UpstreamUnavailable(
                service=self.service,
                operation=operation,
                reason=f"status {response.status_code}",
                retry_after_s=_retry_after_s(response),
            )
        if response.status_code >= 400:
            raise UpstreamRejected(service=self.service, operation=operation, status=response.status_code)
        try:
            return response.json()
        except ValueError as error:
            raise UpstreamMalformed(service=self.service, operation=operation, reason="not JSON") from error

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after_s if isinstance(error, UpstreamUnavailable) else None
    return asked if asked is not None else _BACKOFF(state)


def _retry_after_s(response: httpx.Response) -> float | None:
    """Seconds that the service asks us to wait; it may give seconds or a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


@contextmanager
def _translated(service: str, operation: str) -> Iterator[None]:
    """Turn httpx's errors into ours; the only place that knows both."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise UpstreamTimeout(service=service, operation=operation, reason=type(error).__name__) from error
    except httpx.DecodingError as error:
        raise UpstreamMalformed(service=service, operation=operation, reason=str(error)) from error
    except httpx.TransportError as error:
        raise UpstreamUnavailable(
            service=service, operation=operation, reason=type(error).__name__
        ) from error
    except httpx.HTTPError as error:
        raise UpstreamError(service=service, operation=operation, reason=str(error)) from error
