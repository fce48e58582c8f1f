"""The tables of the mirror, and how records become rows."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from pydantic import TypeAdapter

from ingest.records import ConceptRecord, EducationEventRecord, EducationRecord, RelationRecord

SCHEMA_VERSION = 1

KEPT, NO_END, IN_CYCLE = 0, 1, 2
"""States of a relation or an event; those that are not kept stay, since their ends may yet come."""

SCHEMA = """
CREATE TABLE run (
    run INTEGER PRIMARY KEY AUTOINCREMENT, system TEXT NOT NULL, run_key TEXT NOT NULL,
    cursor TEXT NOT NULL DEFAULT '', started_at TEXT NOT NULL, is_partial INTEGER NOT NULL,
    is_finished INTEGER NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0,
    removals INTEGER NOT NULL DEFAULT 0, disappeared INTEGER NOT NULL DEFAULT 0,
    version TEXT NOT NULL DEFAULT '', retrieved_at TEXT NOT NULL DEFAULT ''
);
CREATE TABLE concept (
    concept_id TEXT PRIMARY KEY, system TEXT NOT NULL, type TEXT NOT NULL, deprecated INTEGER NOT NULL,
    label TEXT NOT NULL, body TEXT NOT NULL, run INTEGER NOT NULL
);
CREATE INDEX concept_by_type ON concept (type, concept_id);
CREATE TABLE relation (
    system TEXT NOT NULL, source_id TEXT NOT NULL, relation TEXT NOT NULL, target_id TEXT NOT NULL,
    rank INTEGER NOT NULL, percentage INTEGER, run INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (system, source_id, relation, target_id)
) WITHOUT ROWID;
CREATE INDEX relation_by_name ON relation (relation, source_id, rank, target_id);
CREATE TABLE education (
    education_id TEXT PRIMARY KEY, system TEXT NOT NULL, body TEXT NOT NULL, run INTEGER NOT NULL
);
CREATE TABLE event (
    event_id TEXT PRIMARY KEY, system TEXT NOT NULL, education_id TEXT NOT NULL, body TEXT NOT NULL,
    run INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_by_education ON event (education_id, event_id);
CREATE TABLE finding (
    finding INTEGER PRIMARY KEY, system TEXT NOT NULL, run INTEGER NOT NULL, record_id TEXT NOT NULL,
    kind TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL, is_settled INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX finding_by_record ON finding (record_id);
CREATE INDEX finding_by_run ON finding (system, run);
CREATE TABLE english (concept_id TEXT PRIMARY KEY, label TEXT NOT NULL, from_id TEXT NOT NULL);
CREATE TABLE unsettled (since TEXT NOT NULL);
"""

TABLES = ("concept", "relation", "education", "event")

Kept: TypeAlias = ConceptRecord | RelationRecord | EducationRecord | EducationEventRecord
"""The records that are kept as rows."""

CONCEPTS = TypeAdapter(ConceptRecord)
EDUCATIONS = TypeAdapter(EducationRecord)
EVENTS = TypeAdapter(EducationEventRecord)


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements that keep one kind of record; parameters are the key, then the values, then the run.

    Attributes:
        find: The run that saw the row last, and its values.
        touch: Marks an unchanged row as seen.
        write: Adds the row or replaces it.
    """

    find: str
    touch: str
    write: str

    @classmethod
    def of(cls, table: str, key: tuple[str, ...], values: tuple[str, ...]) -> "Statements":
        """Those of a table."""
        where = " AND ".join(f"{name} = ?" for name in key)
        columns = (*key, *values, "run")
        # A row that comes anew is judged anew by the settling.
        changes = ", ".join(f"{name} = excluded.{name}" for name in (*values, "run"))
        return cls(
            find=f"SELECT run, {', '.join(values)} FROM {table} WHERE {where}",
            touch=f"UPDATE {table} SET run = ? WHERE {where}",
            write=f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
            f"ON CONFLICT DO UPDATE SET {changes}",
        )


Value: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A record as a row."""

    statements: Statements
    key: tuple[str, ...]
    values: tuple[Value, ...]


_CONCEPT = Statements.of("concept", ("concept_id",), ("system", "type", "deprecated", "label", "body"))
_RELATION = Statements.of(
    "relation", ("system", "source_id", "relation", "target_id"), ("rank", "percentage")
)
_EDUCATION = Statements.of("education", ("education_id",), ("system", "body"))
_EVENT = Statements.of("event", ("event_id",), ("system", "education_id", "body"))


def to_row(record: Kept) -> Row:
    """The row of a record."""
    match record:
        case ConceptRecord():
            label = (record.label_sv or record.label_en).casefold()
            body = CONCEPTS.dump_json(record, exclude_defaults=True).decode()
            values: tuple[Value, ...] = (record.system, record.type, int(record.deprecated), label, body)
            return Row(_CONCEPT, (record.concept_id,), values)
        case RelationRecord():
            key = (record.system, record.source_id, record.relation, record.target_id)
            return Row(_RELATION, key, (record.rank, record.percentage))
        case EducationRecord():
            body = EDUCATIONS.dump_json(record, exclude_defaults=True).decode()
            return Row(_EDUCATION, (record.education_id,), (record.system, body))
        case EducationEventRecord():
            body = EVENTS.dump_json(record, exclude_defaults=True).decode()
            return Row(_EVENT, (record.event_id,), (record.system, record.education_id, body))


def to_concept(body: str, english: str | None) -> ConceptRecord:
    """A concept out of its row; the English label found elsewhere serves where it has none."""
    record = CONCEPTS.validate_json(body)
    return replace(record, label_en=english) if english and not record.label_en else record
