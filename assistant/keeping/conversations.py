"""All conversations of a server: found by their secrets, gone when idle, stored only with consent."""

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from assistant.agent.session import Session
from assistant.domain.language import Language
from assistant.errors import ConversationBusy, ConversationGone, SealBroken, SnapshotBroken, StoreUnavailable
from assistant.keeping.vault import Saved, Vault

logger = logging.getLogger(__name__)

SHORTEST_DAYS, LONGEST_DAYS = 1, 365
DEFAULT_DAYS = 30
_SECRET_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class Sessions(Protocol):
    """What makes sessions."""

    def new_session(self, language: Language) -> Session:
        """Begin a conversation."""

    def restored_session(self, snapshot: bytes) -> Session:
        """Go on with a conversation from `Session.snapshot`."""


@dataclass(slots=True, weakref_slot=True, eq=False)
class Kept:
    """A conversation and what it is kept by.

    Attributes:
        secret: Whoever has it has the conversation: 43 url-safe characters, 256 bits of chance.
        session: The conversation itself.
        seen: When it was last asked for or spoken in.
        turn: Held while a turn is played.
        running: The task that plays the turn, for it to be stopped.
        saved_until: When the saved one is deleted; None when it is in memory only.
        written_at: When it was last written to the store.
        files: Hashes of the files that were handed over.
        tabs: How many connected tabs show it; while any does, it is not idle.
        forgotten: It is gone; whoever still holds this begins anew.
    """

    secret: str = field(repr=False)
    session: Session = field(repr=False)
    seen: datetime
    turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    running: "asyncio.Task[object] | None" = field(default=None, repr=False)
    saved_until: datetime | None = None
    written_at: datetime | None = None
    files: set[str] = field(default_factory=set, repr=False)
    tabs: int = 0
    forgotten: bool = False

    @property
    def is_dispensable(self) -> bool:
        """Whether little is lost when it goes from memory: it is saved, or nothing was said yet."""
        return self.saved_until is not None or len(self.session.turns) <= 1


def _now() -> datetime:
    return datetime.now(UTC)


class Conversations:
    """The conversations of one process, and those that are saved.

    Args:
        sessions: Makes sessions.
        vault: Where conversations are saved.
        idle: After so long without a word a conversation is gone from memory, for good unless saved.
        most: How many are held in memory; more than that push out the least missed.
        now: The time, in UTC.
    """

    def __init__(
        self,
        sessions: Sessions,
        vault: Vault,
        *,
        idle: timedelta,
        most: int,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._sessions = sessions
        self._vault = vault
        self._idle = idle
        self._most = most
        self._now = now
        self._kept: dict[str, Kept] = {}
        # One that was let go of may still be open in a tab.
        self._open: WeakValueDictionary[str, Kept] = WeakValueDictionary()

    def begin(self, language: Language) -> Kept:
        """Begin a conversation under a new secret, in memory only."""
        return self.adopt(self._sessions.new_session(language))

    def adopt(self, session: Session) -> Kept:
        """Take in a session under a new secret, in memory only."""
        return self._remember(Kept(secrets.token_urlsafe(_SECRET_BYTES), session, self._now()))

    async def find(self, secret: str) -> Kept | None:
        """The conversation of a secret; None when there is none, or none any more.

        Raises:
            StoreUnavailable: It is not in memory, and the database does not work.
        """
        if not _SECRET.fullmatch(secret):
            return None
        kept = self._open.get(secret)
        if kept is None:
            kept = await self._restored(secret)
        elif kept.saved_until:
            await self._catch_up(kept)
        elif self._is_idle(kept):
            self._forget_here(kept)
        return None if kept is None or kept.forgotten else self._remember(kept)

    async def keep(self, kept: Kept) -> None:
        """Note that a turn was taken, and write the conversation anew if it is saved.

        What cannot be written is logged and tried again after the next turn.
        """
        if kept.forgotten:
            return
        self._remember(kept)
        if kept.saved_until is None:
            return
        try:
            saved = Saved(kept.session.snapshot(), self._now(), kept.saved_until)
            if await self._vault.replace(kept.secret, saved):
                kept.written_at = saved.written_at
            else:
                self._gone_from_store(kept)
        except StoreUnavailable as error:
            logger.error("a saved conversation was not written anew: %s", error)

    async def save(self, kept: Kept, days: int) -> datetime:
        """Save a conversation, which the person has agreed to; returns until when.

        Args:
            kept: The conversation.
            days: For how long, 1-365.

        Raises:
            ConversationGone: It has been forgotten.
            StoreUnavailable: The database does not work; nothing is saved.
            ValueError: Too few or too many days.
        """
        if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
            raise ValueError(f"days must be {SHORTEST_DAYS}-{LONGEST_DAYS}")
        if kept.forgotten:
            raise ConversationGone
        now = self._now()
        saved = Saved(kept.session.snapshot(), now, now + timedelta(days=days))
        await self._vault.put(kept.secret, saved)
        if self._open.get(kept.secret) is not kept:  # it was forgotten meanwhile
            await self._vault.remove(kept.secret)
            raise ConversationGone
        kept.written_at, kept.saved_until = saved.written_at, saved.until
        return saved.until

    async def unsave(self, kept: Kept) -> None:
        """Delete the saved conversation; it stays in memory.

        Raises:
            StoreUnavailable: The database does not work; it is still saved.
        """
        await self._vault.remove(kept.secret)
        kept.saved_until = kept.written_at = None

    async def forget(self, secret: str) -> None:
        """Delete a conversation everywhere, at once; a turn that is running is stopped.

        Raises:
            StoreUnavailable: It is saved, or may be, and the database does not work; nothing is deleted.
        """
        try:
            await self._vault.remove(secret)
        except StoreUnavailable:
            if (kept := self._open.get(secret)) is None or kept.saved_until:
                raise
        if kept := self._open.get(secret):
            self._forget_here(kept)

    async def tidy(self) -> None:
        """Let go of conversations that have been idle, and delete saved ones that have expired.

        Raises:
            StoreUnavailable: The database does not work.
        """
        for kept in list(self._kept.values()):
            if self._is_idle(kept):
                self._let_go(kept)
        await self._vault.remove_expired(self._now())

    @asynccontextmanager
    async def own_turn(self, kept: Kept) -> AsyncIterator[None]:
        """Hold the turn of a conversation; whoever plays it says so in `running`.

        Raises:
            ConversationBusy: A turn is running already.
            ConversationGone: It has been forgotten.
        """
        if kept.turn.locked():
            raise ConversationBusy
        async with kept.turn:
            if kept.forgotten:
                raise ConversationGone
            try:
                yield
            finally:
                kept.running = None

    async def aclose(self) -> None:
        """Finish what is being written, and let go of the database."""
        await self._vault.aclose()

    def _remember(self, kept: Kept) -> Kept:
        kept.seen = self._now()
        self._kept[kept.secret] = self._open[kept.secret] = kept
        if len(self._kept) > self._most:
            self._make_room(kept)
        return kept

    def _make_room(self, newest: Kept) -> None:
        others = [kept for kept in self._kept.values() if kept is not newest and not kept.turn.locked()]
        if others:
            self._let_go(min(others, key=lambda kept: (not kept.is_dispensable, kept.seen)))

    def _let_go(self, kept: Kept) -> None:
        """Out of memory; for good unless it is saved."""
        if kept.saved_until:
            self._kept.pop(kept.secret, None)
        else:
            self._forget_here(kept)

    def _forget_here(self, kept: Kept) -> None:
        kept.forgotten = True
        if kept.running:
            kept.running.cancel()
        kept.session.forget()
        kept.files.clear()
        self._kept.pop(kept.secret, None)
        self._open.pop(kept.secret, None)

    def _is_idle(self, kept: Kept) -> bool:
        is_open = kept.tabs > 0 or kept.turn.locked()
        return not is_open and self._now() - kept.seen >= self._idle

    async def _catch_up(self, kept: Kept) -> None:
        """Take over what another process has done with a saved conversation meanwhile."""
        if kept.turn.locked():
            return
        try:
            saved = await self._vault.get(kept.secret, self._now())
            if saved is None:
                self._gone_from_store(kept)
            elif saved.written_at != kept.written_at and not kept.turn.locked():
                kept.session = self._sessions.restored_session(saved.snapshot)
                kept.written_at, kept.saved_until = saved.written_at, saved.until
        except (StoreUnavailable, SealBroken, SnapshotBroken) as error:
            logger.error("a saved conversation was not brought up to date: %s", type(error).__name__)

    def _gone_from_store(self, kept: Kept) -> None:
        """What is saved no longer was forgotten by another process, unless its time was over."""
        if kept.saved_until is None:  # the person has stopped saving it here meanwhile
            return
        if kept.saved_until <= self._now():
            kept.saved_until = kept.written_at = None
        else:
            self._forget_here(kept)

    async def _restored(self, secret: str) -> Kept | None:
        try:
            saved = await self._vault.get(secret, self._now())
            if saved is None:
                return None
            session = self._sessions.restored_session(saved.snapshot)
        except (SealBroken, SnapshotBroken) as error:
            # What caused it may hold what the person said.
            logger.error("a saved conversation does not open: %s", type(error).__name__)
            return None
        found = Kept(secret, session, self._now(), saved_until=saved.until, written_at=saved.written_at)
        # It may have been asked for twice at once.
        return self._open.setdefault(secret, found)
