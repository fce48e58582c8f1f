"""Judges what takes all sources to see, each time anew, over the whole mirror.

Relations whose ends are not there, cycles, events without an education, doubled labels, and English labels
of concepts that have none of their own but an ESCO or ISCO concept that is the same.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ingest.findings import LONGEST_DETAIL, Action, FindingKind
from ingest.mirror_rows import IN_CYCLE, KEPT, NO_END
from ingest.replacing import final_replacements

ISCO_URI = "http://data.europa.eu/esco/isco/C"
_Edge: TypeAlias = tuple[str, str]

_FIND_ENDS = f"""
UPDATE relation SET state = NOT (
    EXISTS (SELECT 1 FROM concept WHERE concept_id = source_id)
    AND EXISTS (SELECT 1 FROM concept WHERE concept_id = target_id)
) * {NO_END}
"""

_NOTE_NO_END = f"""
INSERT INTO finding (system, run, record_id, kind, action, detail, is_settled)
SELECT system, run, substr(source_id || ' ' || relation || ' ' || target_id, 1, {LONGEST_DETAIL}),
    CASE WHEN lost IN (SELECT record_id FROM finding WHERE action = '{Action.SET_ASIDE}')
        THEN '{FindingKind.END_SET_ASIDE}' ELSE '{FindingKind.UNKNOWN_CONCEPT}' END,
    '{Action.SET_ASIDE}', substr(lost, 1, {LONGEST_DETAIL}), 1
FROM (
    SELECT *, CASE WHEN EXISTS (SELECT 1 FROM concept WHERE concept_id = source_id)
        THEN target_id ELSE source_id END AS lost
    FROM relation WHERE state = {NO_END}
)
"""

_FIND_EDUCATIONS = f"""
UPDATE event SET state = NOT EXISTS (
    SELECT 1 FROM education WHERE education.education_id = event.education_id
) * {NO_END}
"""

_NOTE_NO_EDUCATION = f"""
INSERT INTO finding (system, run, record_id, kind, action, detail, is_settled)
SELECT system, run, event_id, '{FindingKind.UNKNOWN_EDUCATION}', '{Action.SET_ASIDE}',
    substr(education_id, 1, {LONGEST_DETAIL}), 1
FROM event WHERE state = {NO_END}
"""

_NOTE_DOUBLES = f"""
INSERT INTO finding (system, run, record_id, kind, action, detail, is_settled)
SELECT system, run, concept_id, '{FindingKind.DUPLICATE_LABEL}', '{Action.NOTED}',
    substr(type || ': ' || label, 1, {LONGEST_DETAIL}), 1
FROM concept
WHERE NOT deprecated AND (type, label) IN (
    SELECT type, label FROM concept WHERE NOT deprecated GROUP BY type, label HAVING COUNT(*) > 1
)
"""

# A concept's own ESCO concept, then an exact match, then the ISCO group. Of several exact matches the one
# with the same Swedish label is the nearest in meaning; else the first.
_FIND_ENGLISH = f"""
INSERT OR IGNORE INTO english (concept_id, label, from_id)
SELECT concept_id, english, from_id FROM (
    SELECT lacking.concept_id, json_extract(other.body, '$.label_en') AS english, from_id, priority,
        other.label = own.label AS is_namesake
    FROM (
        SELECT concept_id, json_extract(body, '$.esco_uri') AS from_id, 1 AS priority FROM concept
        UNION ALL
        SELECT source_id, target_id, 2 FROM relation WHERE relation = 'exact_match' AND state = {KEPT}
        UNION ALL
        SELECT concept_id, '{ISCO_URI}' || json_extract(body, '$.code'), 3
        FROM concept WHERE type = 'isco-level-4'
    ) AS lacking
    JOIN concept AS other ON other.concept_id = from_id
    JOIN concept AS own ON own.concept_id = lacking.concept_id
    WHERE english IS NOT NULL AND json_extract(own.body, '$.label_en') IS NULL
)
ORDER BY concept_id, priority, is_namesake DESC, from_id
"""


def settle(db: sqlite3.Connection) -> None:
    """Judge everything anew; the caller holds the transaction."""
    db.execute("DELETE FROM finding WHERE is_settled")
    db.execute("DELETE FROM english")
    for statement in (_FIND_ENDS, _NOTE_NO_END, _FIND_EDUCATIONS, _NOTE_NO_EDUCATION, _NOTE_DOUBLES):
        db.execute(statement)
    _cut_cycles(db)
    db.execute(_FIND_ENGLISH)
    _note_lost_replacements(db)
    db.execute("DELETE FROM unsettled")


def closing_edges(edges: Iterable[_Edge]) -> tuple[_Edge, ...]:
    """The edges that close a cycle when the graph is walked in the order of its ids.

    Without them there is no cycle. The same edges give the same cuts, whatever their order.
    """
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in sorted(edges):
        targets[source].append(target)
    closing: list[_Edge] = []
    done: set[str] = set()
    for start in sorted(targets):
        if start not in done:
            _walk(start, targets, done, closing)
    return tuple(closing)


def _walk(start: str, targets: Mapping[str, Sequence[str]], done: set[str], closing: list[_Edge]) -> None:
    """Depth first from one node, without recursion: a hostile chain may be long."""
    on_path = {start: iter(targets.get(start, ()))}
    while on_path:
        node, rest = next(reversed(on_path.items()))
        target = next(rest, None)
        if target is None:
            del on_path[node]
            done.add(node)
        elif target in on_path:
            closing.append((node, target))
        elif target not in done:
            on_path[target] = iter(targets.get(target, ()))


def _cut_cycles(db: sqlite3.Connection) -> None:
    edges = db.execute(
        "SELECT DISTINCT source_id, target_id FROM relation WHERE relation = 'broader' AND state = ?",
        (KEPT,),
    )
    for edge in closing_edges(edges):
        where = "relation = 'broader' AND source_id = ? AND target_id = ?"
        db.execute(f"UPDATE relation SET state = {IN_CYCLE} WHERE {where}", edge)
        db.execute(
            "INSERT INTO finding (system, run, record_id, kind, action, detail, is_settled) "
            f"SELECT system, run, source_id || ' broader ' || target_id, '{FindingKind.CYCLE}', "
            f"'{Action.SET_ASIDE}', 'closes a cycle', 1 FROM relation WHERE {where}",
            edge,
        )


def _note_lost_replacements(db: sqlite3.Connection) -> None:
    """Note retired concepts that name a successor and yet lead to no live one."""
    found = final_replacements(db)
    rows = db.execute(
        "SELECT system, run, concept_id, json_extract(body, '$.replaced_by') FROM concept "
        "WHERE deprecated AND json_array_length(body, '$.replaced_by') > 0"
    ).fetchall()
    db.executemany(
        "INSERT INTO finding (system, run, record_id, kind, action, detail, is_settled) "
        f"VALUES (?, ?, ?, '{FindingKind.LOST_REPLACEMENT}', '{Action.NOTED}', ?, 1)",
        [(*row[:3], str(row[3])[:LONGEST_DETAIL]) for row in rows if row[2] not in found],
    )
