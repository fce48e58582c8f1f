"""What every reader of a whole source is: pages of records from a place on."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TypeAlias

from ingest.cleaning import Read


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a source.

    Attributes:
        cursor: Where the next page begins, in the reader's own words.
        records: In the source's order; what could not be read is among them.
        items: How many of the source's items these are; one item may give several records.
        total: Items of the whole source, `None` when it is not known.
    """

    cursor: str
    records: tuple[Read, ...]
    items: int
    total: int | None = None


Pages: TypeAlias = Callable[[str], AsyncIterator[Page]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One source, ready to be read.

    Attributes:
        system: Its name.
        version: Of what is read.
        run_key: Names what is read: two readings with the same key give the same records.
        pages: Gives the pages from a cursor on; the empty one is the beginning.
        is_partial: Gives only what has changed since the last time.
        is_skippable: Need not be read again once it was read with this key.
        largest_loss: Share of its records of one type, 0-1, that may disappear at once.
    """

    system: str
    version: str
    run_key: str
    pages: Pages
    is_partial: bool = False
    is_skippable: bool = True
    largest_loss: float = 1.0
