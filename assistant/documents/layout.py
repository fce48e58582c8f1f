"""Pieces of text on a page to lines in the order that they are read. Pure functions, no I/O.

Whoever made the file wrote a column as a whole and a table row by row, so the order of drawing is the
order of reading, except where two columns were written line by line across the page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# In heights of the text.
_SAME_ROW = 0.4
_WIDTH = 0.5
_NEW_CELL = 1.2
_PARAGRAPH = 1.45
_HEADING = 1.12
_SAME_EDGE = 4.0
_FEWEST_PAIRS = 5
_AT_AN_EDGE = 2
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text drawn at one go; `x` and `y` from the lower left, all in points."""

    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """About where it ends."""
        return self.x + len(self.text) * self.size * _WIDTH


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one line, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def y(self) -> float:
        """How high on the page, in points."""
        return self.pieces[0].y

    @property
    def size(self) -> float:
        """Height of its text, in points."""
        return self.pieces[0].size


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces on rows, in the order of drawing."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if last and abs(piece.y - last.y) < _SAME_ROW * last.size and piece.x >= last.x:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [Row(_joined(row)) for row in rows]


def _joined(row: list[Piece]) -> tuple[Piece, ...]:
    """The pieces of a row with those that touch as one."""
    cells = [row[0]]
    for piece in row[1:]:
        last = cells[-1]
        if piece.x - last.end > _NEW_CELL * last.size:
            cells.append(piece)
        else:
            cells[-1] = Piece(f"{last.text.rstrip()} {piece.text.lstrip()}", last.x, last.y, last.size)
    return tuple(cells)


def without_running(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Pages without the lines that stand at the top or bottom of more than one, but for page numbers."""
    edges = [_edges(page) for page in pages]
    times = Counter(text for page in edges for text in {_running(row) for row in page})
    left = [
        [row for row in page if row not in edge or times[_running(row)] < 2]
        for page, edge in zip(pages, edges, strict=True)
    ]
    # The same few lines on every page are no frame about anything.
    return left if any(left) else list(pages)


def _edges(page: list[Row]) -> list[Row]:
    by_height = sorted(page, key=lambda row: row.y)
    return [*by_height[:_AT_AN_EDGE], *by_height[-_AT_AN_EDGE:]]


def _running(row: Row) -> str:
    return _DIGITS.sub("#", " ".join(piece.text.strip() for piece in row.pieces))


def lines_of(rows: list[Row]) -> list[str]:
    """The lines of a page as they are read, with an empty one where there is a gap."""
    if (gutter := _gutter(rows)) is None:
        return _with_gaps(rows)
    above = [row for row in rows if row.y > _top_of_columns(rows, gutter)]
    below = [row for row in rows if row not in above]
    left = [Row(cells) for row in below if (cells := tuple(p for p in row.pieces if p.x < gutter))]
    right = [Row(cells) for row in below if (cells := tuple(p for p in row.pieces if p.x >= gutter))]
    return [*_with_gaps(above), "", *_with_gaps(left), "", *_with_gaps(right)]


def _gutter(rows: list[Row]) -> float | None:
    """Where the right one of two columns begins that were drawn line by line; None where there are none.

    A heading in the right one tells columns from a table, whose headings stand on the left.
    """
    edges = Counter(round(row.pieces[1].x / _SAME_EDGE) for row in rows if len(row.pieces) == 2)
    if not edges or edges.most_common(1)[0][1] < _FEWEST_PAIRS:
        return None
    gutter = (edges.most_common(1)[0][0] - 0.5) * _SAME_EDGE
    usual = median(piece.size for row in rows for piece in row.pieces)
    headings = [p for row in rows for p in row.pieces if p.x >= gutter and p.size > _HEADING * usual]
    return gutter if len(headings) > 1 else None


def _top_of_columns(rows: list[Row], gutter: float) -> float:
    return max(row.y for row in rows if any(piece.x >= gutter for piece in row.pieces))


def _with_gaps(rows: list[Row]) -> list[str]:
    lines: list[str] = []
    leading = _leading(rows)
    for i, row in enumerate(rows):
        if i and not 0 <= rows[i - 1].y - row.y <= _PARAGRAPH * leading:
            lines.append("")
        lines.append("\t".join(piece.text.strip() for piece in row.pieces))
    return lines


def _leading(rows: list[Row]) -> float:
    """The usual distance of two lines, in points."""
    steps = [above.y - row.y for above, row in pairwise(rows) if above.y > row.y]
    return median(steps) if steps else 0.0
