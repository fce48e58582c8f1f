"""Demand by county on a map of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.market import CountyOutlook, Opportunities
from assistant.drawing import drawing
from assistant.ui.charts.sheet import FONT_SIZE, GROUND, INK, LINE, ON_RAMP, QUIET, RAMP, Sheet

_TILE, _PITCH = (60.0, 38.0), (64.0, 42.0)
_LEFT = 60.0
_DOTS = {Opportunities.SMALL: 1, Opportunities.MEDIUM: 2, Opportunities.LARGE: 3}


@dataclass(frozen=True, slots=True)
class _Tile:
    """A county by SCB's code: its letters, and its rough place on the map."""

    code: str
    letters: str
    column: int
    row: int


_TILES = (
    _Tile("25", "BD", 3, 0),
    _Tile("24", "AC", 3, 1),
    _Tile("23", "Z", 2, 2),
    _Tile("22", "Y", 3, 2),
    _Tile("20", "W", 2, 3),
    _Tile("21", "X", 3, 3),
    _Tile("17", "S", 0, 4),
    _Tile("18", "T", 1, 4),
    _Tile("19", "U", 2, 4),
    _Tile("03", "C", 3, 4),
    _Tile("14", "O", 0, 5),
    _Tile("05", "E", 1, 5),
    _Tile("04", "D", 2, 5),
    _Tile("01", "AB", 3, 5),
    _Tile("13", "N", 0, 6),
    _Tile("06", "F", 1, 6),
    _Tile("08", "H", 2, 6),
    _Tile("09", "I", 3, 6),
    _Tile("12", "M", 0, 7),
    _Tile("07", "G", 1, 7),
    _Tile("10", "K", 2, 7),
)
LETTERS = {tile.code: tile.letters for tile in _TILES}


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is written beside the map: the name of each step, of no forecast, and of the person's county."""

    steps: Mapping[Opportunities, str]
    unknown: str
    own: str


def county_map(
    name: str, title: str, outlook: Sequence[CountyOutlook], words: MapWords, own_county: str = ""
) -> str:
    """Draw the 21 counties as tiles; one to three dots and the darkness say how good the chances are.

    Args:
        name: Unique in the page.
        title: What is to be seen, in words.
        outlook: The forecasts; a county without one gets a dashed tile.
        words: In the language of the page.
        own_county: SCB's code of the county to mark; empty for none.
    """
    forecasts = {each.county_code: each.opportunities for each in outlook}
    with drawing(name, FONT_SIZE):
        sheet = Sheet(8 * _PITCH[1])
        for tile in _TILES:
            at = _LEFT + tile.column * _PITCH[0], 2 + tile.row * _PITCH[1]
            _draw_tile(sheet, at, tile.letters, forecasts.get(tile.code))
            if tile.code == own_county:
                sheet.box(*at, _TILE, edge=INK, line="thick")
        _draw_key(sheet, words, marks_own=own_county in LETTERS)
        return sheet.svg(name, title)


def _draw_tile(sheet: Sheet, at: tuple[float, float], letters: str, forecast: Opportunities | None) -> None:
    left, top = at
    middle = left + _TILE[0] / 2
    if forecast is None:
        sheet.box(left, top, _TILE, edge=LINE, line="dashed")
        sheet.write(middle, top + 12, letters, colour=QUIET, align="center")
        sheet.write(middle, top + 28, "–", colour=QUIET, align="center")
        return
    dots = _DOTS[forecast]
    sheet.box(left, top, _TILE, fill=RAMP[dots - 1], edge=LINE)
    sheet.write(middle, top + 12, letters, colour=ON_RAMP[dots - 1], align="center")
    sheet.write(middle, top + 28, "●" * dots, colour=ON_RAMP[dots - 1], align="center", small=True)


def _draw_key(sheet: Sheet, words: MapWords, *, marks_own: bool) -> None:
    """Explain the tiles in the corner that the sea and Norway leave free."""
    top = 2.0
    for step in reversed(Opportunities):
        dots = _DOTS[step]
        sheet.box(2, top, (44, 24), fill=RAMP[dots - 1], edge=LINE)
        sheet.write(24, top + 12, "●" * dots, colour=ON_RAMP[dots - 1], align="center", small=True)
        sheet.write(54, top + 12, words.steps[step])
        top += 30
    sheet.box(2, top, (44, 24), edge=LINE, line="dashed")
    sheet.write(24, top + 12, "–", colour=QUIET, align="center")
    sheet.write(54, top + 12, words.unknown)
    if marks_own:
        sheet.box(3, top + 31, (42, 22), fill=GROUND, edge=INK, line="thick")
        sheet.write(54, top + 42, words.own)
