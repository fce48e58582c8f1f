"""A folder that a server process may write to, and what of a person can be found there afterwards."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from assistant.settings import PROJECT_DIR


def settings_within(folder: Path) -> Mapping[str, str]:
    """Settings of a process that writes everything into one folder, and logs as much as it can."""
    for name in ("tmp", "home"):
        (folder / name).mkdir()
    places = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")}
    return {"LIVE_SOURCES": "false", "LOG_LEVEL": "DEBUG", **places}


def written_files(folder: Path) -> Iterator[Path]:
    """All that was written; Chainlit's own files lie in the project, whatever it is told."""
    for place in (folder, PROJECT_DIR / ".files"):
        yield from (file for file in place.rglob("*") if file.is_file())


def found_on_disk(folder: Path, *words: str | bytes) -> list[tuple[str, str | bytes]]:
    """Files with a word in them, in any of the ways that a program may write it."""
    found = []
    for file in written_files(folder):
        content = file.read_bytes()
        for word in words:
            ways = [word] if isinstance(word, bytes) else [word.encode(), word.encode("utf-16-le")]
            found += [(file.name, word) for way in ways if way in content or way in content.lower()]
    return found


def saved_rows(folder: Path) -> list[bytes]:
    """What is stored of each saved conversation."""
    with closing(sqlite3.connect(folder / "data" / "conversations.sqlite")) as database:
        return [content for (content,) in database.execute("SELECT content FROM conversations")]


def pieces_of(content: bytes) -> list[bytes]:
    """Samples by which content is known again, wherever a part of it may stand."""
    return [content[at : at + 64] for at in range(0, len(content) - 64, 512)]
