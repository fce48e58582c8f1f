"""Saved conversations in SQLite or PostgreSQL: sealed content under a hash, and when it must be gone."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    delete,
    event,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from assistant.errors import StoreUnavailable

_TABLE = Table(
    "conversations",
    MetaData(),
    Column("id", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)
# The drivers that we lock, and how each database writes a row whether or not it is there.
_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
# Another process may be writing: wait rather than fail.
_BUSY_S = 10
_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Row:
    """One saved conversation.

    Attributes:
        content: Sealed; see `sealing.py`.
        saved_at: When it was last written; tells two writings apart.
        expires_at: When it must be gone.
    """

    content: bytes
    saved_at: datetime
    expires_at: datetime


class Store:
    """The table of saved conversations; all times are in UTC.

    Every method blocks for some milliseconds, and raises StoreUnavailable when the database cannot be
    reached, read or written.

    Args:
        url: `sqlite:///<file>` or `postgresql://<user>:<password>@<host>/<database>`. A SQLite file is
            made by the first `put`, readable by its owner only.

    Raises:
        StoreUnavailable: The address is of neither form.
    """

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self._kind = self._url.get_backend_name()
        self._file = Path(str(self._url.database)) if self._kind == "sqlite" else None
        self._engine: Engine | None = None

    def put(self, row_id: str, row: Row) -> None:
        """Write a conversation, new or anew."""
        written = _INSERTS[self._kind](_TABLE).values(id=row_id, **asdict(row))
        with self._connected() as engine, engine.begin() as connection:
            connection.execute(written.on_conflict_do_update(index_elements=["id"], set_=asdict(row)))

    def replace(self, row_id: str, row: Row) -> bool:
        """Write a conversation anew; False, and nothing written, when it is stored no longer."""
        if not self._is_there():
            return False
        with self._connected() as engine, engine.begin() as connection:
            done = connection.execute(update(_TABLE).where(_TABLE.c.id == row_id).values(asdict(row)))
            return bool(done.rowcount)

    def get(self, row_id: str, now: datetime) -> Row | None:
        """A conversation that has not expired; None when there is none."""
        if not self._is_there():
            return None
        columns = (_TABLE.c.content, _TABLE.c.saved_at, _TABLE.c.expires_at)
        wanted = select(*columns).where(_TABLE.c.id == row_id, _TABLE.c.expires_at > now)
        with self._connected() as engine, engine.connect() as connection:
            found = connection.execute(wanted).one_or_none()
        return Row(found.content, _in_utc(found.saved_at), _in_utc(found.expires_at)) if found else None

    def remove(self, row_id: str) -> None:
        """Delete a conversation; in a SQLite file its bytes are overwritten."""
        if self._is_there():
            with self._connected() as engine, engine.begin() as connection:
                connection.execute(delete(_TABLE).where(_TABLE.c.id == row_id))

    def remove_expired(self, now: datetime) -> int:
        """Delete what has expired; returns how many there were."""
        if not self._is_there():
            return 0
        with self._connected() as engine, engine.begin() as connection:
            return connection.execute(delete(_TABLE).where(_TABLE.c.expires_at <= now)).rowcount

    def close(self) -> None:
        """Let go of all connections."""
        if self._engine:
            self._engine.dispose()
            self._engine = None

    def _is_there(self) -> bool:
        """Whether anything can be stored: looking alone makes no SQLite file."""
        return self._file is None or self._file.exists()

    @contextmanager
    def _connected(self) -> Iterator[Engine]:
        """The engine, made when it is first needed; translates its errors."""
        try:
            is_new = self._file is not None and _make_private(self._file)
            if self._engine is None or is_new:
                engine = self._engine or (
                    _sqlite_engine(self._url) if self._file else _server_engine(self._url)
                )
                # `MetaData.create_all` looks first and makes then, and another process may do the same.
                with engine.begin() as connection:
                    connection.execute(CreateTable(_TABLE, if_not_exists=True))
                self._engine = engine
            yield self._engine
        except (SQLAlchemyError, OSError) as exc:
            raise StoreUnavailable(reason=type(exc).__name__) from exc


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise StoreUnavailable(reason="DATABASE_URL is no address") from exc
    kind = parsed.get_backend_name()
    if kind not in _DRIVERS or parsed.database in (None, "", ":memory:"):
        raise StoreUnavailable(reason="DATABASE_URL names neither a SQLite file nor a PostgreSQL database")
    return parsed.set(drivername=_DRIVERS[kind])


def _make_private(file: Path) -> bool:
    """Make the file before the database does, which would let others read it; False if it is there.

    One that is there is not opened: closing it would release the locks that this process has on it.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    except FileExistsError:
        return False
    return True


def _sqlite_engine(url: URL) -> Engine:
    # Parameters stay out of errors. A connection costs less than keeping one for each thread.
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": _BUSY_S})
    event.listen(engine, "connect", _erase_thoroughly)
    return engine


def _server_engine(url: URL) -> Engine:
    return create_engine(url, hide_parameters=True, pool_pre_ping=True)


def _erase_thoroughly(connection: DBAPIConnection, _: object) -> None:
    """Overwrite what is deleted, and leave no copy of it behind.

    The journal of a transaction is removed as it ends. A write-ahead log would keep what was deleted
    for as long as another process reads.
    """
    cursor = connection.cursor()
    for pragma in ("secure_delete = ON", "journal_mode = DELETE", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _in_utc(time: datetime) -> datetime:
    """SQLite keeps no time zone."""
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
