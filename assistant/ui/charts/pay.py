"""Pay ranges on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.market import PayRange
from assistant.drawing import drawing
from assistant.guidance.statement import grouped
from assistant.ui.charts.sheet import FONT_SIZE, INK, LINE, QUIET, STRONG, WIDTH, Sheet, lines_of, spread

_LINE, _ROW, _AXIS = 18.0, 46.0, 30.0
_MARGIN = 24.0
_NUMBER_WIDTH = 52.0
_STEP = 10_000


@dataclass(frozen=True, slots=True)
class PayRow:
    """One occupation; `unknown` is written where nothing is published."""

    label: str
    pay: PayRange | None
    unknown: str


def published(pay: PayRange | None) -> tuple[int, ...]:
    """The figures that are drawn, rising: 10th percentile, middle (the mean where that is all), 90th."""
    if pay is None:
        return ()
    middle = pay.mean if pay.median is None else pay.median
    return tuple(figure for figure in (pay.p10, middle, pay.p90) if figure is not None)


def pay_ranges(name: str, title: str, rows: Sequence[PayRow]) -> str:
    """Draw each range as a line from its 10th to its 90th percentile, with a mark at the middle.

    A dot marks the mean, where the median is not published.

    Args:
        name: Unique in the page.
        title: What is to be seen, in words.
        rows: At least one of them with a published figure.
    """
    figures = [figure for row in rows for figure in published(row.pay)]
    low = min(figures) // _STEP * _STEP
    high = max(-(-max(figures) // _STEP) * _STEP, low + _STEP)
    labels = [lines_of(row.label) for row in rows]
    height = sum(len(label) * _LINE + _ROW for label in labels) + _AXIS
    with drawing(name, FONT_SIZE):
        sheet = Sheet(height)
        axis = _Axis(sheet, low, high)
        axis.draw(height)
        top = 0.0
        for row, label in zip(rows, labels, strict=True):
            for order, line in enumerate(label):
                sheet.write(0, top + (order + 0.5) * _LINE, line)
            top += len(label) * _LINE
            axis.draw_row(top, row)
            top += _ROW
        return sheet.svg(name, title)


@dataclass(frozen=True, slots=True)
class _Axis:
    sheet: Sheet
    low: int
    high: int

    def at(self, kronor: int) -> float:
        return _MARGIN + (kronor - self.low) / (self.high - self.low) * (WIDTH - 2 * _MARGIN)

    def draw(self, height: float) -> None:
        base = height - _AXIS
        self.sheet.stroke((_MARGIN, base), (WIDTH - _MARGIN, base), colour=LINE)
        # Not more numbers than there is room for.
        step = _STEP * -(-(self.high - self.low) // (4 * _STEP))
        for kronor in range(self.low, self.high + 1, step):
            self.sheet.stroke((self.at(kronor), base), (self.at(kronor), base + 5), colour=LINE)
            self.sheet.write(
                self.at(kronor), base + 16, grouped(kronor), colour=QUIET, align="center", small=True
            )

    def draw_row(self, top: float, row: PayRow) -> None:
        figures = published(row.pay)
        if row.pay is None or not figures:
            self.sheet.write(0, top + 12, row.unknown, colour=QUIET)
            return
        middle = top + 10
        if row.pay.p10 is not None and row.pay.p90 is not None:
            ends = (self.at(row.pay.p10), middle), (self.at(row.pay.p90), middle)
            self.sheet.stroke(*ends, colour=LINE, width=7)
        if row.pay.median is not None:
            at = self.at(row.pay.median)
            self.sheet.stroke((at, middle - 9), (at, middle + 9), colour=INK, width=4)
        elif row.pay.mean is not None:
            self.sheet.dot(self.at(row.pay.mean), middle, colour=STRONG)
        wanted = [self.at(figure) for figure in figures]
        half = _NUMBER_WIDTH / 2
        for at, figure in zip(spread(wanted, _NUMBER_WIDTH, half, WIDTH - half), figures, strict=True):
            self.sheet.write(at, top + 28, grouped(figure), colour=INK, align="center", small=True)
