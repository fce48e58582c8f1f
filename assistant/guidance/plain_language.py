"""How hard a text is to read: LIX, the length of its sentences and of its words.

LIX (Björnsson 1968, "Läsbarhet"): words a sentence, plus the percentage of words longer than six
letters. Below 30 is read as very easy (children's books), 30-40 as easy (fiction), 40-50 as medium
(news), above that as hard (official texts). A sentence ends at a full stop, a colon, a question mark,
an exclamation mark, or where its line or table cell ends.
"""

import re
from dataclasses import dataclass

LONG_WORD = 7
_MARKER = re.compile(r"\[(?:#?\w+)\](?:\([^)]*\))?")
_LINK = re.compile(r"\[(?P<shown>[^\]]+)\]\([^)]*\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w+\b|\b\w[\w-]*\.(?:se|eu|org|com)\b")
_MARKDOWN = re.compile(r"[*_`#>|]+|^\s*(?:[-•]|\d+\.)\s+", re.MULTILINE)
# A full stop within a number or a word ("7.5", "t.ex") ends nothing; a quotation mark may follow one.
_END = re.compile(r"[.!?:…]+[\"'”’)]*(?=\s|$)|\n+")
# Digits that are grouped or have decimals ("34 900", "7,5") are one word; so is one with a hyphen.
_WORD = re.compile(r"\d+(?:[ \u00a0.,]\d+)*|[^\W\d_]+(?:[-'’:][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of one text or of several; they add up.

    Attributes:
        words: Number of words, numbers in digits too.
        sentences: Number of sentences that have a word.
        long_words: Words of more than six letters.
        longest: Words in the longest sentence.
    """

    words: int = 0
    sentences: int = 0
    long_words: int = 0
    longest: int = 0

    def __add__(self, other: "Readability") -> "Readability":
        return Readability(
            self.words + other.words,
            self.sentences + other.sentences,
            self.long_words + other.long_words,
            max(self.longest, other.longest),
        )

    @property
    def sentence_length(self) -> float:
        """Mean number of words a sentence; 0 for no text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def long_share(self) -> float:
        """Share of long words, 0-1."""
        return self.long_words / self.words if self.words else 0.0

    @property
    def lix(self) -> float:
        """LIX; 0 for no text, some 20-60 for most."""
        return self.sentence_length + 100 * self.long_share


def readability(text: str) -> Readability:
    """Count a text as people read it: without markers, addresses and signs of Markdown."""
    counted = Readability()
    for sentence in sentences(text):
        words = _WORD.findall(sentence)
        long_words = sum(len(word) >= LONG_WORD and word[0].isalpha() for word in words)
        counted += Readability(len(words), 1, long_words, len(words))
    return counted


def lix(text: str) -> float:
    """LIX of a text."""
    return readability(text).lix


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that have a word, as they are counted."""
    return tuple(part.strip() for part in _END.split(_as_read(text)) if _WORD.search(part))


def _as_read(text: str) -> str:
    shown = _LINK.sub(r"\g<shown>", text)
    return _MARKDOWN.sub("", _ADDRESS.sub("", _MARKER.sub("", shown)))
