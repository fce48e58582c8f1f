"""Whole conversations at their end, each played once in a run of the tests, whichever worker wants it."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.agent.session import Session
from assistant.build import Application
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.player import play

ENDED = [file.stem for file in DIALOGUES if not read_dialogue(file).live]


class Ended:
    """Gives a conversation by the name of its dialogue, to do with as one likes.

    Args:
        application: Plays and restores the conversations.
        folder: Where this run, and no other, keeps how they ended.
    """

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._folder = folder

    def __call__(self, name: str) -> Session:
        """The conversation, from what is kept of it or else played now."""
        kept = self._folder / name
        if not kept.exists():
            with ThreadPoolExecutor(1) as thread:
                # A test may have a loop of its own.
                thread.submit(lambda: asyncio.run(self._play(name))).result()
        return self._application.restored_session(kept.read_bytes())

    def keep(self, name: str, session: Session) -> None:
        """Keep how a conversation ended that was played whole."""
        pending = self._folder / f"{name}.{os.getpid()}"
        pending.write_bytes(session.snapshot())
        pending.replace(self._folder / name)

    async def _play(self, name: str) -> None:
        dialogue = read_dialogue(next(file for file in DIALOGUES if file.stem == name))
        session = self._application.new_session(dialogue.language)
        async for _ in play(self._application, dialogue, session=session):
            pass
        self.keep(name, session)
