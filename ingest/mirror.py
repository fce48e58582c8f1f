"""A copy of the sources in one SQLite file, kept up page by page.

A page's records and the place where the next page begins go in together, so a sync that was killed carries
on where it stopped. A row remembers the run that saw it last; what a whole run has not seen is gone.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import UpstreamMalformed
from assistant.retrieval.stores.manifest import SourceVersion
from ingest import mirror_figures as figures
from ingest.cleaning import Read, clean
from ingest.findings import Finding, RunTotals
from ingest.mirror_rows import EDUCATIONS, EVENTS, KEPT, SCHEMA, SCHEMA_VERSION, to_concept
from ingest.mirror_writing import forget_findings, put, remove_unseen, shrunk
from ingest.records import ConceptRecord, EducationEventRecord, EducationRecord, RelationRecord
from ingest.replacing import final_replacements
from ingest.settling import settle

MIRROR_FILE = "mirror.sqlite"


class Mirror:
    """The mirror in one file; use it in a `with` statement, or close it.

    Args:
        file: Made when absent. One written by another version of the program is emptied, since all of it
            can be read again.
    """

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # With WAL a killed process loses nothing; a power cut may lose the last pages, never the file.
        self._db.execute("PRAGMA synchronous = NORMAL")
        if self._one("PRAGMA user_version") != SCHEMA_VERSION:
            self._make_anew()

    def __enter__(self) -> "Mirror":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def is_current(self, system: str, run_key: str) -> bool:
        """Whether the last whole sync of a source had this key, and none has begun since."""
        row = self._db.execute(
            "SELECT run_key, is_finished FROM run WHERE system = ? ORDER BY run DESC LIMIT 1", (system,)
        ).fetchone()
        return bool(row == (run_key, 1))

    def last_started(self, system: str, key_prefix: str) -> datetime | None:
        """When the last finished sync of a source began, in UTC, if its key begins so."""
        row = self._db.execute(
            "SELECT started_at, run_key FROM run WHERE system = ? AND is_finished", (system,)
        ).fetchone()
        return datetime.fromisoformat(row[0]) if row and row[1].startswith(key_prefix) else None

    def begin(self, system: str, run_key: str, *, is_partial: bool = False) -> str:
        """Begin a sync, or carry on with an unfinished one of the same key.

        Args:
            system: The source.
            run_key: Names what is read, such as its version.
            is_partial: Only what has changed is read, so what is not seen stays.

        Returns:
            The cursor of the last page that was put; empty at the beginning.
        """
        with self._transaction():
            unfinished = self._db.execute(
                "SELECT cursor FROM run WHERE system = ? AND run_key = ? AND NOT is_finished",
                (system, run_key),
            ).fetchone()
            if unfinished:
                return str(unfinished[0])
            self._db.execute("DELETE FROM run WHERE system = ? AND NOT is_finished", (system,))
            self._db.execute(
                "INSERT INTO run (system, run_key, started_at, is_partial) VALUES (?, ?, ?, ?)",
                (system, run_key, datetime.now(UTC).isoformat(timespec="seconds"), is_partial),
            )
            return ""

    def put_page(self, system: str, cursor: str, records: Iterable[Read]) -> None:
        """Clean the records of a page and keep them, with the cursor, in one transaction.

        Args:
            system: The source, for which a sync has begun.
            cursor: Where the next page begins, in the reader's words.
            records: In the source's order; of two with the same id the later one is kept.
        """
        with self._transaction():
            run = self._open_run(system)
            page = tuple(records)
            if self._one("SELECT 1 FROM finding WHERE system = ? AND run <> ? LIMIT 1", (system, run)):
                forget_findings(self._db, page, run)
            removals = sum(put(self._db, clean(record, system), record, run) for record in page)
            self._db.execute(
                "UPDATE run SET cursor = ?, read = read + ?, removals = removals + ? WHERE run = ?",
                (cursor, len(page), removals, run),
            )
            self._mark_unsettled(len(page))

    def finish(self, system: str, version: str, retrieved_at: str, *, largest_loss: float = 1.0) -> int:
        """End a sync: what a whole one has not seen is removed, but for retired concepts with a successor.

        Args:
            system: The source.
            version: Of what was read.
            retrieved_at: ISO date.
            largest_loss: Share of the records of one type, 0-1, that may disappear at once.

        Returns:
            How many records have disappeared.

        Raises:
            UpstreamMalformed: More would disappear; nothing is removed, and the sync is to begin anew.
        """
        with self._transaction():
            run = self._open_run(system)
            is_whole = not self._one("SELECT is_partial FROM run WHERE run = ?", (run,))
            lost = shrunk(self._db, system, run, largest_loss) if is_whole else ""
            gone = 0
            if lost:
                self._db.execute("DELETE FROM run WHERE run = ?", (run,))
            else:
                gone = self._end(system, run, version, retrieved_at, is_whole=is_whole)
        if lost:
            raise UpstreamMalformed(service=system, operation="sync", reason=f"most of {lost} is missing")
        return gone

    def confirm(self, system: str, retrieved_at: str) -> None:
        """Note that a source was found to be unchanged on a day (ISO date)."""
        self._db.execute("UPDATE run SET retrieved_at = ? WHERE system = ?", (retrieved_at, system))

    def settle(self) -> None:
        """Judge what takes all sources to see: unknown ends, cycles, doubles, English labels."""
        if self._one("SELECT COUNT(*) FROM unsettled"):
            with self._transaction():
                settle(self._db)

    def concepts(self, *types: str, include_deprecated: bool = False) -> Iterator[ConceptRecord]:
        """Concepts by type and id, of some types or of all."""
        live = "" if include_deprecated else "AND NOT deprecated"
        for type in sorted(set(types) or self.counts().keys()):
            for body, english in self._db.execute(
                "SELECT body, english.label FROM concept LEFT JOIN english USING (concept_id) "
                f"WHERE type = ? {live} ORDER BY concept_id",
                (type,),
            ):
                yield to_concept(body, english)

    def concept(self, concept_id: str) -> ConceptRecord | None:
        """One concept, retired or not."""
        row = self._db.execute(
            "SELECT body, english.label FROM concept LEFT JOIN english USING (concept_id) "
            "WHERE concept_id = ?",
            (concept_id,),
        ).fetchone()
        return to_concept(*row) if row else None

    def relations(self, *names: str) -> Iterator[RelationRecord]:
        """Relations whose ends are both known, by name, source and rank; some names or all."""
        for name in sorted(set(names) or self.relation_counts().keys()):
            for row in self._db.execute(
                "SELECT source_id, relation, target_id, system, rank, percentage FROM relation "
                "WHERE relation = ? AND state = ? ORDER BY source_id, rank, target_id, system",
                (name, KEPT),
            ):
                yield RelationRecord(*row)

    def educations(self) -> Iterator[EducationRecord]:
        """Educations by id."""
        for (body,) in self._db.execute("SELECT body FROM education ORDER BY education_id"):
            yield EDUCATIONS.validate_json(body)

    def events(self, education_id: str) -> tuple[EducationEventRecord, ...]:
        """The events of one education, by id."""
        rows = self._db.execute(
            "SELECT body FROM event WHERE education_id = ? ORDER BY event_id", (education_id,)
        )
        return tuple(EVENTS.validate_json(body) for (body,) in rows)

    def all_events(self) -> Iterator[EducationEventRecord]:
        """Events of known educations, by education and id."""
        for (body,) in self._db.execute(
            "SELECT body FROM event WHERE state = ? ORDER BY education_id, event_id", (KEPT,)
        ):
            yield EVENTS.validate_json(body)

    def replacements(self) -> dict[str, str]:
        """The live concept that each retired one leads to; those that lead to none are left out."""
        return final_replacements(self._db)

    def english_sources(self) -> dict[str, str]:
        """For each concept whose English label is another concept's: the id of that one."""
        return dict(self._db.execute("SELECT concept_id, from_id FROM english"))

    def counts(self) -> dict[str, int]:
        """Concepts by type, retired ones too, and `education` and `education-event`."""
        return figures.counts(self._db)

    def relation_counts(self) -> dict[str, int]:
        """Relations by name, of those whose ends are both known."""
        return figures.relation_counts(self._db)

    def versions(self) -> tuple[SourceVersion, ...]:
        """The sources as they were last read, by name."""
        return figures.versions(self._db)

    def findings(self) -> Iterator[Finding]:
        """All findings, by source, kind and record."""
        return figures.findings(self._db)

    def totals(self) -> tuple[RunTotals, ...]:
        """What became of the records of each source's last finished sync."""
        return figures.totals(self._db)

    def content_hash(self) -> str:
        """SHA-256 of everything that the reading methods give, but for dates and findings."""
        return figures.content_hash(self._db)

    def _end(self, system: str, run: int, version: str, retrieved_at: str, *, is_whole: bool) -> int:
        gone = 0
        if is_whole:
            gone = remove_unseen(self._db, system, run)
            self._db.execute("DELETE FROM finding WHERE system = ? AND run <> ?", (system, run))
        self._db.execute(
            "UPDATE run SET is_finished = 1, version = ?, retrieved_at = ?, disappeared = ? WHERE run = ?",
            (version, retrieved_at, gone, run),
        )
        self._db.execute("DELETE FROM run WHERE system = ? AND run <> ?", (system, run))
        self._mark_unsettled(gone)
        return gone

    def _open_run(self, system: str) -> int:
        run = self._one("SELECT run FROM run WHERE system = ? AND NOT is_finished", (system,))
        if not isinstance(run, int):
            raise ValueError(f"no sync of {system} has begun")
        return run

    def _mark_unsettled(self, changes: int) -> None:
        if changes and not self._one("SELECT COUNT(*) FROM unsettled"):
            self._db.execute("INSERT INTO unsettled VALUES (datetime())")

    def _make_anew(self) -> None:
        with self._transaction():
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            for (name,) in self._db.execute(tables).fetchall():
                self._db.execute(f"DROP TABLE {name}")
            for statement in SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _one(self, query: str, parameters: tuple[object, ...] = ()) -> str | int | None:
        row = self._db.execute(query, parameters).fetchone()
        return row[0] if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
