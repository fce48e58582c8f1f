"""Saved conversations by their secrets: sealed on the way in, opened on the way out, one thing at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from assistant.keeping.sealing import row_id, seal, unseal
from assistant.keeping.store import Row, Store

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved conversation.

    Attributes:
        snapshot: As `Session.snapshot` gave it.
        written_at: When it was last written; tells two writings apart.
        until: When it must be gone.
    """

    snapshot: bytes
    written_at: datetime
    until: datetime


class Vault:
    """The store for use by coroutines. Every method raises StoreUnavailable when the database does not work.

    All work is done in one thread, so that what was asked for first is done first: nothing is written
    after its deletion. What was begun is finished, also when whoever asked for it has gone away.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def put(self, secret: str, saved: Saved) -> None:
        """Save a conversation."""
        await self._do(lambda: self._store.put(row_id(secret), _sealed(secret, saved)))

    async def replace(self, secret: str, saved: Saved) -> bool:
        """Save a conversation anew; False, and nothing done, when it is saved no longer."""
        return await self._do(lambda: self._store.replace(row_id(secret), _sealed(secret, saved)))

    async def get(self, secret: str, now: datetime) -> Saved | None:
        """A saved conversation that has not expired; None when there is none.

        Raises:
            SealBroken: It does not open.
            StoreUnavailable: The database does not work.
        """

        def opened() -> Saved | None:
            row = self._store.get(row_id(secret), now)
            return Saved(unseal(secret, row.content), row.saved_at, row.expires_at) if row else None

        return await self._do(opened)

    async def remove(self, secret: str) -> None:
        """Delete a saved conversation, if there is one."""
        await self._do(lambda: self._store.remove(row_id(secret)))

    async def remove_expired(self, now: datetime) -> int:
        """Delete what has expired; returns how many there were."""
        return await self._do(partial(self._store.remove_expired, now))

    async def aclose(self) -> None:
        """Finish what was begun, and let go of the database."""
        await asyncio.to_thread(self._thread.shutdown)
        self._store.close()

    async def _do(self, work: Callable[[], _T]) -> _T:
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, work))


def _sealed(secret: str, saved: Saved) -> Row:
    return Row(seal(secret, saved.snapshot), saved.written_at, saved.until)
