"""Entries of a section: which lines belong together, and which of them names what it is about.

A template sets every entry of a section alike: the title before the date, after it, or beside it. So
where the title stands is decided once for a section, by where words that name work (or an education)
are found best, and only an entry that has nothing there is looked at on its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from assistant.retrieval.cv.headings import Field
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.segments import Header, could_be_title, header_of

# Lines from that with the date to that with the title.
_PLACES = (0, -1, 1, -2)
# A form says which line is the title.
_LABELLED = 2.0
# Where several places are about as good, the one named first in `_PLACES` is right.
_CLEARLY_BETTER = 0.08
_WORDS_OF_A_SENTENCE = 4
# What stands beside the date is the title, if it does as one; below it stand tasks then.
_NAMED_BESIDE = 0.5
# "Project manager, consultant for the railways": the title comes first more often than not.
_LATER_PART = 0.75

NamesIt = Callable[[str], float]
"""How well words name what an entry is about: 0-1."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `heading` are its lines up to the title and date, `title` is empty if none was found."""

    title: str
    dated: Header
    heading: tuple[Header, ...]
    rest: tuple[Line, ...]


def entries_of(lines: Sequence[Line], names_it: NamesIt) -> tuple[Entry, ...]:
    """The entries of a section that say when they were, in their order.

    Args:
        lines: Of one section.
        names_it: How well words name the work, or the education.
    """
    headers = [header_of(line) for line in lines]
    dates = [i for i, header in enumerate(headers) if header.is_dated]
    if not dates:
        return ()
    place = _usual_place(headers, dates, names_it)
    titles = [_title_at(headers, dates, n, place, names_it) for n in range(len(dates))]
    bounds = [min(title, date) for title, date in zip(titles, dates, strict=True)] + [len(headers)]
    return tuple(
        _entry(headers, date, title, (bounds[n], max(bounds[n + 1], date + 1)), names_it)
        for n, (date, title) in enumerate(zip(dates, titles, strict=True))
    )


def best_part(header: Header, names_it: NamesIt) -> tuple[str, float]:
    """The part of a line that names it best, and how well; the first one of equals."""
    scored = [
        (part, names_it(part) * (_LATER_PART if i else 1.0))
        for i, part in enumerate(header.parts)
        if could_be_title(part)
    ]
    return max(scored, key=lambda item: item[1], default=("", 0.0))


def _usual_place(headers: list[Header], dates: list[int], names_it: NamesIt) -> int:
    worth = {
        place: mean(_worth(headers, dates, n, place, names_it) for n in range(len(dates)))
        for place in _PLACES
    }
    best = max(worth.values())
    return next(place for place in _PLACES if worth[place] >= best - _CLEARLY_BETTER)


def _title_at(headers: list[Header], dates: list[int], n: int, place: int, names_it: NamesIt) -> int:
    """The line of an entry's title: at the usual place, else wherever it is best."""
    if _worth(headers, dates, n, place, names_it) > 0:
        return dates[n] + place
    best = max(_PLACES, key=lambda other: _worth(headers, dates, n, other, names_it))
    return dates[n] + (best if _worth(headers, dates, n, best, names_it) > 0 else 0)


def _worth(headers: list[Header], dates: list[int], n: int, place: int, names_it: NamesIt) -> float:
    """How well the line at a place from the n-th date would do as a title."""
    at = dates[n] + place
    lower = dates[n - 1] if n else -1
    upper = dates[n + 1] if n + 1 < len(dates) else len(headers)
    if not lower < at < upper or _is_parted(headers, dates[n], at):
        return 0.0
    if place > 0 and best_part(headers[dates[n]], names_it)[1] >= _NAMED_BESIDE:
        return 0.0
    header = headers[at]
    if header.field is not None:
        return _LABELLED if header.field is Field.TITLE else 0.0
    if place and ((header.line.is_item and not _stands_out(header)) or _is_sentence(header)):
        return 0.0
    return best_part(header, names_it)[1]


def _stands_out(header: Header) -> bool:
    """Whether a bullet is one before a title rather than before a task."""
    return len(header.line.text.split()) <= 4


def _is_sentence(header: Header) -> bool:
    return (
        header.line.text.endswith((".", "!", ";")) and len(header.line.text.split()) >= _WORDS_OF_A_SENTENCE
    )


def _is_parted(headers: list[Header], date: int, at: int) -> bool:
    """Whether a gap stands between a date and the line of a title."""
    first, last = min(date, at), max(date, at)
    return any(header.line.after_gap for header in headers[first + 1 : last + 1])


def _says_where(header: Header, names_it: NamesIt) -> bool:
    """Whether the line below a title is about where it was, not about what else there was or was done."""
    is_more = header.line.is_item or _is_sentence(header)
    return not is_more and best_part(header, names_it)[1] < _NAMED_BESIDE


def _entry(headers: list[Header], date: int, title: int, bounds: tuple[int, int], names_it: NamesIt) -> Entry:
    last = max(title, date)
    # The employer stands below the title as often as the date does.
    following = [h for h in headers[last + 1 : bounds[1]] if h.field is Field.PLACE]
    if last + 1 < bounds[1] and not following and title >= date and _says_where(headers[last + 1], names_it):
        following = [headers[last + 1]]
    heading = tuple([*headers[bounds[0] : last + 1], *following])
    rest = tuple(h.line for h in headers[last + 1 : bounds[1]] if h not in following)
    header = headers[title]
    named = (
        header.parts[0] if header.field is Field.TITLE and header.parts else best_part(header, names_it)[0]
    )
    return Entry(named, headers[date], heading, rest)
