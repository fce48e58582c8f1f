"""Answers of public APIs on disk: HTTP caching by the source's own word (RFC 9111), through hishel.

One SQLite file a service, safe with several processes. It holds nothing but whole answers with status 200
to requests that are not personal.
"""

import asyncio
import hashlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import httpx
from filelock import FileLock
from hishel import AsyncSqliteStorage, CacheOptions
from hishel.httpx import AsyncCacheTransport

_log = logging.getLogger(__name__)

Fetch = Callable[[httpx.Request], Awaitable[httpx.Response]]

_LARGEST_FILE = 128 * 2**20
# How long an answer is kept beyond its lifetime, to be revalidated or to stand in for a source that is down.
_KEPT_S = 30 * 86400
_LONGEST_WAIT_S = 5
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LIFETIME_WORDS = ("max-age", "no-cache", "no-store")
_FRESH = CacheOptions(shared=False)
_ANY_AGE = CacheOptions(shared=False, allow_stale=True)


class AnswerCache:
    """The answers of one service.

    A file that is broken is begun anew, and one that cannot be written is done without: a warning says so,
    and requests go to the source.
    """

    def __init__(self, file: Path, *, lifetime_s: float) -> None:
        """Opens nothing yet.

        Args:
            file: The SQLite file; its folder is made when first needed.
            lifetime_s: How long an answer is fresh if the source does not say.
        """
        self._file = file
        self._lifetime_s = lifetime_s
        self._storage: AsyncSqliteStorage | None = None
        self._is_usable = True
        self._lock = asyncio.Lock()

    async def body(self, request: httpx.Request, fetch: Fetch) -> bytes:
        """The body of a fresh answer, from disk or else from the source.

        Args:
            request: A GET request.
            fetch: Asks the source; gives a whole answer with status 2xx, or 304 to a conditional request,
                and raises for all else.
        """
        source = _Source(fetch, self._lifetime_s)
        response = await self._response(request, source, _FRESH)
        return (response or await fetch(request)).content

    async def last_body(self, request: httpx.Request) -> tuple[bytes, datetime] | None:
        """What the source last said to this, however old, and when in UTC.

        None if nothing is kept, or the source forbids that it is used without asking anew.
        """
        response = await self._response(request, _Source(_nothing, self._lifetime_s), _ANY_AGE)
        if response is None or response.status_code != httpx.codes.OK:
            return None
        return response.content, parsedate_to_datetime(response.headers["Date"])

    async def _response(
        self, request: httpx.Request, source: "_Source", options: CacheOptions
    ) -> httpx.Response | None:
        """A whole response; None if the file cannot be used."""
        storage = await self._opened()
        if storage is None:
            return None
        request.extensions["caching"] = {"key": _key(request)}
        try:
            response = await AsyncCacheTransport(source, storage, options).handle_async_request(request)
            await response.aread()
        except (sqlite3.Error, RuntimeError) as error:
            # hishel does without the disk when it fails, but not in the midst of a body that it gives out.
            if source.was_asked:
                raise
            await self._start_over(storage, str(error))
            return None
        return response

    async def _opened(self) -> AsyncSqliteStorage | None:
        async with self._lock:
            if self._storage is None and self._is_usable:
                self._is_usable = await asyncio.to_thread(_made_usable, self._file)
                if self._is_usable:
                    self._storage = AsyncSqliteStorage(
                        database_path=self._file,
                        default_ttl=self._lifetime_s + _KEPT_S,
                        max_size=_LARGEST_FILE,
                    )
            return self._storage

    async def _start_over(self, broken: AsyncSqliteStorage, reason: str) -> None:
        async with self._lock:
            if self._storage is broken:
                self._storage = None
                await broken.close()
                await asyncio.to_thread(_discard, self._file, reason)

    async def aclose(self) -> None:
        """Close the file; the next request opens it again."""
        async with self._lock:
            storage, self._storage = self._storage, None
            if storage is not None:
                await storage.close()


class _Source(httpx.AsyncBaseTransport):
    """The source as hishel wants it: a transport, whose answers say how long they are good for."""

    def __init__(self, fetch: Fetch, lifetime_s: float) -> None:
        self._fetch = fetch
        self._lifetime_s = lifetime_s
        self.was_asked = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.was_asked = True
        response = await self._fetch(request)
        headers = response.headers
        if response.status_code not in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
            headers["Cache-Control"] = "no-store"
        elif not _states_lifetime(headers):
            stated = headers.get("Cache-Control")
            lifetime = f"max-age={int(self._lifetime_s)}"
            headers["Cache-Control"] = f"{stated}, {lifetime}" if stated else lifetime
        headers["Date"] = format_datetime(datetime.now(UTC) - _age(headers), usegmt=True)
        return response


async def _nothing(request: httpx.Request) -> httpx.Response:
    return httpx.Response(httpx.codes.GATEWAY_TIMEOUT)


def _states_lifetime(headers: httpx.Headers) -> bool:
    words = headers.get("Cache-Control", "").lower()
    return "expires" in headers or any(word in words for word in _LIFETIME_WORDS)


def _age(headers: httpx.Headers) -> timedelta:
    """How long the answer has lain in the source's own caches.

    With it the answer is dated by this machine's clock, which also tells when it is old: by a source's
    missing, false or future date it would be fresh for ever.
    """
    stated = headers.get("Age", "").strip()
    is_number = stated.isascii() and stated.isdecimal() and len(stated) < 9
    return timedelta(seconds=int(stated)) if is_number else timedelta()


def _key(request: httpx.Request) -> str:
    return hashlib.sha256(f"{request.headers['Accept']} {request.url}".encode()).hexdigest()


def _made_usable(file: Path) -> bool:
    """Whether the file can be written, after a broken one has been removed."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Another process may be about to do the same, and must not remove the file that this one makes.
        with FileLock(file.with_suffix(".lock"), timeout=_LONGEST_WAIT_S):
            _check_or_discard(file)
    except (OSError, sqlite3.Error) as error:
        _log.warning("%s cannot be used, answers are not cached: %s", file, error)
        return False
    return True


def _check_or_discard(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _BROKEN:
            raise
        found = str(error)
    if found != "ok":
        _discard(file, found)


def _discard(file: Path, reason: str) -> None:
    _log.warning("%s is broken and is begun anew: %s", file, reason)
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
