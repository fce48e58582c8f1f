"""What the mirror holds in numbers: counts, versions, findings and the hash of its content."""

import hashlib
import sqlite3
from collections.abc import Iterator

from assistant.retrieval.stores.manifest import SourceVersion
from ingest.findings import Action, Finding, FindingKind, RunTotals
from ingest.mirror_rows import KEPT

_TOTALS = f"""
SELECT system, read,
    (SELECT COUNT(*) FROM concept WHERE concept.run = run.run)
        + (SELECT COUNT(*) FROM relation WHERE relation.run = run.run AND state = {KEPT})
        + (SELECT COUNT(*) FROM education WHERE education.run = run.run)
        + (SELECT COUNT(*) FROM event WHERE event.run = run.run AND state = {KEPT}),
    (SELECT COUNT(*) FROM finding WHERE finding.run = run.run AND action = '{Action.SET_ASIDE}'),
    removals, disappeared, is_partial
FROM run WHERE is_finished ORDER BY system
"""

_CONTENT = (
    "SELECT body, english.label FROM concept LEFT JOIN english USING (concept_id) ORDER BY concept_id",
    "SELECT system, source_id, relation, target_id, rank, percentage FROM relation "
    f"WHERE state = {KEPT} ORDER BY system, source_id, relation, target_id",
    "SELECT body FROM education ORDER BY education_id",
    f"SELECT body FROM event WHERE state = {KEPT} ORDER BY event_id",
)


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Concepts by type, and `education` and `education-event` where there are any."""
    found = dict(db.execute("SELECT type, COUNT(*) FROM concept GROUP BY type ORDER BY type"))
    others = db.execute(
        "SELECT 'education', COUNT(*) FROM education "
        "UNION ALL SELECT 'education-event', COUNT(*) FROM event WHERE state = ?",
        (KEPT,),
    )
    return found | {name: count for name, count in others if count}


def relation_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Relations by name, of those whose ends are both known."""
    return dict(
        db.execute("SELECT relation, COUNT(*) FROM relation WHERE state = ? GROUP BY relation", (KEPT,))
    )


def versions(db: sqlite3.Connection) -> tuple[SourceVersion, ...]:
    """The sources as they were last read, by name."""
    rows = db.execute("SELECT system, version, retrieved_at FROM run WHERE is_finished ORDER BY system")
    return tuple(SourceVersion(*row) for row in rows)


def findings(db: sqlite3.Connection) -> Iterator[Finding]:
    """All findings, by source, kind and record."""
    for system, record, kind, action, detail in db.execute(
        "SELECT system, record_id, kind, action, detail FROM finding "
        "ORDER BY system, kind, action, record_id, detail"
    ):
        yield Finding(system, record, FindingKind(kind), Action(action), detail)


def totals(db: sqlite3.Connection) -> tuple[RunTotals, ...]:
    """What became of the records of each source's last finished sync."""
    return tuple(
        RunTotals(system, read, kept, set_aside, removals, disappeared, bool(is_partial))
        for system, read, kept, set_aside, removals, disappeared, is_partial in db.execute(_TOTALS)
    )


def content_hash(db: sqlite3.Connection) -> str:
    """SHA-256 of all that is kept."""
    digest = hashlib.sha256()
    for query in _CONTENT:
        for row in db.execute(query):
            digest.update(repr(row).encode())
    return digest.hexdigest()
