"""Fixtures for the tests of keeping: a clock that is set by hand, sessions that keep notes, a database."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.language import Language
from assistant.errors import SnapshotBroken
from assistant.keeping.conversations import Conversations
from assistant.keeping.store import Store
from assistant.keeping.vault import Vault

IDLE = timedelta(hours=2)


@dataclass
class Clock:
    time: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@dataclass
class NoteSession:
    """A session that holds what was said, and nothing else."""

    language: Language
    turns: list[str] = field(default_factory=lambda: ["welcome"])

    def snapshot(self) -> bytes:
        return json.dumps({"language": self.language, "turns": self.turns}).encode()

    def forget(self) -> None:
        self.turns = []


class NoteSessions:
    def new_session(self, language: Language) -> NoteSession:
        return NoteSession(language)

    def restored_session(self, snapshot: bytes) -> NoteSession:
        try:
            stored = json.loads(snapshot)
        except ValueError as exc:
            raise SnapshotBroken(reason="JSON") from exc
        return NoteSession(Language(stored["language"]), stored["turns"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database is, once something is saved."""
    return tmp_path / "data" / "conversations.sqlite"


Server = Callable[[], Conversations]


@pytest.fixture
async def server(clock: Clock, database: Path) -> AsyncIterator[Server]:
    """Makes a process that shares the database with those made before."""
    made: list[Conversations] = []

    def make() -> Conversations:
        vault = Vault(Store(f"sqlite:///{database}"))
        made.append(Conversations(NoteSessions(), vault, idle=IDLE, most=3, now=clock))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for conversations in made:
        await conversations.aclose()


@pytest.fixture
def conversations(server: Server) -> Conversations:
    return server()
