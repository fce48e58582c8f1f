"""Reads a folder of files in the form of the project's shared data: gzip, one JSON object a line."""

import gzip
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from assistant.apis.susa import SERVICE as SUSA
from assistant.errors import StarterDataError
from ingest.cleaning import ESCO, JOBTECH, Read, Unreadable
from ingest.sources import esco_records, taxonomy_records
from ingest.sources.reading import Page, Reader
from ingest.sources.shared_educations import FILE as EDUCATIONS
from ingest.sources.shared_educations import read_shared_educations
from ingest.sources.taxonomy_records import LABOUR_FLOWS, OPEN_FILES

PAGE_ROWS = 1000

CONCEPTS = "jobtech_concepts.jsonl.gz"
RELATIONS = "jobtech_relations.jsonl.gz"
_TERMS = "autosuggest_terms.jsonl.gz"
ISCO_GROUPS = "esco_isco_groups.jsonl.gz"
ESCO_SKILLS = "esco_skills.jsonl.gz"
_ESCO_TYPES = {
    ISCO_GROUPS: "isco-group",
    "esco_skill_groups.jsonl.gz": "esco-skill-group",
    "esco_occupations.jsonl.gz": "esco-occupation",
    ESCO_SKILLS: "esco-skill",
}
ESCO_RELATIONS = "esco_relations.jsonl.gz"

# What the files are versions of; they do not say so themselves, but for the mark `v30`.
_TAXONOMY_VERSION = "30"
_OPEN_FILES_VERSION = "29"
_FLOWS_VERSION = "2025-04"
_EDUCATIONS_VERSION = "sample 2023-2025"
# To be raised when rows come to be read in another way, so that unchanged files are read again.
_READING = 1

_Convert: TypeAlias = Callable[[Any], Iterable[Read]]


@dataclass(frozen=True, slots=True)
class _Part:
    """One file, and what its rows become."""

    file: Path
    convert: _Convert


def file_readers(folder: Path, page_rows: int = PAGE_ROWS) -> tuple[Reader, ...]:
    """The readers of all sources that the folder has.

    Args:
        folder: With `jobtech_concepts.jsonl.gz` and the others.
        page_rows: Rows of a page.

    Raises:
        StarterDataError: A file is missing or is not whole.
    """
    relations = folder / RELATIONS
    terms = _read_terms(folder / _TERMS)

    def of_system(system: str) -> _Part:
        return _Part(relations, partial(_relations_of, system))

    def reader(system: str, version: str, parts: tuple[_Part, ...], also: tuple[Path, ...] = ()) -> Reader:
        key = _fingerprint((*dict.fromkeys(part.file for part in parts), *also))
        return Reader(system, version, key, partial(_pages, system, parts, page_rows))

    jobtech = (
        _Part(folder / CONCEPTS, lambda row: (taxonomy_records.row_to_concept(row, terms),)),
        of_system(JOBTECH),
    )
    esco = (
        *(_Part(folder / name, partial(_esco_concepts, type)) for name, type in _ESCO_TYPES.items()),
        _Part(folder / ESCO_RELATIONS, esco_records.row_to_relations),
    )
    return (
        reader(ESCO, esco_records.VERSION, esco),
        reader(JOBTECH, _TAXONOMY_VERSION, jobtech, also=(folder / _TERMS,)),
        reader(OPEN_FILES, _OPEN_FILES_VERSION, (of_system(OPEN_FILES),)),
        reader(LABOUR_FLOWS, _FLOWS_VERSION, (of_system(LABOUR_FLOWS),)),
        _education_reader(folder, page_rows),
    )


def _esco_concepts(type: str, row: Any) -> tuple[Read, ...]:
    return (esco_records.row_to_concept(row, type),)


def _relations_of(system: str, row: Any) -> tuple[Read, ...]:
    """The relation of a row, if it is of this source; the others have readers of their own."""
    name = row.get("relation") if isinstance(row, dict) else None
    if taxonomy_records.SYSTEMS.get(str(name), JOBTECH) != system:
        return ()
    return (taxonomy_records.row_to_relation(row),)


async def _pages(system: str, parts: tuple[_Part, ...], page_rows: int, cursor: str) -> AsyncIterator[Page]:
    """Pages of rows; a cursor is the number of the file and that of the next line."""
    total = sum(1 for part in parts for _ in lines_of(part.file))
    first, start = map(int, cursor.split(":")) if cursor else (0, 0)
    for number, part in enumerate(parts[first:], first):
        lines = islice(lines_of(part.file), start, None)
        while rows := list(islice(lines, page_rows)):
            records = tuple(
                record
                for line_number, line in enumerate(rows, start + 1)
                for record in _converted(part, line, f"{part.file.name}:{line_number}", system)
            )
            start += len(rows)
            yield Page(f"{number}:{start}", records, len(rows), total)
        start = 0


def _converted(part: _Part, line: bytes, where: str, system: str) -> Iterable[Read]:
    try:
        return part.convert(json.loads(line))
    except ValidationError as error:
        return (Unreadable(where, system, str(error.errors()[0]["msg"])),)
    except (ValueError, RecursionError) as error:
        return (Unreadable(where, system, str(error)),)


def lines_of(file: Path) -> Iterator[bytes]:
    """The lines of a gzip file.

    Raises:
        StarterDataError: It is missing or is not whole.
    """
    try:
        with gzip.open(file, "rb") as lines:
            yield from lines
    except (OSError, EOFError) as error:
        raise StarterDataError(file=file.name, reason=str(error)) from error


def rows_of(file: Path) -> Iterator[Any]:
    """The rows of a file, for what needs no pages; errors as of `lines_of`."""
    return (json.loads(line) for line in lines_of(file))


def _read_terms(file: Path) -> dict[str, tuple[str, ...]]:
    """The search words of the concepts by id; none without the file, which adds words alone.

    Held in memory, since the words of one concept are spread over the file: about 12,000 short ones.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in lines_of(file) if file.exists() else ():
        row = json.loads(line)
        # Synonyms are listed under ids of their own, which lead to no concept.
        if not row["type"].startswith("synonym-"):
            found[row["id"]] = (*found.get(row["id"], ()), row["label"])
    return found


def _education_reader(folder: Path, page_rows: int) -> Reader:
    async def pages(cursor: str) -> AsyncIterator[Page]:
        start = int(cursor or 0)
        records = islice(read_shared_educations(folder), start, None)
        while part := tuple(islice(records, page_rows)):
            start += len(part)
            yield Page(str(start), part, len(part))

    return Reader(SUSA, _EDUCATIONS_VERSION, _fingerprint((folder / EDUCATIONS,)), pages)


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        if file.exists():
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return f"files {_READING} {digest.hexdigest()}"
