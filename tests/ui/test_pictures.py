"""Pictures: the same figures as text, the same picture for the same figures, and nothing of ours but text."""

import re
from dataclasses import dataclass, replace
from xml.etree import ElementTree

import pytest

from assistant.domain.cards import AskedSkill, OccupationCard, PlanStepCard
from assistant.domain.language import Language
from assistant.domain.market import PayRange
from assistant.domain.plan import StepKind
from assistant.prompts import load_texts
from assistant.ui import pictures
from assistant.ui.cards import Labels, Props
from assistant.ui.charts.counties import LETTERS
from assistant.ui.charts.sheet import WIDTH, lines_of, spread
from tests.cards import COMPARED, PAGE, PLANNED

SV = Labels(load_texts(folder="ui"), Language.SV)
EN = Labels(load_texts(folder="ui"), Language.EN)
HOSTILE = "<script>\"&' $\\frac{a"


def all_pictures(labels: Labels = SV, page: OccupationCard = PAGE) -> dict[str, Props]:
    return {
        **pictures.occupation_pictures(page, labels),
        "compared": pictures.comparison_picture(COMPARED.comparison, labels) or {},
        "plan": pictures.plan_picture(PLANNED.plan, labels),
    }


def texts_in(svg: str) -> str:
    return " ".join(
        "".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if "text" in each.tag
    )


def said(picture: Props) -> str:
    """What a screen reader gets: the label of the picture."""
    return ElementTree.fromstring(str(picture["svg"])).get("aria-label", "")


def cells(picture: Props) -> str:
    return " ".join(cell for row in picture["rows"] for cell in row)


@pytest.mark.parametrize("labels", [SV, EN], ids=lambda labels: labels.language)
def test_every_figure_that_is_drawn_stands_in_the_label_and_in_the_table(labels: Labels):
    for key in ("pay", "compared"):
        picture = all_pictures(labels)[key]
        for figure in ("27\u00a0100", "31\u00a0200", "36\u00a0000"):
            assert figure in texts_in(picture["svg"])
            assert figure in said(picture)
            assert figure in cells(picture)


def test_the_table_has_a_cell_for_every_heading():
    for picture in all_pictures().values():
        assert {len(row) for row in picture["rows"]} == {len(picture["head"])}


def test_the_map_has_all_counties_and_says_the_forecasts_in_words():
    picture = all_pictures()["demand"]
    assert len(LETTERS) == 21
    assert set(LETTERS.values()) <= set(texts_in(picture["svg"]).split())
    assert "stora, Skåne län" in said(picture)
    assert ["M", "Skåne län", "stora", "ökar"] in picture["rows"]
    assert ["I", "Gotlands län", "ingen prognos", "ingen prognos"] in picture["rows"]
    assert "ditt län" in texts_in(picture["svg"])


def test_the_persons_county_is_marked_only_when_it_is_known():
    picture = all_pictures(page=replace(PAGE, county_code=""))["demand"]
    assert "ditt län" not in texts_in(picture["svg"])


def test_markers_are_those_of_the_facts_with_the_figures():
    shown = all_pictures()
    assert (shown["pay"]["markers"], shown["demand"]["markers"]) == ([2], [1, 2])
    assert shown["compared"]["markers"] == [1]


def test_a_step_of_unknown_length_is_open_and_said_so():
    picture = all_pictures()["plan"]
    assert picture["rows"][1] == ["2. Läs svenska", "nu", "Ingen kan säga hur lång tid det tar."]
    assert picture["rows"][2][1] == "om 4 månader"
    assert picture["note"]
    known = replace(PLANNED.plan, steps=PLANNED.plan.steps[:1])
    assert pictures.plan_picture(known, SV)["note"] == ""


@dataclass(frozen=True)
class Missing:
    id: str
    page: OccupationCard
    key: str


MISSING = (
    Missing("pay not reached", replace(PAGE, pay=None), "pay"),
    Missing("pay not published", replace(PAGE, pay=PayRange(2024)), "pay"),
    Missing("no forecast", replace(PAGE, outlook=()), "demand"),
    Missing("the country alone", replace(PAGE, outlook=PAGE.outlook[:1]), "demand"),
    Missing("skills not known", replace(PAGE, asked=()), "far"),
)


@pytest.mark.parametrize("missing", MISSING, ids=lambda missing: missing.id)
def test_there_is_no_picture_of_nothing(missing: Missing):
    assert missing.key not in pictures.occupation_pictures(missing.page, SV)


def test_what_is_not_published_of_a_range_is_said_to_be_unknown():
    picture = pictures.occupation_pictures(replace(PAGE, pay=PayRange(2024, mean=30_000)), SV)["pay"]
    assert picture["rows"] == [
        ["Lastbilsförare", "Ingen uppgift", "Ingen uppgift", "30\u00a0000 kr", "Ingen uppgift"]
    ]
    assert "30\u00a0000" in texts_in(picture["svg"])


def test_the_same_figures_give_the_same_picture():
    assert all_pictures() == all_pictures()


def test_hostile_labels_stay_text():
    step = PlanStepCard(StepKind.COURSE, HOSTILE, "", "", "", months=0.1)
    page = replace(PAGE, label=HOSTILE, asked=(AskedSkill(HOSTILE, 1.0, is_held=False),))
    plan = replace(PLANNED.plan, label=HOSTILE, steps=(step,))
    for picture in (*pictures.occupation_pictures(page, SV).values(), pictures.plan_picture(plan, SV)):
        svg = str(picture["svg"])
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert "<style" not in svg
        assert not re.search(r"""\son\w+=|https?://(?!www\.w3\.org)""", svg)


@dataclass(frozen=True)
class Spread:
    id: str
    wanted: list[float]
    expected: list[float]


SPREAD = (
    Spread("room enough", [10, 60, 90], [10, 60, 90]),
    Spread("too close", [50, 52, 54], [50, 70, 90]),
    Spread("at the end", [85, 90, 95], [50, 70, 90]),
    Spread("at the start", [0], [10]),
)


@pytest.mark.parametrize("case", SPREAD, ids=lambda case: case.id)
def test_numbers_do_not_lie_on_each_other(case: Spread):
    assert spread(case.wanted, 20, 10, 90) == case.expected


def test_long_labels_are_broken_and_cut():
    assert len(lines_of("ord " * 60)) == 2
    assert lines_of("ord " * 60)[-1].endswith("…")
    assert lines_of("") == ["–"]
    assert lines_of("Kock", WIDTH) == ["Kock"]
