"""A sheet to draw on, in the colours of the page."""

import textwrap
from typing import Final, Literal

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from assistant.drawing import inline_svg

# As wide as a card on a phone, so that text is never made smaller there.
WIDTH: Final = 320
FONT_SIZE: Final = 13.0
SMALL: Final = 12.0
# DejaVu Sans, which matplotlib measures by, is wider than what browsers take in its place.
_CHARACTER: Final = 0.56

INK, QUIET, LINE, GROUND = "#1b1f24", "#4b5763", "#6b7a89", "#ffffff"
STRONG, SOFT = "#0f5c8c", "#d3e3ef"
# From little to much by lightness alone, each with the colour of what is written on it.
RAMP = ("#dcebf6", "#7fb2d6", "#0b4a76")
ON_RAMP = ("#1b1f25", "#1b1f26", "#fffffe")

# `public/vagvisare.css` gives the variables for the light and the dark page, and for paper.
_IN_THE_PAGE = {
    colour: f"var(--vv-chart-{name}, {colour})"
    for name, colour in (
        ("ink", INK),
        ("quiet", QUIET),
        ("line", LINE),
        ("ground", GROUND),
        ("strong", STRONG),
        ("soft", SOFT),
        *((f"ramp-{step}", colour) for step, colour in enumerate(RAMP, start=1)),
        *((f"on-ramp-{step}", colour) for step, colour in enumerate(ON_RAMP, start=1)),
    )
}

_ABOVE_LINES: Final = 2.5

Align = Literal["left", "center", "right"]


class Sheet:
    """A sheet 320 units wide, one unit a CSS pixel on a phone; x goes right and y down from the top left.

    To be made, drawn on and saved within `assistant.drawing.drawing`.
    """

    def __init__(self, height: float) -> None:
        self._figure = Figure(figsize=(WIDTH / 72, height / 72))
        self._figure.patch.set_visible(False)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def write(
        self, x: float, y: float, words: str, *, colour: str = INK, align: Align = "left", small: bool = False
    ) -> None:
        """Write words with their middle at the height y."""
        size = SMALL if small else FONT_SIZE
        self._axes.text(x, y, words, ha=align, va="center", color=colour, fontsize=size)

    def box(
        self,
        left: float,
        top: float,
        size: tuple[float, float],
        *,
        fill: str = "none",
        edge: str = "none",
        line: Literal["thin", "thick", "dashed", "hatched"] = "thin",
    ) -> None:
        """Draw a rectangle; a hatched one has its stripes in the colour of its edge."""
        self._axes.add_patch(
            Rectangle(
                (left, top),
                *size,
                facecolor=fill,
                edgecolor=edge,
                linewidth=3 if line == "thick" else 1.2,
                linestyle=(0, (4, 3)) if line == "dashed" else "solid",
                hatch="////" if line == "hatched" else None,
                zorder=_ABOVE_LINES,
            )
        )

    def stroke(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str, width: float = 1.0
    ) -> None:
        """Draw a straight line."""
        self._axes.plot(
            (start[0], end[0]), (start[1], end[1]), color=colour, linewidth=width, solid_capstyle="butt"
        )

    def dot(self, x: float, y: float, *, colour: str, shape: Literal["o", "D", ">"] = "o") -> None:
        """Draw a dot, a diamond or the point of an arrow."""
        self._axes.plot([x], [y], marker=shape, markersize=9, color=colour, markeredgewidth=0)

    def svg(self, name: str, title: str) -> str:
        """The sheet as SVG; `name` is unique in the page, `title` says what is to be seen."""
        return inline_svg(self._figure, name, title, _IN_THE_PAGE)


def lines_of(label: str, width: float = WIDTH, most: int = 2) -> list[str]:
    """A label broken into lines that fit a width, cut where they would be more than `most`."""
    fitting = max(int(width / (FONT_SIZE * _CHARACTER)), 4)
    return textwrap.wrap(label, fitting, max_lines=most, placeholder=" …") or ["–"]


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Rising positions moved as little as needed to lie a gap apart and between two ends."""
    placed: list[float] = []
    for position in wanted:
        placed.append(max(position, placed[-1] + gap if placed else low))
    ceiling = high
    for order in reversed(range(len(placed))):
        placed[order] = min(placed[order], ceiling)
        ceiling = placed[order] - gap
    return placed
