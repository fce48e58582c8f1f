"""The experiences of a CV."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from assistant.retrieval.cv.entries import Entry, entries_of
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.noise import is_absence
from assistant.retrieval.cv.segments import could_be_title, header_of, names_an_employer, span_over
from assistant.retrieval.cv.values import CvExperience, Period
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.details import country_said
from assistant.retrieval.mentions.kinds import kind_said
from assistant.retrieval.text import fold, words

# Below this, words name no work of their own.
_NAMES_WORK = 0.35
# Work without a date must be named plainly.
_NAMES_WORK_PLAINLY = 0.5
_OF_AN_EMPLOYER = 0.4
_EXACT = 0.3
_ABOUT_AS_WELL = 0.9
_TOP_K = 10
_MOST_EXPERIENCES = 30
_MOST_DESCRIPTION_LINES = 12
_LONGEST_PREFIX = 4
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)?|[\[\]]")

Groups = Callable[[str], tuple[LinkedConcept, ...]]


def read_work(
    linker: Linker, lines: Sequence[Line], *, today: date, is_headed: bool
) -> tuple[CvExperience, ...]:
    """The work that lines tell of, in their order.

    Args:
        linker: Tells whether words name work, and which.
        lines: Below a heading on work, or all that may be about work where there is none.
        today: Up to when what goes on has lasted.
        is_headed: There is such a heading, so that lines without a date may be work too.
    """

    @cache
    def groups(title: str) -> tuple[LinkedConcept, ...]:
        return linker.occupations(title, top_k=_TOP_K)

    told = [
        _experience(entry, groups, today)
        for entry in entries_of(lines, partial(_names_work, groups))
        if not any(is_absence(header.line.text) for header in entry.heading)
    ]
    if not told and is_headed:
        told = [_undated(line, groups) for line in lines if not line.is_item and not is_absence(line.text)]
    return tuple(experience for experience in told if experience is not None)[:_MOST_EXPERIENCES]


def _names_work(groups: Groups, part: str) -> float:
    found = groups(part)
    score = found[0].score if found else 0.0
    if found and fold(found[0].because) == fold(part):
        # A title letter for letter tells the line of titles from one of tasks, which name work too.
        score += _EXACT
    return score * (_OF_AN_EMPLOYER if names_an_employer(part) else 1.0)


def _experience(entry: Entry, groups: Groups, today: date) -> CvExperience | None:
    title = _shortest(entry.title, groups)
    if not words(title):
        return None
    headings = " ".join(header.line.text for header in entry.heading)
    employer = _employer(entry)
    found = _at_place(title, employer, groups)
    is_named = bool(found) and found[0].score >= _NAMES_WORK
    if not is_named and entry.dated.period and not entry.dated.period.is_exact:
        return None
    period = entry.dated.period.period if entry.dated.period else Period()
    return CvExperience(
        title=title,
        employer=employer,
        period=period,
        years=period.years(today),
        country=country_said(headings),
        kind=kind_said(headings),
        description=tuple(line.text for line in entry.rest[:_MOST_DESCRIPTION_LINES]),
        concepts=found,
        span=span_over([header.line for header in entry.heading]),
    )


def _at_place(title: str, employer: str, groups: Groups) -> tuple[LinkedConcept, ...]:
    """The groups of a title; where several fit it about as well, the place decides among them."""
    found = groups(title)
    close = {concept.concept_id for concept in found if concept.score >= _ABOUT_AS_WELL * found[0].score}
    if not employer or len(close) < 2:
        return found
    there = groups(f"{title}, {employer}")
    return there if there and there[0].concept_id in close else found


def _undated(line: Line, groups: Groups) -> CvExperience | None:
    """Work on a line of its own, in a CV that says of none when it was."""
    header = header_of(line)
    title = header.parts[0] if header.parts else ""
    if (
        not could_be_title(title)
        or line.text.endswith(".")
        or _names_work(groups, title) < _NAMES_WORK_PLAINLY
    ):
        return None
    title = _shortest(title, groups)
    return CvExperience(
        title=title,
        employer=header.parts[1] if len(header.parts) > 1 else "",
        period=Period(),
        years=None,
        country=country_said(line.text),
        kind=kind_said(line.text),
        description=(),
        concepts=groups(title),
        span=line.span,
    )


def _shortest(title: str, groups: Groups) -> str:
    """A title without what runs on behind it: "barnskötare förskolan Solrosen" names a title first."""
    plain = _IN_BRACKETS.sub("", title).strip() or title
    tokens = plain.split()
    for length in range(1, min(_LONGEST_PREFIX, len(tokens) - 1) + 1):
        prefix = " ".join(tokens[:length])
        found = groups(prefix)
        if found and fold(found[0].because) == fold(prefix) and len(tokens) > _LONGEST_PREFIX - 1:
            return prefix
    return plain


def _employer(entry: Entry) -> str:
    """The first part of the heading lines that is not the title."""
    parts = [part for header in entry.heading for part in header.parts if entry.title not in part]
    return parts[0] if parts else ""
