"""The document as headings, paragraphs, lists and tables: what its PDF and its Word file both show."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from assistant.domain.language import Language

# Characters that no document can show, and that XML does not allow.
_UNSHOWABLE = frozenset(("Cc", "Cs", "Cn", "Co"))
# They turn the direction of all that follows, also of what the document says itself.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language that it is in."""

    text: str
    language: Language


Both: TypeAlias = tuple[Said, ...]
"""One text in each language of the document, the main one first: one or two."""


class Tone(StrEnum):
    """How a paragraph stands out."""

    PLAIN = "plain"
    NOTICE = "notice"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1-3."""

    level: int
    says: Both


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        says: Its text.
        tone: A notice stands in a frame, a mark in small bold type.
        lead: A few bold words that it begins with; empty for none.
    """

    says: Both
    tone: Tone = Tone.PLAIN
    lead: Both = ()


@dataclass(frozen=True, slots=True)
class ByHand:
    """A line to write on by hand, and what is to be written there."""

    says: Both


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: A heading for each column.
        rows: As many cells each.
        widths: Shares of the width, for each column.
    """

    header: tuple[Both, ...]
    rows: tuple[tuple[Both, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A source: its number in the texts, what it is, and its public address."""

    number: int
    says: Both
    address: str


@dataclass(frozen=True, slots=True)
class Notes:
    """All sources, by their numbers."""

    items: tuple[Note, ...]


Block: TypeAlias = Heading | Paragraph | ByHand | Bullets | Table | Notes


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        title: Stands first, and names the file.
        languages: One or two; the first is the document's own.
        language_names: What each of them is called, in itself.
        made_at: ISO 8601 time.
        footer: Stands at the foot of every page, before its number.
        blocks: All that follows the title.
    """

    title: Both
    languages: tuple[Language, ...]
    language_names: Both
    made_at: str
    footer: Both
    blocks: tuple[Block, ...]

    @property
    def whole_title(self) -> str:
        """The title in all languages."""
        return " / ".join(said.text for said in self.title)


def shown(text: str) -> str:
    """A text on one line, without what cannot be shown."""
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or (char not in _TURNING and unicodedata.category(char) not in _UNSHOWABLE)
    )
    return " ".join("".join(kept).split())
