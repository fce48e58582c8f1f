"""Bars as SVG, to be set into the page."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from assistant.drawing import drawing, inline_svg

# Blue on grey: told apart by lightness, so in any colour vision and in print.
_BAR, _TRACK, _TEXT = "#0b5394", "#e3e7ec", "#1b1f24"
_LINE_INCHES, _GAP_INCHES = 0.17, 0.14
_WIDTH_INCHES = 6.6
_LABEL_WIDTH, _LABEL_LINES = 34, 2
_FONT_SIZE = 10.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` in [0, 1], and what is written at its end."""

    label: str
    share: float
    text: str


def bars(name: str, title: str, data: Sequence[Bar]) -> str:
    """Horizontal bars, the first on top; the same data give the same SVG.

    Args:
        name: Unique in the page; stands before every id within the picture.
        title: Text equivalent of the picture.
        data: At least one bar.
    """
    with drawing(name, _FONT_SIZE):
        labels = [_wrapped(bar.label) for bar in data]
        lines = max(label.count("\n") + 1 for label in labels)
        height = 0.25 + (_LINE_INCHES * lines + _GAP_INCHES) * len(data)
        figure = Figure(figsize=(_WIDTH_INCHES, height), layout="constrained")
        axes = figure.add_subplot()
        rows = range(len(data))
        axes.barh(rows, [1.0] * len(data), color=_TRACK, height=0.62)
        axes.barh(rows, [bar.share for bar in data], color=_BAR, height=0.62)
        axes.set_yticks(rows, labels, color=_TEXT)
        for row, bar in enumerate(data):
            axes.text(1.02, row, bar.text, va="center", color=_TEXT)
        axes.set_xlim(0, 1.32)
        axes.set_ylim(len(data) - 0.4, -0.6)
        axes.set_xticks([])
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        return inline_svg(figure, name, title)


def _wrapped(label: str) -> str:
    lines = textwrap.wrap(label, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …")
    return "\n".join(lines) or "–"
