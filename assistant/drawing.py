"""Pictures drawn with matplotlib, as SVG to be set into a page."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import matplotlib
from matplotlib.figure import Figure

_HEAD = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"\s*<style\b.*?</style>", re.DOTALL)
_SIZE = re.compile(r'(<svg\b[^>]*?) (?:height|width)="[^"]*"')
_ID = re.compile(r'(?<=\sid=")|(?<=href="#)|(?<=url\(#)')


@contextmanager
def drawing(name: str, font_size: float) -> Iterator[None]:
    """Settings to draw and save a figure in; the same figure then gives the same SVG.

    Args:
        name: Unique in the page.
        font_size: In points, which are the units of the SVG.
    """
    with matplotlib.rc_context(
        {
            "svg.fonttype": "none",  # text stays text: it is read aloud, found and scaled
            "svg.hashsalt": name,
            "font.family": "sans-serif",
            "font.size": font_size,
            "text.parse_math": False,  # labels come from the sources, and a "$" means nothing in them
            "hatch.linewidth": 1.2,
        }
    ):
        yield


def inline_svg(figure: Figure, name: str, title: str, colours: Mapping[str, str] | None = None) -> str:
    """A figure as a part of a page: no head, no size of its own, ids that no other picture has.

    Args:
        figure: Drawn within `drawing`.
        name: Stands before every id within the picture.
        title: Text equivalent of the picture.
        colours: What stands for a colour in the page, such as `var(--ink, #1b1f24)` for `#1b1f24`.
    """
    saved = io.StringIO()
    figure.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})
    svg = _METADATA.sub("", _HEAD.sub("", saved.getvalue()))
    # matplotlib's style is for "*", which in a page is all of the page.
    svg = _STYLE.sub("", svg)
    while (sizeless := _SIZE.sub(r"\1", svg, count=1)) != svg:
        svg = sizeless
    svg = _ID.sub(f"{name}-", svg)
    for drawn, shown in (colours or {}).items():
        svg = re.sub(rf"(?<=: ){drawn}\b", shown, svg)
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return svg.replace("<svg", f'<svg role="img" aria-label="{escaped}"', 1).strip()
