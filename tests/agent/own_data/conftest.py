"""Whole conversations at their end, each played once for all tests of the person's own data."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from assistant.agent.session import Session
from assistant.build import Application
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.player import play

ENDED = [file.stem for file in DIALOGUES if not read_dialogue(file).live]
Ended = Callable[[str], Session]


@pytest.fixture(scope="session")
def ended(application: Application) -> Ended:
    """A conversation by the name of its dialogue, to do with as one likes."""

    @cache
    def snapshot(name: str) -> bytes:
        dialogue = read_dialogue(next(file for file in DIALOGUES if file.stem == name))
        session = application.new_session(dialogue.language)

        async def to_the_end() -> None:
            async for _ in play(application, dialogue, session=session):
                pass

        with ThreadPoolExecutor(1) as thread:
            # A test may have a loop of its own.
            thread.submit(lambda: asyncio.run(to_the_end())).result()
        return session.snapshot()

    return lambda name: application.restored_session(snapshot(name))
