"""The passages of a build in SQLite, and the little of them that is kept in memory to search a type."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from assistant.domain.language import Language
from assistant.retrieval.passage import Passage, PassageField, PassageType

FILE_NAME = "passages.sqlite"
_SCHEMA = """
CREATE TABLE passage (
    type TEXT NOT NULL, position INTEGER NOT NULL, key INTEGER NOT NULL, owner_id TEXT NOT NULL,
    language TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, embedded INTEGER NOT NULL,
    PRIMARY KEY (type, position)
) WITHOUT ROWID;
"""


class PassageWriter:
    """Writes the passages of a new build, in any number of pieces a type.

    A passage that says the same of the same owner again is left out. The positions of a type follow
    the order of writing.
    """

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILE_NAME)
        # A build that is killed is thrown away whole, so nothing here needs to survive half done.
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._known: set[int] = set()
        self.counts: Counter[PassageType] = Counter()

    def __enter__(self) -> "PassageWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._db.commit()
        self._db.close()

    def add(self, passages: Iterable[Passage]) -> None:
        """Write passages of any types; streamed."""
        self._db.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._rows(passages))

    def _rows(self, passages: Iterable[Passage]) -> Iterator[tuple[str | int, ...]]:
        for p in passages:
            key = p.key
            if key in self._known:
                continue
            self._known.add(key)
            position = self.counts[p.type]
            self.counts[p.type] += 1
            yield p.type, position, key, p.owner_id, p.language, p.field, p.text, p.embedded


@dataclass(frozen=True, slots=True)
class PassageTable:
    """The passages of one type: owners and keys as arrays by position, texts left in the file.

    Attributes:
        folder: The build that they are in.
        type: Which ones.
        owner_ids: Each owner once, in order of its first passage.
        owners: Index into `owner_ids` of each passage's owner.
        is_description: Whether each passage is a description.
        keys: Each passage's `Passage.key`.
    """

    folder: Path
    type: PassageType
    owner_ids: tuple[str, ...]
    owners: NDArray[np.int32]
    is_description: NDArray[np.bool_]
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.keys)

    def texts(self, *, descriptions: bool = True) -> Iterator[str]:
        """All texts in order of position; streamed from the file."""
        wanted = "" if descriptions else f"AND field != '{PassageField.DESCRIPTION}'"
        statement = f"SELECT text FROM passage WHERE type = ? {wanted} ORDER BY position"
        with closing(_opened(self.folder)) as db:
            yield from (text for (text,) in db.execute(statement, (self.type,)))

    def passage(self, position: int) -> Passage:
        """One passage, read from the file."""
        statement = (
            "SELECT owner_id, language, field, text, embedded FROM passage WHERE type = ? AND position = ?"
        )
        with closing(_opened(self.folder)) as db:
            return _passage(self.type, db.execute(statement, (self.type, position)).fetchone())


def read_passage_table(folder: Path, passage_type: PassageType) -> PassageTable:
    """Read what searching one type needs; empty for a type that the build lacks."""
    owner_ids: dict[str, int] = {}
    owners, descriptions, keys = [], [], []
    statement = "SELECT owner_id, field, key FROM passage WHERE type = ? ORDER BY position"
    with closing(_opened(folder)) as db:
        for owner_id, field, key in db.execute(statement, (passage_type,)):
            owners.append(owner_ids.setdefault(owner_id, len(owner_ids)))
            descriptions.append(field == PassageField.DESCRIPTION)
            keys.append(key)
    return PassageTable(
        folder,
        passage_type,
        tuple(owner_ids),
        np.array(owners, dtype=np.int32),
        np.array(descriptions, dtype=np.bool_),
        np.array(keys, dtype=np.int64),
    )


def read_passages(folder: Path, passage_type: PassageType) -> Iterator[Passage]:
    """All passages of a type, in order of position; streamed."""
    statement = (
        "SELECT owner_id, language, field, text, embedded FROM passage WHERE type = ? ORDER BY position"
    )
    with closing(_opened(folder)) as db:
        yield from (_passage(passage_type, row) for row in db.execute(statement, (passage_type,)))


def read_embedded(folder: Path, passage_type: PassageType) -> Iterator[tuple[int, str]]:
    """Key and text of each passage of a type that has a vector; streamed."""
    statement = "SELECT key, text FROM passage WHERE type = ? AND embedded ORDER BY position"
    with closing(_opened(folder)) as db:
        yield from db.execute(statement, (passage_type,))


def _passage(passage_type: PassageType, row: tuple[str, str, str, str, int]) -> Passage:
    owner_id, language, field, text, embedded = row
    return Passage(owner_id, passage_type, Language(language), PassageField(field), text, bool(embedded))


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)
