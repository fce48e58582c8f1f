"""How the public APIs are reached: one policy for time, retries, budgets, size and disk, and typed errors."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import httpx
from aiolimiter import AsyncLimiter
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
)
from tenacity.wait import wait_exponential, wait_random

from assistant import __version__
from assistant.apis.answers import ACCEPT_ENCODING, json_value
from assistant.apis.breaker import CircuitBreaker
from assistant.apis.cache import AnswerCache
from assistant.apis.exchange import exchange, translated, trusted
from assistant.apis.stale import StaleAnswer, accepted_stale
from assistant.errors import UpstreamError, UpstreamRejected, UpstreamTimeout, UpstreamUnavailable

Params: TypeAlias = Mapping[str, str | int | Sequence[str]]
"""Query parameters; a sequence repeats its parameter."""

# However long a service asks us to stay away, it is tried again after this.
_LONGEST_PAUSE_S = 900.0
_ReadT = TypeVar("_ReadT")


@dataclass(frozen=True, slots=True)
class TransportPolicy:
    """How patient, how careful and how forgetful to be; times in seconds.

    `timeout_s` is the longest silence: until there is a connection, and between two pieces of an answer;
    `deadline_s` is for everything that a call does, also waiting for its turn. Retries wait `backoff_s`,
    twice that and so on up to `longest_backoff_s`, or as long as the service asks for. At most
    `budget_calls` (2 or more) requests are sent in any `budget_window_s`; 0 is no limit. Answers are kept in
    `cache_file`, if there is one, for `cache_lifetime_s` where the source does not say how long.
    """

    timeout_s: float = 1.5
    deadline_s: float = 3.0
    attempts: int = 3
    backoff_s: float = 0.1
    longest_backoff_s: float = 1.0
    breaker_failures: int = 2
    breaker_pause_s: float = 60.0
    budget_calls: int = 0
    budget_window_s: float = 10.0
    largest_answer_bytes: int = 16 * 2**20
    cache_file: Path | None = None
    cache_lifetime_s: float = 0.0
    contact: str = ""


@dataclass(slots=True)
class _Call(Generic[_ReadT]):
    """One call of a client; `is_sent` once the service has been asked."""

    operation: str
    read: Callable[[bytes], _ReadT]
    is_sent: bool = False
    _known: list[tuple[bytes, _ReadT]] = field(default_factory=list)

    def value(self, body: bytes) -> _ReadT:
        """What the body says; large ones are not read twice."""
        for known, value in self._known:
            if known == body:
                return value
        value = self.read(body)
        self._known = [(body, value)]
        return value


class Transport:
    """Reads from one service, with requests that are safe to repeat.

    Repeated are timeouts, broken connections, 429 and 5xx. They count as failures for the circuit
    breaker, and so do answers that cannot be read: a service that gives everyone its maintenance page is
    as far away as one that is silent. A refusal (4xx) does not count; it is an answer. While the breaker is
    open, fresh answers on disk are still given.
    """

    def __init__(
        self,
        service: str,
        base_url: str,
        policy: TransportPolicy,
        http: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        # httpx notes every address at INFO, and with it what a person wrote.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self.service = service
        self._policy = policy
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=policy.timeout_s,
            headers=_headers(policy.contact),
            transport=http,
            verify=trusted(),
        )
        self._breaker = CircuitBreaker(policy.breaker_failures, policy.breaker_pause_s, policy.deadline_s)
        self._budget = _budget(policy)
        self._cache = (
            AnswerCache(policy.cache_file, lifetime_s=policy.cache_lifetime_s) if policy.cache_file else None
        )

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
            UpstreamRejected: Any other status of 300 or above.
            UpstreamMalformed: Not JSON, or larger than the policy allows.
            UpstreamError: No request can be made of the parameters.
        """
        call = _Call(operation, json_value)
        request = self._request(call, "GET", path, params=dict(params), headers={"Accept": accept})
        return await self._read(request, call, None if is_personal else self._cache)

    async def get_bytes(self, path: str, params: Params, *, operation: str, accept: str = "*/*") -> bytes:
        """Read a file as it is.

        Raises:
            UpstreamError: As `get_json`, but for the JSON.
        """
        call = _Call(operation, bytes)
        request = self._request(call, "GET", path, params=dict(params), headers={"Accept": accept})
        return await self._read(request, call, self._cache)

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
        call = _Call(operation, json_value)
        request = self._request(call, "POST", path, params=dict(params), json=body)
        return await self._read(request, call, None)

    def _request(self, call: _Call[Any], method: str, path: str, **parts: Any) -> httpx.Request:
        try:
            return self._client.build_request(method, path, **parts)
        except (httpx.InvalidURL, ValueError) as error:
            # Longer than an address may be, or half a character: not the service's fault.
            reason = f"no request can be made: {type(error).__name__}"
            raise UpstreamError(service=self.service, operation=call.operation, reason=reason) from error

    async def _read(self, request: httpx.Request, call: _Call[_ReadT], cache: AnswerCache | None) -> _ReadT:
        async def fetch(request: httpx.Request) -> httpx.Response:
            return await self._from_source(request, call)

        if cache is None:
            response = await self._in_time(fetch(request), call)
            return call.value(response.content)
        try:
            body = await self._in_time(cache.body(request, fetch), call)
        except UpstreamRejected:
            raise
        except UpstreamError as error:
            body = await self._stale_body(request, call, cache, error)
        with translated(self.service, call.operation):
            return call.value(body)

    async def _stale_body(
        self, request: httpx.Request, call: _Call[Any], cache: AnswerCache, error: UpstreamError
    ) -> bytes:
        accepted = accepted_stale()
        last = await cache.last_body(request) if accepted is not None else None
        if accepted is None or last is None:
            raise error
        body, answered_at = last
        accepted.append(StaleAnswer(self.service, call.operation, answered_at))
        return body

    async def _in_time(self, work: Awaitable[_ReadT], call: _Call[Any]) -> _ReadT:
        try:
            async with asyncio.timeout(self._policy.deadline_s):
                return await work
        except TimeoutError as error:
            reason = "deadline, before its turn came"
            if call.is_sent:
                # A conversation has paid for it with all its patience; the next one shall not pay again.
                self._breaker.open(self._policy.breaker_pause_s)
                reason = "deadline"
            raise UpstreamTimeout(service=self.service, operation=call.operation, reason=reason) from error

    async def _from_source(self, request: httpx.Request, call: _Call[Any]) -> httpx.Response:
        if not self._breaker.admit():
            raise UpstreamUnavailable(
                service=self.service,
                operation=call.operation,
                reason="paused after failures",
                retry_after_s=self._breaker.pause_left_s,
            )
        retrying = AsyncRetrying(
            retry=retry_if_exception_type((UpstreamUnavailable, UpstreamTimeout)),
            # A wait that would outlast the deadline is not begun, so the caller learns the real reason now.
            stop=stop_after_attempt(self._policy.attempts) | stop_before_delay(self._policy.deadline_s),
            wait=self._wait_s,
            reraise=True,
        )
        return await retrying(self._attempt, request, call)

    async def _attempt(self, request: httpx.Request, call: _Call[Any]) -> httpx.Response:
        call.is_sent = False
        if self._budget is not None:
            await self._budget.acquire()
        call.is_sent = True
        try:
            with translated(self.service, call.operation):
                response = await exchange(self._client, request, self._policy.largest_answer_bytes)
                if response.status_code != httpx.codes.NOT_MODIFIED:
                    call.value(response.content)
        except UpstreamRejected:
            self._breaker.succeeded()
            raise
        except UpstreamError as error:
            self._note_failure(error)
            raise
        self._breaker.succeeded()
        return response

    def _note_failure(self, error: UpstreamError) -> None:
        self._breaker.failed()
        asked_s = error.retry_after_s if isinstance(error, UpstreamUnavailable) else None
        if asked_s is not None and asked_s > self._policy.deadline_s:
            self._breaker.open(min(asked_s, _LONGEST_PAUSE_S))

    def _wait_s(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked_s = error.retry_after_s if isinstance(error, UpstreamUnavailable) else None
        if asked_s is not None:
            return asked_s
        grown = wait_exponential(self._policy.backoff_s, self._policy.longest_backoff_s)
        # So that all who were refused at once do not come back at once.
        return (grown + wait_random(0, self._policy.backoff_s))(state)

    async def aclose(self) -> None:
        """Close the connections and the file."""
        await self._client.aclose()
        if self._cache is not None:
            await self._cache.aclose()


def _headers(contact: str) -> dict[bytes, bytes]:
    agent = f"Vagvisare/{__version__}" + (f"; {contact}" if contact else "")
    return {
        b"Accept": b"application/json",
        b"Accept-Encoding": ACCEPT_ENCODING.encode(),
        b"User-Agent": agent.encode(),
    }


def _budget(policy: TransportPolicy) -> AsyncLimiter | None:
    """At most so many calls in any window.

    The limiter is a leaky bucket: it lets a whole bucketful through at once and as many again, evenly,
    during the window. So each gets half.
    """
    if policy.budget_calls <= 0:
        return None
    return AsyncLimiter(max(1.0, policy.budget_calls / 2), policy.budget_window_s)
