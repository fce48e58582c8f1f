"""Terms that the stand-in knows: the synonym dictionary, traits out of real ads, and Sweden's places."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.standin.shared import read_rows

LONGEST_TERM = 4
"""In words."""

_KINDS = {
    "synonym-skill": "competencies",
    "skill": "competencies",
    "synonym-occupation": "occupations",
    "occupation-name": "occupations",
    "job-title": "occupations",
    "group-title": "occupations",
}
_AD_KINDS = {"competency": "competencies", "occupation": "occupations", "trait": "traits"}
_WORD = re.compile(r"[\w+#-]+(?:[./][\w+#-]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A dictionary label, and the list of the answer that it belongs to."""

    kind: str
    label: str

    @property
    def prediction(self) -> float:
        """A made-up prediction, the same for a label at all times."""
        return (zlib.crc32(self.label.encode()) % 10_000) / 10_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A dictionary term where it stands in a text."""

    entry: Entry
    term: str


@cache
def read_dictionary() -> dict[str, Entry]:
    """Entries by term in lower case; the first source that has a term decides its kind."""
    entries: dict[str, Entry] = {}
    for kind, term in _terms():
        words = [word.casefold() for word in _WORD.findall(term)]
        if 0 < len(words) <= LONGEST_TERM:
            entries.setdefault(" ".join(words), Entry(kind, term[:1].upper() + term[1:].lower()))
    return entries


def _terms() -> Iterator[tuple[str, str]]:
    ad_terms = list(read_rows("ad_terms_by_ssyk"))
    yield from (("traits", row["term"]) for row in ad_terms if row["term_type"] == "trait")
    places = (row for row in read_rows("jobtech_concepts") if row["type"] in ("municipality", "region"))
    yield from (("geos", row["label_sv"]) for row in places if row.get("label_sv"))
    for row in read_rows("autosuggest_terms"):
        if kind := _KINDS.get(row["type"]):
            # Labels join names for the same: "Lastbilschaufför/Lastbilsförare", "Kock, storhushåll".
            yield from ((kind, name.strip()) for name in (row["label"], *re.split(r"[/,]", row["label"])))
    yield from ((_AD_KINDS[row["term_type"]], row["term"]) for row in ad_terms)


def mentions(text: str) -> Iterator[Mention]:
    """Terms in a text from left to right, the longest at each place; a place is used once."""
    dictionary = read_dictionary()
    words = [word.casefold() for word in _WORD.findall(text)]
    start = 0
    while start < len(words):
        for length in range(min(LONGEST_TERM, len(words) - start), 0, -1):
            term = " ".join(words[start : start + length])
            if term in dictionary:
                yield Mention(dictionary[term], term)
                start += length
                break
        else:
            start += 1
