"""Skills that an occupation asks for, those that the person holds told from those missing."""

from collections.abc import Sequence

from assistant.domain.cards import AskedSkill
from assistant.drawing import drawing
from assistant.ui.charts.sheet import FONT_SIZE, INK, LINE, QUIET, SOFT, STRONG, WIDTH, Sheet, lines_of

_BAR, _LINE, _GAP = 9.0, 17.0, 13.0
_SIGN_WIDTH = 22.0
# Of a bar, so that there is something to see.
_LEAST_SHARE = 0.03


def skill_bars(name: str, title: str, skills: Sequence[AskedSkill]) -> str:
    """Draw a bar for each skill, as long as ads ask for it; full for held, striped for missing.

    Args:
        name: Unique in the page.
        title: What is to be seen, in words.
        skills: At least one, in the order to draw them.
    """
    labels = [lines_of(skill.label, WIDTH - _SIGN_WIDTH) for skill in skills]
    height = sum(len(label) * _LINE + _BAR + _GAP for label in labels)
    with drawing(name, FONT_SIZE):
        sheet = Sheet(height)
        top = 0.0
        for skill, label in zip(skills, labels, strict=True):
            _draw(sheet, top, skill, label)
            top += len(label) * _LINE + _BAR + _GAP
        return sheet.svg(name, title)


def _draw(sheet: Sheet, top: float, skill: AskedSkill, label: list[str]) -> None:
    sheet.write(0, top + _LINE / 2, "✓" if skill.is_held else "○", colour=STRONG if skill.is_held else QUIET)
    for order, line in enumerate(label):
        sheet.write(_SIGN_WIDTH, top + (order + 0.5) * _LINE, line, colour=INK)
    bar_top = top + len(label) * _LINE + 2
    length = WIDTH - _SIGN_WIDTH - 2
    sheet.box(_SIGN_WIDTH, bar_top, (length, _BAR), fill=SOFT)
    size = max(skill.share, _LEAST_SHARE) * length, _BAR
    if skill.is_held:
        sheet.box(_SIGN_WIDTH, bar_top, size, fill=STRONG, edge=STRONG)
    else:
        sheet.box(_SIGN_WIDTH, bar_top, size, edge=LINE, line="hatched")
