"""Repairs single texts, dates and addresses, and says what was wrong with them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import ftfy
from ftfy.badness import is_bad

from assistant.apis.plain_text import plain_text
from ingest.findings import FindingKind

LONGEST_LABEL = 300
LONGEST_TEXT = 4_000
"""Characters of a description that are kept; the longest real one in ESCO has 3,500."""

# Beyond this a text is cut before it is looked at, so that a hostile one costs no time.
_LONGEST_READ = 20_000
_OPEN_YEAR = 2099
# Some texts were escaped twice, so that markup comes out of the first pass.
_HTML_PASSES = 3
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
# Controls but for tab and line ends, and what is invisible: soft hyphen, zero-width and direction marks.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?(?:\r\n|[\r\n\x85]) ?")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Repair:
    """A text as it should be, and what was wrong with it."""

    text: str
    kinds: tuple[FindingKind, ...] = ()


def repaired_label(text: str) -> Repair:
    """A label or a name in one line, at most 300 characters."""
    return _repaired(text, one_line=True, longest=LONGEST_LABEL)


def repaired_text(text: str) -> Repair:
    """A description without markup, at most 4,000 characters, cut at the end of a sentence."""
    return _repaired(text, one_line=False, longest=LONGEST_TEXT)


def repaired_date(text: str) -> Repair:
    """An ISO date; empty for what is none, and for 2099 and later, which the sources write for "open"."""
    stripped = text.strip()
    if not stripped or stripped.casefold() == "null":
        return Repair("")
    match = _DATE.fullmatch(stripped)
    try:
        day = date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        day = None
    if day is None:
        return Repair("", (FindingKind.MALFORMED_DATE,))
    return Repair("", (FindingKind.OPEN_DATE,)) if day.year >= _OPEN_YEAR else Repair(day.isoformat())


def repaired_address(text: str) -> Repair:
    """A web address, empty when it is none or of another scheme than http and https."""
    stripped = text.strip()
    try:
        parts = urlsplit(stripped)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in stripped
    except ValueError:
        is_web = False
    if is_web or not stripped:
        return Repair(stripped)
    return Repair("", (FindingKind.BAD_ADDRESS,))


def _repaired(text: str, *, one_line: bool, longest: int) -> Repair:
    kinds: list[FindingKind] = []
    for kind, step in (
        (FindingKind.TOO_LONG, lambda text: text[:_LONGEST_READ]),
        (FindingKind.MOJIBAKE, _without_mojibake),
        (FindingKind.HTML, _without_markup),
        (FindingKind.CONTROL_CHARACTERS, lambda text: _CONTROLS.sub("", text)),
        (FindingKind.NOT_NORMALISED, lambda text: unicodedata.normalize("NFC", text)),
        (FindingKind.WHITESPACE, _in_one_line if one_line else _in_lines),
        (FindingKind.TOO_LONG, lambda text: _cut(text, longest)),
    ):
        before, text = text, step(text)
        if text != before and kind not in kinds:
            kinds.append(kind)
    return Repair(text, tuple(kinds))


def _without_mojibake(text: str) -> str:
    return ftfy.fix_encoding(text) if not text.isascii() and is_bad(text) else text


def _without_markup(text: str) -> str:
    for _ in range(_HTML_PASSES):
        if _MARKUP.search(text):
            text = plain_text(text)
    return text


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _in_lines(text: str) -> str:
    return _LINE_ENDS.sub("\n", _SPACES.sub(" ", text)).strip()


def _cut(text: str, longest: int) -> str:
    """The first sentences of a text; the words that fit, if not one sentence ends in its second half."""
    if len(text) <= longest:
        return text
    start = text[:longest]
    ends = [match.end() for match in _SENTENCE_END.finditer(start)]
    if ends and ends[-1] > longest // 2:
        return start[: ends[-1]].rstrip()
    return start.rpartition(" ")[0] or start
