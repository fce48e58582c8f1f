import asyncio
import sqlite3
from pathlib import Path

import pytest

from assistant.domain.language import Language
from assistant.errors import ConversationBusy, ConversationGone, StoreUnavailable
from assistant.keeping.conversations import Conversations, Kept
from assistant.keeping.store import Store
from assistant.keeping.vault import Vault
from tests.keeping.conftest import IDLE, Clock, NoteSessions, Server


async def say(conversations: Conversations, kept: Kept, words: str) -> None:
    kept.session.turns.append(words)  # type: ignore[attr-defined]
    await conversations.keep(kept)


async def begun(conversations: Conversations, *said: str) -> Kept:
    kept = conversations.begin(Language.SV)
    for words in said:
        await say(conversations, kept, words)
    return kept


async def test_a_conversation_is_found_by_its_secret_alone(conversations: Conversations):
    kept, other = conversations.begin(Language.SV), conversations.begin(Language.EN)
    assert await conversations.find(kept.secret) is kept
    assert len(kept.secret) == 43
    assert kept.secret != other.secret
    assert kept.secret not in repr(kept)
    for wrong in ("", kept.secret[:-1], kept.secret + "A", "A" * 43, "../../etc/passwd", "å" * 43):
        assert await conversations.find(wrong) is None


async def test_without_consent_nothing_is_stored(conversations: Conversations, database: Path):
    kept = await begun(conversations, "one", "two")
    await conversations.tidy()
    await conversations.forget(kept.secret)
    assert not database.parent.exists()


async def test_an_idle_conversation_is_gone(conversations: Conversations, clock: Clock):
    kept = await begun(conversations, "one")
    clock.passes(hours=1.9)
    assert await conversations.find(kept.secret) is kept
    clock.passes(hours=1.9)
    assert await conversations.find(kept.secret) is kept
    clock.passes(seconds=IDLE.total_seconds())
    assert await conversations.find(kept.secret) is None
    assert kept.forgotten
    assert kept.session.turns == []


async def test_a_conversation_is_not_idle_while_a_tab_shows_it(conversations: Conversations, clock: Clock):
    kept = await begun(conversations, "one")
    kept.tabs = 1
    clock.passes(days=1)
    await conversations.tidy()
    assert await conversations.find(kept.secret) is kept


async def test_tidying_lets_go_of_the_idle_but_not_in_the_middle_of_a_turn(
    conversations: Conversations, clock: Clock
):
    quiet, speaking = await begun(conversations, "one"), await begun(conversations, "two")
    async with conversations.own_turn(speaking):
        clock.passes(hours=3)
        await conversations.tidy()
    assert quiet.forgotten
    assert not speaking.forgotten


async def test_the_least_missed_go_first(conversations: Conversations, clock: Clock):
    spoken = await begun(conversations, "one")
    clock.passes(minutes=1)
    saved = await begun(conversations, "two")
    await conversations.save(saved, 30)
    clock.passes(minutes=1)
    silent = await begun(conversations)
    newest = await begun(conversations, "three")
    assert await conversations.find(saved.secret) is saved
    assert silent.forgotten
    assert not any(kept.forgotten for kept in (spoken, saved, newest))
    for words in ("four", "five"):
        await begun(conversations, words)
    assert spoken.forgotten
    assert not newest.forgotten


async def test_a_turn_at_a_time(conversations: Conversations):
    kept = conversations.begin(Language.SV)
    async with conversations.own_turn(kept):
        with pytest.raises(ConversationBusy):
            async with conversations.own_turn(kept):
                pass
    async with conversations.own_turn(kept):
        pass


async def test_what_is_saved_is_found_by_another_process(server: Server):
    here, there = server(), server()
    kept = await begun(here, "one")
    assert await there.find(kept.secret) is None
    until = await here.save(kept, 30)
    await say(here, kept, "two")
    found = await there.find(kept.secret)
    assert found is not None
    assert (found.session.turns, found.saved_until) == (["welcome", "one", "two"], until)


async def test_two_processes_follow_each_other(server: Server, clock: Clock):
    here, there = server(), server()
    kept = await begun(here, "one")
    await here.save(kept, 30)
    found = await there.find(kept.secret)
    assert found is not None
    clock.passes(seconds=1)
    await say(there, found, "there")
    assert await here.find(kept.secret) is kept
    assert kept.session.turns == ["welcome", "one", "there"]


async def test_what_does_not_open_is_not_found(server: Server, database: Path):
    here = server()
    kept = await begun(here, "one")
    await here.save(kept, 30)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE conversations SET content = substr(content, 2)")
    connection.close()
    assert await server().find(kept.secret) is None
    assert await here.find(kept.secret) is kept


async def test_what_was_forgotten_elsewhere_is_not_written_again(server: Server):
    here, there = server(), server()
    kept, idle = await begun(here, "one"), await begun(here, "two")
    for each in (kept, idle):
        await here.save(each, 30)
        await there.forget(each.secret)
    await say(here, kept, "three")
    assert await here.find(idle.secret) is None
    for each in (kept, idle):
        assert each.forgotten
        assert each.session.turns == []
        assert await there.find(each.secret) is None


async def test_a_saved_conversation_outlives_its_time_in_memory(conversations: Conversations, clock: Clock):
    kept = await begun(conversations, "one")
    await conversations.save(kept, 30)
    secret = kept.secret
    del kept
    clock.passes(hours=3)
    await conversations.tidy()
    found = await conversations.find(secret)
    assert found is not None
    assert found.session.turns == ["welcome", "one"]


async def test_a_saved_conversation_is_gone_when_its_time_is_over(server: Server, clock: Clock):
    here = server()
    kept = await begun(here, "one")
    await here.save(kept, 1)
    clock.passes(days=1)
    assert await server().find(kept.secret) is None
    await here.tidy()
    clock.passes(days=-1)
    assert await server().find(kept.secret) is None


async def test_who_still_speaks_when_the_time_is_over_goes_on_unsaved(
    conversations: Conversations, clock: Clock
):
    kept = await begun(conversations, "one")
    await conversations.save(kept, 1)
    clock.passes(hours=23)
    await say(conversations, kept, "two")
    clock.passes(hours=1)
    await conversations.tidy()
    await say(conversations, kept, "three")
    assert await conversations.find(kept.secret) is kept
    assert kept.saved_until is None


async def test_unsaving_leaves_it_in_memory(server: Server):
    here, there = server(), server()
    kept = await begun(here, "one")
    await here.save(kept, 30)
    await here.unsave(kept)
    await say(here, kept, "two")
    assert await here.find(kept.secret) is kept
    assert await there.find(kept.secret) is None


async def test_forgetting_stops_a_running_turn_and_is_for_good(server: Server):
    here = server()
    kept = await begun(here, "one")
    await here.save(kept, 30)

    async def endless() -> None:
        async with here.own_turn(kept):
            kept.running = asyncio.current_task()
            await asyncio.Event().wait()

    turn = asyncio.create_task(endless())
    await asyncio.sleep(0)
    await here.forget(kept.secret)
    with pytest.raises(asyncio.CancelledError):
        await turn
    await here.keep(kept)
    with pytest.raises(ConversationGone):
        await here.save(kept, 30)
    assert await here.find(kept.secret) is None
    assert await server().find(kept.secret) is None


async def test_forgetting_while_it_is_being_saved_leaves_nothing(server: Server):
    here = server()
    kept = await begun(here, "one")
    saving = asyncio.create_task(here.save(kept, 30))
    await asyncio.sleep(0)
    await here.forget(kept.secret)
    await saving
    assert await here.find(kept.secret) is None
    assert await server().find(kept.secret) is None


async def test_saving_while_it_is_being_forgotten_leaves_nothing(server: Server):
    here = server()
    kept = await begun(here, "one")
    await here.save(kept, 30)
    forgetting = asyncio.create_task(here.forget(kept.secret))
    await asyncio.sleep(0)
    with pytest.raises(ConversationGone):
        await here.save(kept, 30)
    await forgetting
    assert await server().find(kept.secret) is None


async def test_forgetting_while_it_is_being_found_leaves_nothing(server: Server):
    here, there = server(), server()
    kept = await begun(here, "one")
    await here.save(kept, 30)
    finding = asyncio.create_task(there.find(kept.secret))
    await asyncio.sleep(0)
    await there.forget(kept.secret)
    await finding
    assert await there.find(kept.secret) is None
    assert await here.find(kept.secret) is None


@pytest.mark.parametrize("days", [0, -1, 366])
async def test_a_time_that_is_not_offered_is_refused(conversations: Conversations, days: int):
    with pytest.raises(ValueError, match="1-365"):
        await conversations.save(conversations.begin(Language.SV), days)


async def test_a_database_that_does_not_work_loses_no_conversation(tmp_path: Path, clock: Clock):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    vault = Vault(Store(f"sqlite:///{tmp_path / 'file' / 'conversations.sqlite'}"))
    conversations = Conversations(NoteSessions(), vault, idle=IDLE, most=3, now=clock)  # type: ignore[arg-type]
    kept = await begun(conversations, "one")
    with pytest.raises(StoreUnavailable):
        await conversations.save(kept, 30)
    assert kept.saved_until is None
    assert await conversations.find(kept.secret) is kept
    await conversations.aclose()


def broken(database: Path) -> bytes:
    """Makes a database unreadable; returns what was in it."""
    stored = database.read_bytes()
    database.write_bytes(b"no database" * 100)
    return stored


def mended(database: Path, stored: bytes) -> None:
    database.write_bytes(stored)


async def test_what_cannot_be_deleted_is_not_forgotten_and_can_be_later(database: Path, server: Server):
    conversations = server()
    saved, unsaved = await begun(conversations, "one"), await begun(conversations, "two")
    await conversations.save(saved, 30)
    stored = broken(database)
    with pytest.raises(StoreUnavailable):
        await conversations.forget(saved.secret)
    assert await conversations.find(saved.secret) is saved
    assert saved.session.turns
    await conversations.forget(unsaved.secret)
    assert unsaved.forgotten
    mended(database, stored)
    await conversations.forget(saved.secret)
    assert await server().find(saved.secret) is None


async def test_a_turn_that_ends_while_saving_is_stopped_does_not_take_the_conversation_along(
    conversations: Conversations,
):
    kept = await begun(conversations, "one")
    await conversations.save(kept, days=30)
    await asyncio.gather(conversations.unsave(kept), conversations.keep(kept))
    assert await conversations.find(kept.secret) is kept
    assert kept.saved_until is None


async def test_no_turn_begins_in_a_forgotten_conversation(conversations: Conversations):
    kept = await begun(conversations, "one")
    await conversations.forget(kept.secret)
    with pytest.raises(ConversationGone):
        async with conversations.own_turn(kept):
            pytest.fail("a turn began")
