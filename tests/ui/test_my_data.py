"""What is held, in words: every kind of item, and every way in which one came to be held, has a text."""

from dataclasses import fields

import pytest

from assistant.agent.own_data.facts import NOTES
from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.held import HeldData, HeldItem, HeldKind, HowTold, Origin, SaidMessage
from assistant.domain.language import Language
from assistant.domain.plan import Conditions
from assistant.domain.profile import Education, Experience, HeldSkill, SpokenLanguage
from assistant.prompts import load_texts
from assistant.ui.cards import Labels, Props
from assistant.ui.my_data import data_props

TEXTS = load_texts(folder="ui")
SV = Labels(TEXTS, Language.SV)
EN = Labels(TEXTS, Language.EN)
WRITTEN = Origin(HowTold.WRITTEN, "jag körde buss", 1)
COOK = Experience("Kock", "c", "5120", years=2.5, country="SY", skills=(HeldSkill("s", "Laga mat"),))
ITEMS = (
    HeldItem("experience:c", HeldKind.EXPERIENCE, COOK, WRITTEN),
    HeldItem("skill:c:s", HeldKind.SKILL, COOK.skills[0], WRITTEN),
    HeldItem("education:x", HeldKind.EDUCATION, Education(EducationLevel.BACHELOR, "kemi", "IR"), WRITTEN),
    HeldItem("language:x", HeldKind.LANGUAGE, SpokenLanguage("arabiska", "B2"), WRITTEN),
    HeldItem("licence:x", HeldKind.LICENCE, "CE", WRITTEN),
    HeldItem("wish:x", HeldKind.WISH, "new_work", WRITTEN),
    HeldItem("place", HeldKind.PLACE, "Umeå", WRITTEN),
    HeldItem("goal:c", HeldKind.GOAL, "Kockar", WRITTEN),
    HeldItem("turned_down:c", HeldKind.TURNED_DOWN, "Kockar", WRITTEN),
    HeldItem("waiting:c", HeldKind.WAITING, "lagade mat", WRITTEN),
    HeldItem("long_text", HeldKind.LONG_TEXT, "CV", WRITTEN),
    HeldItem("condition:most_months", HeldKind.CONDITION, "12", WRITTEN),
    *(
        HeldItem(f"condition:{each.name}", HeldKind.CONDITION, each.name, WRITTEN)
        for each in fields(Conditions)
        if each.name != "most_months"
    ),
    *(HeldItem(f"feature:{each}", HeldKind.FEATURE, each, WRITTEN) for each in Feature),
    *(HeldItem(f"unwanted:{each}", HeldKind.UNWANTED, each, WRITTEN) for each in Feature),
    *(HeldItem(f"note:{name}", HeldKind.NOTE, "ord", WRITTEN) for name in (*NOTES, "memo")),
    HeldItem("note:of_client", HeldKind.NOTE, "of_client", WRITTEN),
)


def _rows(labels: Labels, *items: HeldItem) -> list[Props]:
    groups = data_props(HeldData(items, ()), labels)["groups"]
    return [row for group in groups for row in group["items"]]


@pytest.mark.parametrize("labels", [SV, EN], ids=("sv", "en"))
def test_every_kind_of_item_has_words(labels: Labels) -> None:
    assert {item.kind for item in ITEMS} == set(HeldKind)
    rows = _rows(labels, *ITEMS)
    assert [row["id"] for row in rows] == [item.item_id for item in ITEMS]
    assert all(row["text"] and row["origin"] for row in rows)


@pytest.mark.parametrize("labels", [SV, EN], ids=("sv", "en"))
@pytest.mark.parametrize("how", list(HowTold))
def test_every_origin_has_words(how: HowTold, labels: Labels) -> None:
    item = HeldItem("licence:x", HeldKind.LICENCE, "B", Origin(how, "orden", 3))
    message = SaidMessage("human-1", 3, "orden", how if how is not HowTold.EDITED else HowTold.WRITTEN)
    props = data_props(HeldData((item,), (message,)), labels)
    assert props["groups"][0]["items"][0]["origin"]
    assert "3" in props["messages"][0]["origin"]


def test_items_are_told_as_a_person_would_tell_them() -> None:
    rows = {row["id"]: row for row in _rows(SV, *ITEMS)}
    assert (rows["experience:c"]["text"], rows["experience:c"]["detail"]) == ("Kock", "2,5 år, Syrien")
    assert rows["experience:c"]["origin"] == "Du skrev: ”jag körde buss”"
    assert rows["wish:x"]["text"] == "Arbeta med något nytt"
    assert rows["condition:most_months"]["text"] == "Studierna får ta högst 12 månader"
    assert rows["feature:outdoors"]["text"] == "att vara ute"


def test_the_origin_of_a_struck_message_says_only_which_it_was() -> None:
    struck = HeldItem("licence:x", HeldKind.LICENCE, "B", Origin(HowTold.WRITTEN, "", 4))
    assert _rows(EN, struck)[0]["origin"] == "From your message 4, which you have removed"


def test_only_what_can_be_changed_has_a_form() -> None:
    rows = {row["id"]: [field["name"] for field in row["fields"]] for row in _rows(SV, *ITEMS)}
    assert rows["experience:c"] == ["title", "years", "country", "kind"]
    assert rows["education:x"] == ["level", "field", "country"]
    assert rows["language:x"] == ["name", "level"]
    assert rows["place"] == ["text"]
    # A wish that was chosen is struck, and another is chosen.
    assert rows["wish:x"] == []
    assert rows["skill:c:s"] == rows["goal:c"] == rows["waiting:c"] == []
