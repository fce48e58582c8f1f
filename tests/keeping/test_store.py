import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import StoreUnavailable
from assistant.keeping.store import Row, Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTENT = b"planted-" * 4000


def row(content: bytes = CONTENT, days: float = 1) -> Row:
    return Row(content, NOW, NOW + timedelta(days=days))


@pytest.fixture
def store(database: Path):
    store = Store(f"sqlite:///{database}")
    yield store
    store.close()


def files(database: Path) -> bytes:
    return b"".join(file.read_bytes() for file in database.parent.iterdir())


def test_looking_makes_no_file(store: Store, database: Path):
    assert store.get("a", NOW) is None
    assert not store.replace("a", row())
    assert store.remove_expired(NOW) == 0
    store.remove("a")
    assert not database.parent.exists()


def test_only_the_owner_can_read_the_file(store: Store, database: Path):
    store.put("a", row())
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_what_is_put_comes_back_until_it_expires(store: Store):
    store.put("a", row(b"old"))
    store.put("a", row(b"new"))
    assert store.get("a", NOW) == row(b"new")
    assert store.get("a", NOW + timedelta(days=1)) is None
    assert store.get("b", NOW) is None


def test_only_the_expired_are_removed(store: Store):
    store.put("short", row(days=1))
    store.put("long", row(days=2))
    assert store.remove_expired(NOW + timedelta(days=1)) == 1
    assert store.get("long", NOW)
    assert not store.get("short", NOW)


def test_nothing_of_what_was_deleted_is_left_in_the_files(store: Store, database: Path):
    store.put("a", row())
    store.put("b", row(b"other-" * 4000))
    assert b"planted-" in files(database)
    store.replace("a", row(b"shorter"))
    assert b"planted-" not in files(database)
    store.put("a", row())
    with sqlite3.connect(database) as reading:
        # Another process that reads does not keep what is deleted.
        reading.execute("SELECT count(*) FROM conversations").fetchone()
        store.remove("a")
    reading.close()
    assert b"planted-" not in files(database)
    assert b"other-" in files(database)
    assert [file.name for file in database.parent.iterdir()] == [database.name]


def test_a_file_that_was_removed_is_made_again(store: Store, database: Path):
    store.put("a", row())
    database.unlink()
    assert store.get("a", NOW) is None
    store.put("a", row())
    assert store.get("a", NOW)


def test_two_writers_never_tear_a_row(database: Path):
    contents = [bytes([number]) * 200_000 for number in range(8)]

    def write(content: bytes) -> None:
        store = Store(f"sqlite:///{database}")
        for _ in range(5):
            store.put("a", row(content))
        store.close()

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, contents))
    store = Store(f"sqlite:///{database}")
    found = store.get("a", NOW)
    store.close()
    assert found
    assert found.content in contents


def test_a_file_that_is_no_database_is_a_typed_error(store: Store, database: Path):
    database.parent.mkdir()
    database.write_bytes(b"no database" * 100)
    with pytest.raises(StoreUnavailable):
        store.get("a", NOW)


@pytest.mark.parametrize("url", ["", "no address", "sqlite://", "sqlite:///:memory:", "mysql://localhost/a"])
def test_an_address_of_another_kind_is_refused(url: str):
    with pytest.raises(StoreUnavailable, match="DATABASE_URL"):
        Store(url)


def test_errors_hold_no_password():
    store = Store("postgresql://someone:hemligt@127.0.0.1:1/nowhere?connect_timeout=1")
    with pytest.raises(StoreUnavailable) as raised:
        store.get("a", NOW)
    store.close()
    assert "hemligt" not in str(raised.value)
    assert "hemligt" not in str(raised.value.__cause__)
