"""Kinds of education, where and when they are given, and the concepts they concern, in SQLite.

Nothing is held in memory: each call opens the file, so the store can be used from any thread.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from assistant.domain.education import (
    QUALIFICATION,
    EducationKind,
    EducationTie,
    Offering,
    TiedKind,
    TieOrigin,
)
from assistant.domain.place import Place, PlaceType
from assistant.retrieval.retriever import Retriever

FILE_NAME = "educations.sqlite"
_SCHEMA = """
CREATE TABLE kind (
    kind_id TEXT PRIMARY KEY, title TEXT NOT NULL, title_en TEXT NOT NULL, description TEXT NOT NULL,
    school_type TEXT NOT NULL, code TEXT NOT NULL, configuration TEXT NOT NULL, credits TEXT NOT NULL,
    seqf_level INTEGER NOT NULL, educations INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE offering (
    education_id TEXT NOT NULL, event_id TEXT NOT NULL, kind_id TEXT NOT NULL, system TEXT NOT NULL,
    title TEXT NOT NULL, provider TEXT NOT NULL, towns TEXT NOT NULL, municipality_codes TEXT NOT NULL,
    is_distance INTEGER NOT NULL, start TEXT NOT NULL, end TEXT NOT NULL, apply_from TEXT NOT NULL,
    apply_by TEXT NOT NULL, pace_percent INTEGER NOT NULL, languages TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (education_id, event_id)
) WITHOUT ROWID;
CREATE TABLE subject (
    kind_id TEXT NOT NULL, scheme TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (kind_id, scheme, code)
) WITHOUT ROWID;
CREATE TABLE tie (
    kind_id TEXT NOT NULL, concept_id TEXT NOT NULL, origin TEXT NOT NULL, probability REAL NOT NULL,
    PRIMARY KEY (kind_id, concept_id)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX kind_by_school_type ON kind (school_type);
CREATE INDEX offering_by_kind ON offering (kind_id);
CREATE INDEX tie_by_concept ON tie (concept_id);
"""
_KIND_COLUMNS = (
    "k.kind_id, k.title, k.title_en, k.description, k.school_type, k.code, k.configuration, k.credits,"
    " k.seqf_level, k.educations"
)

_IS_GIVEN = f" AND k.school_type <> '{QUALIFICATION}'"

# What SQLite hands back has no types; the columns above say what it is.
Row: TypeAlias = tuple[Any, ...]

_ADD_KIND = f"""
INSERT INTO kind VALUES ({", ".join("?" * 10)}) ON CONFLICT (kind_id) DO UPDATE SET
    educations = educations + excluded.educations,
    title_en = iif(title_en = '', excluded.title_en, title_en),
    description = iif(description = '', excluded.description, description)
"""


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind of education that fits a search; `score` in [0, 1], comparable within one search."""

    kind: EducationKind
    score: float


class EducationStore:
    """Look-ups in the educations of a build; all answers are empty in a build from our own data only."""

    def __init__(self, folder: Path, open_retriever: Callable[[], Retriever | None] = lambda: None) -> None:
        self._address = f"file:{folder / FILE_NAME}?mode=ro"
        self._open_retriever = open_retriever

    def kind(self, kind_id: str) -> EducationKind | None:
        """One kind of education."""
        rows = self._rows(f"SELECT {_KIND_COLUMNS} FROM kind k WHERE kind_id = ?", kind_id)
        return EducationKind(*rows[0]) if rows else None

    def kinds(self) -> Iterator[EducationKind]:
        """All kinds, by id; streamed."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            for row in db.execute(f"SELECT {_KIND_COLUMNS} FROM kind k ORDER BY kind_id"):
                yield EducationKind(*row)

    def kinds_for(
        self, concept_id: str, *, least_probability: float = 0.0, is_given: bool = False, limit: int = 50
    ) -> tuple[TiedKind, ...]:
        """The kinds of education that concern a concept: an occupation group, a SUN subject, a skill.

        Args:
            concept_id: The concept.
            least_probability: Leaves out ties below it, 0-1.
            is_given: Leaves out qualifications, which are no education that anybody gives.
            limit: Most kinds wanted.

        Returns:
            Surest first, then those that most educations belong to.
        """
        statement = (
            f"SELECT t.origin, t.probability, {_KIND_COLUMNS} FROM tie t JOIN kind k USING (kind_id)"
            f" WHERE t.concept_id = ? AND t.probability >= ?{_IS_GIVEN if is_given else ''}"
            " ORDER BY t.probability DESC, k.educations DESC, kind_id LIMIT ?"
        )
        rows = self._rows(statement, concept_id, least_probability, limit)
        return tuple(TiedKind(EducationKind(*kind), TieOrigin(o), float(p)) for o, p, *kind in rows)

    def subjects(self) -> Iterator[tuple[str, str, str]]:
        """Kind id, scheme and code of every subject that the sources give a kind; streamed."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            yield from db.execute("SELECT kind_id, scheme, code FROM subject ORDER BY kind_id, scheme, code")

    def ties_of(self, kind_id: str) -> tuple[EducationTie, ...]:
        """The concepts that a kind concerns, surest first."""
        statement = (
            "SELECT concept_id, origin, probability FROM tie WHERE kind_id = ?"
            " ORDER BY probability DESC, concept_id"
        )
        return tuple(EducationTie(c, TieOrigin(o), p) for c, o, p in self._rows(statement, kind_id))

    def kinds_tied_by(self, origin: TieOrigin) -> tuple[str, ...]:
        """Ids of the kinds that have a tie of this origin."""
        return tuple(k for (k,) in self._rows("SELECT DISTINCT kind_id FROM tie WHERE origin = ?", origin))

    def offerings(
        self, kind_id: str, *, place: Place | None = None, on_date: str = ""
    ) -> tuple[Offering, ...]:
        """Where and when a kind of education is given, soonest first.

        Args:
            kind_id: Which kind.
            place: Only those in this municipality or region, and those at a distance.
            on_date: ISO date; leaves out those that one can no longer apply for on that day, or that
                have begun where no last day is said. Those without dates stay.
        """
        statement = "SELECT * FROM offering WHERE kind_id = ? ORDER BY start = '', start, education_id"
        found = (_offering(row) for row in self._rows(statement, kind_id))
        return tuple(o for o in found if _is_open(o, on_date) and (place is None or _is_in(o, place)))

    def search(self, text: str, *, is_given: bool = False, limit: int = 10) -> tuple[FoundKind, ...]:
        """The kinds of education that fit a text in Swedish or English best; blocking, some 30 ms.

        With `is_given` without qualifications, which are no education that anybody gives.
        """
        retriever = self._open_retriever()
        scores = retriever.score_owners(text) if retriever else {}
        for kind_id in self._ids_of(QUALIFICATION) if is_given else ():
            scores.pop(kind_id, None)
        best = nlargest(limit, scores.items(), key=itemgetter(1))
        kinds = ((self.kind(kind_id), score) for kind_id, score in best)
        return tuple(FoundKind(kind, score) for kind, score in kinds if kind)

    def counts(self) -> dict[str, int]:
        """How many rows there are of each thing: kind, offering, tie."""
        return {
            table: self._rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("kind", "offering", "tie")
        }

    def _ids_of(self, school_type: str) -> tuple[str, ...]:
        rows = self._rows("SELECT kind_id FROM kind WHERE school_type = ?", school_type)
        return tuple(kind_id for (kind_id,) in rows)

    def _rows(self, statement: str, *values: str | float) -> list[Row]:
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return db.execute(statement, values).fetchall()


class EducationWriter:
    """Writes the store of a new build, education by education."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILE_NAME)
        # A build that is killed is thrown away whole, so nothing here needs to survive half done.
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)

    def __enter__(self) -> "EducationWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._db.executescript(_INDEXES)
        self._db.close()

    def add(
        self, kind: EducationKind, subjects: Iterable[tuple[str, str]], offerings: Iterable[Offering]
    ) -> None:
        """Write one education under its kind.

        Args:
            kind: As this education has it; of educations of one kind the first with a text is kept.
            subjects: Scheme and code of each subject.
            offerings: Each pair of education and event once in all.
        """
        self._db.execute(_ADD_KIND, astuple(kind))
        self._db.executemany(f"INSERT INTO offering VALUES ({_marks(16)})", map(_offering_row, offerings))
        rows = ((kind.kind_id, scheme, code) for scheme, code in subjects)
        self._db.executemany("INSERT OR IGNORE INTO subject VALUES (?, ?, ?)", rows)


def add_ties(folder: Path, ties: Iterable[tuple[str, EducationTie]]) -> None:
    """Write ties by kind id into the store of a new build; of two to one concept the first is kept."""
    rows = ((kind_id, t.concept_id, t.origin, t.probability) for kind_id, t in ties)
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        db.executemany("INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?)", rows)


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _offering_row(o: Offering) -> tuple[str | int, ...]:
    towns, codes, languages = (
        json.dumps(x, ensure_ascii=False) for x in (o.towns, o.municipality_codes, o.languages)
    )
    return (
        *(o.education_id, o.event_id, o.kind_id, o.system, o.title, o.provider, towns, codes),
        *(o.is_distance, o.start, o.end, o.apply_from, o.apply_by, o.pace_percent, languages, o.url),
    )


def _offering(row: Row) -> Offering:
    *head, towns, codes, is_distance, start, end, apply_from, apply_by, pace, languages, url = row
    values: Row = (
        *(*head, tuple(json.loads(towns)), tuple(json.loads(codes)), bool(is_distance), start, end),
        *(apply_from, apply_by, pace, tuple(json.loads(languages)), url),
    )
    return Offering(*values)


def _is_open(offering: Offering, on_date: str) -> bool:
    last = offering.apply_by or offering.start
    return not (on_date and last) or last >= on_date


def _is_in(offering: Offering, place: Place) -> bool:
    if offering.is_distance:
        return True
    if place.type is PlaceType.REGION:
        return any(code.startswith(place.code) for code in offering.municipality_codes)
    return place.code in offering.municipality_codes
