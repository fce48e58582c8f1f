"""A CV's text as lines, each with its place and section. Pure functions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.retrieval.cv.headings import Section, heading_of, labelled_section
from assistant.retrieval.cv.noise import begins_letter, ends_letter, is_noise
from assistant.retrieval.cv.periods import find_period
from assistant.retrieval.cv.values import Span

BULLETS = "-–—•·*►▪■●○◦‣>✓"
_BULLET = re.compile(rf"^[{re.escape(BULLETS)}]\s+")
# A line as long as this has been broken where the next one begins with a small letter.
_FULL_LINE = 45


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is meant: one that was broken to fit a column is whole again.

    Attributes:
        text: Without a bullet before it.
        span: Where it stands.
        section: What it is about.
        after_gap: An empty line or a heading stands before it.
        is_item: It had a bullet.
        is_labelled: The heading of its section stands in the line itself.
    """

    text: str
    span: Span
    section: Section
    after_gap: bool = False
    is_item: bool = False
    is_labelled: bool = False


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a CV that may tell something, in their order.

    What stands above the first heading is `TOP`. Left out are headings, letters, whatever tells who the
    person is, and boilerplate.
    """
    lines = _sectioned(_without_letter(_whole(_split(text))))
    return tuple(line for line in lines if line.section is not Section.NOTHING and not is_noise(line.text))


def has_work_heading(text: str) -> bool:
    """Whether a text has a heading on work or education of its own, as a CV has and a letter has not."""
    found = {heading_of(line) for line in text.splitlines()}
    return bool(found & {Section.WORK, Section.EDUCATION})


def _split(text: str) -> Iterator[Line]:
    at, after_gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            bullet = _BULLET.match(stripped)
            cut = bullet.end() if bullet else 0
            span = Span(start + cut, start + len(stripped))
            yield Line(stripped[cut:], span, Section.TOP, after_gap, bool(bullet))
        at += len(raw) + 1
        after_gap = not stripped


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    held: Line | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            held = replace(held, text=f"{held.text} {line.text}", span=Span(held.span.start, line.span.end))
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(line: Line, following: Line) -> bool:
    return (
        len(line.text) >= _FULL_LINE
        and following.text[0].islower()
        and not following.after_gap
        and not following.is_item
        and line.text[-1] not in ".:;!?"
        and find_period(following.text) is None
        and heading_of(following.text) is None
    )


def _without_letter(lines: Iterable[Line]) -> Iterator[Line]:
    in_letter, is_last = False, False
    for line in lines:
        if is_last:
            is_last = False
            continue
        if in_letter:
            is_last = ends_letter(line.text)
            in_letter = not is_last and heading_of(line.text) is None
            if not in_letter and not is_last:
                yield line
            continue
        in_letter = begins_letter(line.text)
        if not in_letter:
            yield line


def _sectioned(lines: Iterable[Line]) -> Iterator[Line]:
    section, after_heading = Section.TOP, False
    for line in lines:
        if (heading := heading_of(line.text)) is not None:
            section, after_heading = heading, True
            continue
        after_gap = line.after_gap or after_heading
        after_heading = False
        if (labelled := labelled_section(line.text)) is not None:
            # The whole line goes with its label, which may be a level too: "mother tongue: Arabic".
            yield replace(line, section=labelled[0], after_gap=after_gap, is_labelled=True)
        else:
            yield replace(line, section=section, after_gap=after_gap)
