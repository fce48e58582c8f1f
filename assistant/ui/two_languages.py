"""An answer in both languages, line by line; pure functions.

The cards of both tellings are made by the same functions, so what stands in the same place says the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.domain.conversation import AnswerEvent
from assistant.domain.source import Citation
from assistant.ui.cards import Props, markers_in

# These are not read: ids, addresses and drawings.
_NOT_READ = frozenset({"id", "key", "kind", "url", "svg"})
_NAMES = ("id", "key", "marker")
_MARKER = re.compile(r"\s*\[(\d{1,3})\](?!\()")


def with_sources_of_both(
    answer: AnswerEvent, other: AnswerEvent
) -> tuple[AnswerEvent, AnswerEvent, dict[int, int]]:
    """An answer that cites what either telling of it cites.

    Args:
        answer: The answer in the language of the conversation.
        other: The same turn in the other language, with markers of its own.

    Returns:
        The answer with the sources of both; the other one with the cards of the first alone; and, by
        the markers of the other one, the markers of the same sources in the first.
    """
    markers = {citation.source.source_id: citation.marker for citation in answer.citations}
    renumbered: dict[int, int] = {}
    for citation in other.citations:
        source_id = citation.source.source_id
        renumbered[citation.marker] = markers.setdefault(source_id, max(markers.values(), default=0) + 1)
    known = {citation.marker for citation in answer.citations}
    added = (Citation(renumbered[c.marker], c.source) for c in other.citations)
    both = (*answer.citations, *(c for c in added if c.marker not in known))
    # Paths that stand on the page already are left out of an answer.
    return replace(answer, citations=both), other if answer.paths else replace(other, paths=()), renumbered


def pairs(shown: Props, other: Props, renumbered: Mapping[int, int]) -> dict[str, str]:
    """What stands under each line of an element: the same in the other language.

    Args:
        shown: Props of the element in the language of the conversation.
        other: Its props in the other language.
        renumbered: The markers of `shown` by those of `other`.

    Returns:
        By line as it is written; lines that are the same in both languages are left out.
    """
    found: dict[str, str] = {}
    for line, beside in _beside(shown, other):
        told = _with_markers_of(line, beside, renumbered)
        if line.strip() and told != line:
            found[line] = told
    return found


def _beside(shown: object, other: object) -> Iterator[tuple[str, str]]:
    if isinstance(shown, str) and isinstance(other, str):
        yield from _lines(shown, other)
    elif isinstance(shown, dict) and isinstance(other, dict):
        for key in shown.keys() & other.keys() - _NOT_READ:
            yield from _beside(shown[key], other[key])
    elif isinstance(shown, list) and isinstance(other, list):
        yield from _items(shown, other)


def _items(shown: list[object], other: list[object]) -> Iterator[tuple[str, str]]:
    if len(shown) == len(other):
        for each, beside in zip(shown, other, strict=True):
            yield from _beside(each, beside)
        return
    named = {_name(each): each for each in other}
    for each in shown:
        if (name := _name(each)) and name in named:
            yield from _beside(each, named[name])


def _name(item: object) -> object:
    if not isinstance(item, dict):
        return None
    return next((item[name] for name in _NAMES if item.get(name)), None)


def _lines(shown: str, other: str) -> Iterator[tuple[str, str]]:
    """Lines by lines, else paragraphs by paragraphs, else the other text as a whole below."""
    for separator in ("\n\n", "\n"):
        parts = [part for part in shown.split(separator) if part.strip()]
        others = [part for part in other.split(separator) if part.strip()]
        if len(parts) == len(others) > 1:
            for part, beside in zip(parts, others, strict=True):
                yield from _lines(part, beside)
            return
    last = [line for line in shown.split("\n") if line.strip()][-1:]
    yield from ((line, other) for line in last if other.strip())


def _with_markers_of(line: str, beside: str, renumbered: Mapping[int, int]) -> str:
    """The other line with the markers of the first telling; none where the line above has them all."""

    def renumber(found: re.Match[str]) -> str:
        marker = int(found.group(1))
        return found.group().replace(f"[{marker}]", f"[{renumbered.get(marker, marker)}]")

    told = _MARKER.sub(renumber, beside)
    return _MARKER.sub("", told) if markers_in(told) <= markers_in(line) else told
