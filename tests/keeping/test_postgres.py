from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.language import Language
from assistant.keeping.conversations import Conversations
from assistant.keeping.store import Row, Store
from assistant.keeping.vault import Vault
from tests.keeping.conftest import IDLE, NoteSessions
from tests.keeping.postgres import postgres, programs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(content: bytes, days: float = 1) -> Row:
    return Row(content, NOW, NOW + timedelta(days=days))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgres(folder) as running:
        yield running


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.remove_expired(datetime(9999, 1, 1, tzinfo=UTC))
    store.close()


def test_what_is_put_comes_back_until_it_expires(store: Store):
    store.put("a", row(b"old"))
    store.put("a", row(b"new"))
    assert store.get("a", NOW) == row(b"new")
    assert store.get("a", NOW + timedelta(days=1)) is None
    assert store.get("b", NOW) is None


def test_what_was_removed_is_not_written_again(store: Store):
    store.put("a", row(b"old"))
    assert store.replace("a", row(b"new"))
    store.remove("a")
    assert not store.replace("a", row(b"newer"))
    assert store.get("a", NOW) is None


def test_only_the_expired_are_removed(store: Store):
    store.put("short", row(b"short", days=1))
    store.put("long", row(b"long", days=2))
    assert store.remove_expired(NOW + timedelta(days=1)) == 1
    assert store.get("long", NOW)
    assert not store.get("short", NOW)


def test_two_writers_never_tear_a_row(url: str, store: Store):
    contents = [bytes([number]) * 200_000 for number in range(8)]

    def write(content: bytes) -> None:
        other = Store(url)
        for _ in range(5):
            other.put("a", row(content))
        other.close()

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, contents))
    found = store.get("a", NOW)
    assert found
    assert found.content in contents


async def test_a_conversation_is_saved_found_elsewhere_and_forgotten(url: str):
    here, there = (
        Conversations(NoteSessions(), Vault(Store(url)), idle=IDLE, most=9)  # type: ignore[arg-type]
        for _ in range(2)
    )
    kept = here.begin(Language.SV)
    await here.save(kept, 30)
    found = await there.find(kept.secret)
    assert found is not None
    assert found.saved_until == kept.saved_until
    await there.forget(kept.secret)
    assert await here.find(kept.secret) is None
    for conversations in (here, there):
        await conversations.aclose()
