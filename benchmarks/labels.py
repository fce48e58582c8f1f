"""Real labels to grow an index by, and real queries to search it with."""

import gzip
import hashlib
import random
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from assistant.retrieval.text import fold
from ingest.cleaning import Read
from ingest.records import ConceptRecord, RelationRecord
from ingest.sources.files import file_readers
from ingest.sources.reading import Page, Reader
from ingest.sources.starter import Records

QUERIES = 200
_SEARCHES = "search_queries_2026-01-25.tsv.gz"
_SYSTEM = "Platsbanken searches"
# Only those are left out of a smaller index that have passages; all else is the same at each size.
_PASSAGES_OF = frozenset({"occupation-name", "job-title", "skill", "esco-occupation", "esco-skill"})
_A_NAME = re.compile(r"[^\W\d_][^_]{3,60}")
_PAGE = 5000


def searches(data: Path) -> list[str]:
    """What people searched for on one day, most often first; each once, in lower case."""
    with gzip.open(data / _SEARCHES, "rt", encoding="utf-8") as lines:
        next(lines)
        texts = (fold(line.rsplit("\t", 1)[0]) for line in lines)
        return list(dict.fromkeys(text for text in texts if _A_NAME.fullmatch(text)))


def real_queries(data: Path) -> list[str]:
    """200 searches that `grown_readers` never makes labels of, of those that people make most."""
    often = [text for text in searches(data) if _is_query(text)]
    most = often[: QUERIES * 10]
    return sorted(random.Random(0).sample(most, min(QUERIES, len(most))))


def starter_queries(records: Records) -> list[str]:
    """Where there are no real searches: titles of our own as a newcomer writes them, known to the index."""
    titles = [group.titles.sv[0] for group in records.groups if group.titles.sv]
    return [f"jag var {title}" for title in random.Random(0).sample(titles, min(QUERIES, len(titles)))]


def grown_readers(data: Path, share: float, more: int, group_ids: tuple[str, ...]) -> tuple[Reader, ...]:
    """Readers of a part of the sources, or of more than the sources have.

    Args:
        data: Folder in the form of the shared data.
        share: Of the concepts that have passages, 0-1; a smaller part is within a larger one.
        more: How many searches are taken for occupation-names besides, each with one label.
        group_ids: Groups that these are spread over.
    """
    readers = [replace(r, pages=_Thinned(r, share)) for r in file_readers(data) if share > 0]
    if more:
        texts = [text for text in searches(data) if not _is_query(text)][:more]
        records = tuple(_as_occupations(texts, group_ids))

        async def pages(cursor: str) -> AsyncIterator[Page]:
            for start in range(int(cursor or 0), len(records), _PAGE):
                part = records[start : start + _PAGE]
                yield Page(str(start + len(part)), part, len(part))

        readers.append(Reader(_SYSTEM, "2026-01-25", f"first {len(texts)}", pages))
    return tuple(readers)


class _Thinned:
    """Pages of a reader without some of its concepts."""

    def __init__(self, reader: Reader, share: float) -> None:
        self._pages = reader.pages
        self._share = share

    async def __call__(self, cursor: str) -> AsyncIterator[Page]:
        async for page in self._pages(cursor):
            yield replace(page, records=tuple(self._kept(page.records)))

    def _kept(self, records: Iterable[Read]) -> Iterator[Read]:
        for record in records:
            if isinstance(record, ConceptRecord) and record.type in _PASSAGES_OF:
                if _draw(record.concept_id) < self._share:
                    yield record
            else:
                yield record


def _as_occupations(texts: list[str], group_ids: tuple[str, ...]) -> Iterator[Read]:
    for number, text in enumerate(texts):
        # In the form of JobTech's ids, or the record would be set aside.
        concept_id = f"srch_{number // 1000:03d}_{number % 1000:03d}"
        yield ConceptRecord(concept_id, "occupation-name", _SYSTEM, label_sv=text)
        group_id = group_ids[int(_draw(text) * len(group_ids))]
        yield RelationRecord(concept_id, "broader", group_id, _SYSTEM)


def _is_query(text: str) -> bool:
    return _draw(f"query {text}") < 0.2


def _draw(text: str) -> float:
    """A number from 0 to 1 that is always the same for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
