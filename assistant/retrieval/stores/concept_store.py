"""Concepts and relations of the whole taxonomy and of ESCO, looked up in SQLite.

Nothing is held in memory: each call opens the file, which takes well under a millisecond, so the store
can be used from any thread.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.concept import ConceptType
from assistant.domain.language import Bilingual, Language

FILE_NAME = "concepts.sqlite"
_SCHEMA = """
CREATE TABLE concept (
    concept_id TEXT PRIMARY KEY, type TEXT NOT NULL, system TEXT NOT NULL, label_sv TEXT NOT NULL,
    label_en TEXT NOT NULL, alternative_sv TEXT NOT NULL, alternative_en TEXT NOT NULL,
    definition_sv TEXT NOT NULL, definition_en TEXT NOT NULL, code TEXT NOT NULL, esco_uri TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE relation (
    source TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL, rank INTEGER NOT NULL,
    percentage INTEGER, PRIMARY KEY (source, relation, target)
) WITHOUT ROWID;
CREATE TABLE replacement (concept_id TEXT PRIMARY KEY, replaced_by TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX concept_by_code ON concept (type, code);
CREATE INDEX relation_by_target ON relation (target, relation);
"""
_OCCUPATION_NAME = "occupation-name"
_BROADER = "broader"
_COLUMNS = (
    "c.concept_id, c.type, c.system, c.label_sv, c.label_en, c.alternative_sv, c.alternative_en,"
    " c.definition_sv, c.definition_en, c.code, c.esco_uri"
)


@dataclass(frozen=True, slots=True)
class StoredConcept:
    """A live concept of the JobTech Taxonomy or of ESCO.

    `type` and `system` are as in the sources: "occupation-name", "esco-skill", "JobTech Taxonomy".
    Texts are empty where the source has none.
    """

    concept_id: str
    type: str
    system: str
    preferred_label: Bilingual
    alternative_labels: Mapping[Language, tuple[str, ...]]
    definition: Bilingual
    code: str
    esco_uri: str


@dataclass(frozen=True, slots=True)
class StoredRelation:
    """A relation, read "source relation target"; `percentage` is substitutability's, 0-100."""

    source_id: str
    relation: str
    target_id: str
    rank: int = 0
    percentage: int | None = None


class ConceptStore:
    """Look-ups in the concepts of a build; all answers are empty in a build from our own data only."""

    def __init__(self, folder: Path) -> None:
        self._address = f"file:{folder / FILE_NAME}?mode=ro"

    def concept(self, concept_id: str) -> StoredConcept | None:
        """A live concept; None for one that is unknown or retired (see `resolve`)."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM concept c WHERE concept_id = ?", concept_id)
        return next(map(_concept, rows), None)

    def concepts_by_code(self, type_: str, code: str) -> tuple[StoredConcept, ...]:
        """The concepts of a type that have a code, such as SSYK group "5321"."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM concept c WHERE type = ? AND code = ?", type_, code)
        return tuple(map(_concept, rows))

    def resolve(self, concept_id: str) -> str | None:
        """The live concept that stands for an id: itself, or what replaces it; None when there is none."""
        statement = (
            "SELECT concept_id FROM concept WHERE concept_id = :id"
            " UNION ALL SELECT replaced_by FROM replacement WHERE concept_id = :id"
        )
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            row = db.execute(statement, {"id": concept_id}).fetchone()
        return str(row[0]) if row else None

    def relations_of(self, concept_id: str, relation: str) -> tuple[StoredRelation, ...]:
        """Relations of one name from a concept, in the source's order."""
        where = "source = ? AND relation = ? ORDER BY rank, target"
        return self._relations(where, concept_id, relation)

    def sources_of(self, concept_id: str, relation: str) -> tuple[StoredRelation, ...]:
        """Relations of one name that lead to a concept, in the sources' order."""
        where = "target = ? AND relation = ? ORDER BY rank, source"
        return self._relations(where, concept_id, relation)

    def targets(self, concept_id: str, relation: str) -> tuple[StoredConcept, ...]:
        """The live concepts that relations of one name lead to, in the source's order."""
        statement = (
            f"SELECT {_COLUMNS} FROM relation r JOIN concept c ON c.concept_id = r.target"
            " WHERE r.source = ? AND r.relation = ? ORDER BY r.rank, r.target"
        )
        return tuple(map(_concept, self._rows(statement, concept_id, relation)))

    def sources(self, concept_id: str, relation: str) -> tuple[StoredConcept, ...]:
        """The live concepts from which relations of one name lead to a concept, in the sources' order."""
        statement = (
            f"SELECT {_COLUMNS} FROM relation r JOIN concept c ON c.concept_id = r.source"
            " WHERE r.target = ? AND r.relation = ? ORDER BY r.rank, r.source"
        )
        return tuple(map(_concept, self._rows(statement, concept_id, relation)))

    def relations(self, relation: str) -> Iterator[StoredRelation]:
        """All relations of one name between live concepts, by source and rank; streamed."""
        statement = (
            "SELECT r.source, r.relation, r.target, r.rank, r.percentage FROM relation r"
            " JOIN concept a ON a.concept_id = r.source JOIN concept b ON b.concept_id = r.target"
            " WHERE r.relation = ? ORDER BY r.source, r.rank, r.target"
        )
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            yield from (StoredRelation(*row) for row in db.execute(statement, (relation,)))

    def concepts(self, type_: str) -> Iterator[StoredConcept]:
        """All live concepts of a type, by id; streamed."""
        statement = f"SELECT {_COLUMNS} FROM concept c WHERE type = ? ORDER BY concept_id"
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            yield from map(_concept, db.execute(statement, (type_,)))

    def occupation_names_of(self, group_id: str) -> tuple[StoredConcept, ...]:
        """The occupation-names of an SSYK level-4 group, by Swedish label."""
        statement = (
            f"SELECT {_COLUMNS} FROM relation r JOIN concept c ON c.concept_id = r.source"
            " WHERE r.target = ? AND r.relation = ? AND c.type = ? ORDER BY c.label_sv"
        )
        return tuple(map(_concept, self._rows(statement, group_id, _BROADER, _OCCUPATION_NAME)))

    def group_of(self, occupation_name_id: str) -> StoredConcept | None:
        """The SSYK level-4 group of an occupation-name."""
        broader = self.targets(occupation_name_id, _BROADER)
        return next((c for c in broader if c.type == ConceptType.OCCUPATION_GROUP), None)

    def counts(self) -> dict[str, int]:
        """How many live concepts there are, by type."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return dict(db.execute("SELECT type, count(*) FROM concept GROUP BY type ORDER BY type"))

    def _rows(self, statement: str, *values: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return db.execute(statement, values).fetchall()

    def _relations(self, where: str, *values: str) -> tuple[StoredRelation, ...]:
        statement = f"SELECT source, relation, target, rank, percentage FROM relation WHERE {where}"
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return tuple(StoredRelation(*row) for row in db.execute(statement, values))


def write_concepts(
    folder: Path,
    concepts: Iterable[StoredConcept],
    relations: Iterable[StoredRelation],
    replacements: Mapping[str, str],
) -> None:
    """Write the store of a new build; streamed.

    Args:
        folder: Of the build.
        concepts: Live ones, each id once.
        relations: Between any ids; of the same relation said twice, the first is kept.
        replacements: Id of a retired concept to that of the live one in its place.
    """
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        # A build that is killed is thrown away whole, so nothing here needs to survive half done.
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        marks = ", ".join("?" * 11)
        db.executemany(f"INSERT INTO concept VALUES ({marks})", map(_concept_row, concepts))
        db.executemany("INSERT OR IGNORE INTO relation VALUES (?, ?, ?, ?, ?)", _relation_rows(relations))
        db.executemany("INSERT INTO replacement VALUES (?, ?)", replacements.items())
        db.executescript(_INDEXES)


def _concept_row(c: StoredConcept) -> tuple[str, ...]:
    label, definition = c.preferred_label, c.definition
    alternatives = (json.dumps(c.alternative_labels.get(x, ()), ensure_ascii=False) for x in Language)
    return (
        *(c.concept_id, c.type, c.system, label.sv, label.en, *alternatives),
        *(definition.sv, definition.en, c.code, c.esco_uri),
    )


def _concept(row: tuple[str, ...]) -> StoredConcept:
    concept_id, type_, system, sv, en, alternative_sv, alternative_en, *definition, code, esco_uri = row
    alternatives = {
        Language.SV: tuple(json.loads(alternative_sv)),
        Language.EN: tuple(json.loads(alternative_en)),
    }
    labels = Bilingual(sv, en)
    return StoredConcept(
        concept_id, type_, system, labels, alternatives, Bilingual(*definition), code, esco_uri
    )


def _relation_rows(relations: Iterable[StoredRelation]) -> Iterator[tuple[str | int | None, ...]]:
    for r in relations:
        yield r.source_id, r.relation, r.target_id, r.rank, r.percentage
