"""Puts single records into the mirror's tables; the caller holds the transaction."""

import sqlite3
from collections.abc import Iterable

from ingest.cleaning import Cleaned, Read, record_id
from ingest.findings import LONGEST_DETAIL, Action, Finding, FindingKind
from ingest.mirror_rows import TABLES, Kept, to_row
from ingest.records import Removal

_KEYS = (("concept", "concept_id"), ("education", "education_id"), ("event", "event_id"))

# Fewer records than this can well disappear together.
_FEW = 20
_SHRUNK = f"""
SELECT name FROM (
    SELECT type AS name, run FROM concept WHERE system = :system
    UNION ALL SELECT relation, run FROM relation WHERE system = :system
    UNION ALL SELECT 'education', run FROM education WHERE system = :system
    UNION ALL SELECT 'education-event', run FROM event WHERE system = :system
)
GROUP BY name
HAVING COUNT(*) >= {_FEW} AND SUM(run <> :run) > :loss * COUNT(*)
ORDER BY SUM(run <> :run) DESC
"""


def put(db: sqlite3.Connection, cleaned: Cleaned, raw: Read, run: int) -> int:
    """Keep a record, or what was found instead of it; an unchanged one is only marked as seen.

    Returns:
        1 if the record removed others, else 0.
    """
    if cleaned.findings:
        note(db, run, *cleaned.findings)
    record = cleaned.record
    if isinstance(record, Removal):
        _remove(db, record, run)
        return 1
    if record is None:
        _drop_earlier(db, record_id(raw), run)
    else:
        _keep(db, record, run)
    return 0


def note(db: sqlite3.Connection, run: int, *findings: Finding) -> None:
    """Keep findings."""
    db.executemany(
        "INSERT INTO finding (system, run, record_id, kind, action, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [(f.system, run, f.record_id, f.kind.value, f.action.value, f.detail) for f in findings],
    )


def forget_findings(db: sqlite3.Connection, records: Iterable[Read], run: int) -> None:
    """Remove what earlier syncs said of records, since it no longer holds."""
    db.executemany(
        "DELETE FROM finding WHERE record_id = ? AND run <> ?",
        [(record_id(record)[:LONGEST_DETAIL], run) for record in records],
    )


def remove_unseen(db: sqlite3.Connection, system: str, run: int) -> int:
    """Remove what a run has not seen, but for retired concepts that say what replaces them.

    Returns:
        How many records were removed.
    """
    gone = 0
    for table in TABLES:
        kept = ""
        if table == "concept":
            kept = "AND NOT (deprecated AND ifnull(json_array_length(body, '$.replaced_by'), 0) > 0)"
        gone += db.execute(
            f"DELETE FROM {table} WHERE system = ? AND run <> ? {kept}", (system, run)
        ).rowcount
    return gone


def shrunk(db: sqlite3.Connection, system: str, run: int, largest_loss: float) -> str:
    """What a run has seen suspiciously little of: a type, a relation, or nothing (empty).

    Args:
        db: The mirror.
        system: The source.
        run: The run that is about to end.
        largest_loss: Share of the records of one type, 0-1, that may disappear at once.
    """
    row = db.execute(_SHRUNK, {"system": system, "run": run, "loss": largest_loss}).fetchone()
    return str(row[0]) if row else ""


def _keep(db: sqlite3.Connection, record: Kept, run: int) -> None:
    row = to_row(record)
    found = db.execute(row.statements.find, row.key).fetchone()
    if found and found[0] == run:
        earlier = Finding(
            record.system,
            record_id(record)[:LONGEST_DETAIL],
            FindingKind.DUPLICATE_ID,
            Action.SET_ASIDE,
            "a later one is kept",
        )
        note(db, run, earlier)
    if found and found[1:] == row.values:
        db.execute(row.statements.touch, (run, *row.key))
    else:
        db.execute(row.statements.write, (*row.key, *row.values, run))


def _drop_earlier(db: sqlite3.Connection, dropped_id: str, run: int) -> None:
    """Remove what an earlier sync kept of a record that is now set aside."""
    for table, key in _KEYS:
        db.execute(f"DELETE FROM {table} WHERE {key} = ? AND run <> ?", (dropped_id, run))


def _remove(db: sqlite3.Connection, removal: Removal, run: int) -> None:
    key = (removal.record_id, removal.system)
    for table, column in (*_KEYS, ("event", "education_id")):
        where = f"{column} = ? AND system = ?"
        # What this very sync has kept before was read, and yet is not there in the end.
        query = f"SELECT COUNT(*) FROM {table} WHERE {where} AND run = ?"
        (again,) = db.execute(query, (*key, run)).fetchone()
        finding = Finding(
            removal.system, removal.record_id, FindingKind.REMOVED_AGAIN, Action.SET_ASIDE, table
        )
        note(db, run, *[finding] * again)
        db.execute(f"DELETE FROM {table} WHERE {where}", key)
