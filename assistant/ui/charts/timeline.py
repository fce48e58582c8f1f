"""A plan on an axis of months."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.cards import PlanStepCard
from assistant.drawing import drawing
from assistant.ui.charts.sheet import FONT_SIZE, LINE, QUIET, SOFT, STRONG, WIDTH, Sheet, lines_of

_LINE, _BAR, _GAP, _AXIS = 17.0, 16.0, 12.0, 34.0
_MARGIN = 12.0
# How much of the axis a step without a known length takes at least, and a short one to be seen.
_OPEN_SHARE, _LEAST_WIDTH = 0.15, 8.0
_TICKS = (1, 2, 3, 6, 12, 24, 48)
_MOST_TICKS = 6


def plan_timeline(name: str, title: str, steps: Sequence[PlanStepCard], unit: str) -> str:
    """Draw each step as a bar from its start; one of unknown length is dashed and ends in an arrow.

    Args:
        name: Unique in the page.
        title: What is to be seen, in words.
        steps: At least one.
        unit: What the axis counts: months.
    """
    months = max(1.0, *(step.starts_after_months + (step.months or 0) for step in steps))
    if any(step.months is None for step in steps):
        months = max(months, *(step.starts_after_months + _OPEN_SHARE * months for step in steps))
    labels = [lines_of(f"{number}. {step.title}") for number, step in enumerate(steps, start=1)]
    height = sum(len(label) * _LINE + _BAR + _GAP for label in labels) + _AXIS
    with drawing(name, FONT_SIZE):
        sheet = Sheet(height)
        axis = _Months(sheet, months)
        axis.draw(height, unit)
        top = 0.0
        for step, label in zip(steps, labels, strict=True):
            for order, line in enumerate(label):
                sheet.write(0, top + (order + 0.5) * _LINE, line)
            top += len(label) * _LINE
            axis.draw_step(top, step)
            top += _BAR + _GAP
        return sheet.svg(name, title)


@dataclass(frozen=True, slots=True)
class _Months:
    sheet: Sheet
    most: float

    def at(self, month: float) -> float:
        return _MARGIN + month / self.most * (WIDTH - 2 * _MARGIN)

    def draw(self, height: float, unit: str) -> None:
        base = height - _AXIS
        step = next((tick for tick in _TICKS if self.most / tick <= _MOST_TICKS), _TICKS[-1])
        for month in range(0, math.floor(self.most) + 1, step):
            self.sheet.stroke((self.at(month), 0), (self.at(month), base + 4), colour=SOFT)
            self.sheet.write(self.at(month), base + 12, str(month), colour=QUIET, align="center", small=True)
        self.sheet.stroke((_MARGIN, base), (WIDTH - _MARGIN, base), colour=LINE)
        self.sheet.write(WIDTH - _MARGIN, base + 27, unit, colour=QUIET, align="right", small=True)

    def draw_step(self, top: float, step: PlanStepCard) -> None:
        left = self.at(step.starts_after_months)
        if step.months is None:
            right = WIDTH - _MARGIN
            self.sheet.box(left, top, (right - left - 6, _BAR), edge=STRONG, line="dashed")
            self.sheet.dot(right, top + _BAR / 2, colour=STRONG, shape=">")
            return
        width = max(self.at(step.starts_after_months + step.months) - left, _LEAST_WIDTH)
        self.sheet.box(left, top, (width, _BAR), fill=STRONG)
