"""The parts of a line that heads an entry: title, employer or school, place. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.retrieval.cv.headings import Field, labelled_field
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.periods import FoundPeriod, find_period
from assistant.retrieval.cv.values import Span
from assistant.retrieval.text import fold

# A dash counts with spaces about it only: "VVS-montör" is one word.
_PARTS = re.compile(
    r"\s*[|•·\t;@]\s*|,\s+|\s+[-–—]\s+|:\s+|(?<=[^\W\d]{3})\.\s+"
    r"|\s+(?:på|hos|vid|at|åt|with|inom)\s+(?=\w)",
    re.IGNORECASE,
)
# What is in brackets says more of what stands before them.
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_EDGES = " \t,;:.|•·–—-()/"
_TERMS = re.compile(
    r"^(?:heltid|deltid|full[- ]?time|part[- ]?time|vikarie\w*|vikariat|timanställ\w+|tillsvidare\w*"
    r"|visstid\w*|\d+ ?%"
    r"|timvikarie|fast anställning|provanställning|permanent|temporary|freelance|extra)$"
)
_LEGAL_FORM = re.compile(
    r"\b(?:ab|hb|kb|ltd|inc|llc|gmbh|plc|as|oy|a/s|co|corp|kommun|region(?:en)?|universitet\w*|university"
    r"|hospital|sjukhus\w*"
    r"|skola|skolan|school|hotell?|restaurang|restaurant|bolag\w*|group|agency|museum|kyrka|institute"
    r"|college)\b"
)
_PROSE = re.compile(
    r"^.*\b(?:arbeta(?:de|t)|jobba(?:de|t)|var|varit|anställd|worked|was|employed|been working|working)"
    r"(?: jag| i)?(?: \w+)?? (?:som|as)(?: an?| en| ett)? ",
    re.IGNORECASE,
)
_PROSE_WITHOUT_AS = re.compile(r"^(?:jag var|var jag|i was) (?:an? |en |ett )?", re.IGNORECASE)
# "Kept the books." is a sentence that tells more; a title has hardly more words than these.
_LONGEST_TITLE = 9
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Header:
    """A line of a CV, seen as a line that may head an entry.

    Attributes:
        line: The line.
        period: What it says of when.
        parts: Its words without the period, by commas and the like; the first is the likeliest title.
        field: What its label says that it holds, in a form.
    """

    line: Line
    period: FoundPeriod | None
    parts: tuple[str, ...]
    field: Field | None

    @property
    def is_dated(self) -> bool:
        """Whether it says when, as the line of an entry does and not as a sentence may."""
        found = self.period
        if found is None or self.field in (Field.TASKS, Field.PLACE):
            return False
        text = self.line.text
        at_an_edge = not text[: found.start].strip(_EDGES) or not text[found.end :].strip(_EDGES)
        is_sentence = self.line.is_item and len(text) - (found.end - found.start) > _LONGEST_LINE / 4
        if (
            text[: found.start].strip(_EDGES)
            and text.endswith(".")
            and len(text.split()) > _LONGEST_TITLE - 3
        ):
            # "The company has been there since 1962."
            return False
        return found.is_exact or ((at_an_edge or len(self.parts) > 1) and not is_sentence)


def header_of(line: Line) -> Header:
    """Take a line apart."""
    labelled = labelled_field(line.text)
    field, start = labelled if labelled else (None, 0)
    found = find_period(line.text[start:])
    if found is not None:
        found = FoundPeriod(found.period, found.start + start, found.end + start, found.is_exact)
    return Header(line, found, tuple(_parts(line.text, start, found)), field)


def _parts(text: str, start: int, found: FoundPeriod | None) -> Iterator[str]:
    """What the line says besides when, in parts."""
    before, after = (text[start : found.start], text[found.end :]) if found else (text[start:], "")
    for piece in (before, after):
        plain = _PROSE_WITHOUT_AS.sub("", _PROSE.sub("", _IN_BRACKETS.sub(" ", piece).strip(_EDGES)))
        for part in _PARTS.split(plain):
            cleaned = part.strip(_EDGES)
            if any(map(str.isalpha, cleaned)) and not _TERMS.match(fold(cleaned)):
                yield cleaned


def could_be_title(part: str) -> bool:
    """Whether a part of a line is short enough to name work, and no more than a name of a place of work."""
    return 0 < len(part.split()) <= _LONGEST_TITLE


def names_an_employer(part: str) -> bool:
    """Whether a part of a line has a word that names of employers and schools have."""
    return bool(_LEGAL_FORM.search(fold(part)))


def span_over(lines: list[Line]) -> Span:
    """From the first of the lines to the last."""
    return Span(min(line.span.start for line in lines), max(line.span.end for line in lines))
