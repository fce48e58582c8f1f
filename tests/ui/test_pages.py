from dataclasses import dataclass, replace

import pytest

from assistant.domain.language import Language
from assistant.domain.path import PartName
from assistant.prompts import load_texts
from assistant.ui import pages
from assistant.ui.cards import Labels
from tests.cards import ABOUT, BUS, COMPARED, LORRY, PAGE, PATHS_WITH_BUTTONS, PLANNED, PLANNER
from tests.fakes import CARDS, PATHS, SKILLS

TEXTS = load_texts(folder="ui")
SV = Labels(TEXTS, Language.SV)
EN = Labels(TEXTS, Language.EN)
NAMES = {LORRY: "Lastbilsförare", BUS: "Bussförare", PLANNER: "Transportledare"}


def test_a_path_keeps_the_markers_that_its_texts_lack():
    card = replace(CARDS[0], why="Du kan det här.", gap="", how="")
    written, unwritten = pages.paths_props(replace(PATHS, paths=(CARDS[0], card)), SV)["paths"]
    assert written["markers"] == []
    assert unwritten["markers"] == [1, 2]
    assert written["kind_label"] == "Du passar nu"


def test_the_parts_of_a_score_are_said_in_words_and_those_of_no_weight_are_left_out():
    path = pages.paths_props(PATHS_WITH_BUTTONS, SV)["paths"][0]
    assert [(part["label"], part["word"], part["against"]) for part in path["parts"]] == [
        ("Du har arbetat med det", "betyder mest", False),
        ("Du kan sådant som yrket kräver", "betyder en del", False),
        ("Det du inte vill", "talar emot", True),
    ]
    assert all(0 <= part["percent"] <= 100 for part in path["parts"])


@pytest.mark.parametrize("labels", [SV, EN], ids=lambda labels: labels.language)
def test_every_part_of_a_score_has_a_name(labels: Labels):
    assert all(labels(f"score.{part}") for part in PartName)


def test_every_card_has_all_buttons_where_the_answer_offers_one_of_them():
    props = pages.paths_props(PATHS_WITH_BUTTONS, SV)
    assert [button["id"] for button in props["paths"][2]["buttons"]] == [
        f"about:{PLANNER}",
        f"plan:{PLANNER}",
        f"not:{PLANNER}",
    ]
    assert props["compare"]
    assert [choice.choice_id for choice in pages.beside_cards(PATHS_WITH_BUTTONS)] == ["more"]


def test_without_such_choices_a_card_has_no_buttons():
    props = pages.paths_props(PATHS, SV)
    assert not props["compare"]
    assert [path["buttons"] for path in props["paths"]] == [[], [], []]
    assert pages.beside_cards(SKILLS) == SKILLS.choices
    assert pages.beside_cards(ABOUT) == ABOUT.choices


@dataclass(frozen=True)
class Said:
    id: str
    choice_id: str
    expected: str


SAID = (
    Said("about", f"about:{LORRY}", "Berätta mer om Lastbilsförare"),
    Said("two", f"compare:{LORRY},{BUS}", "Jämför Lastbilsförare och Bussförare"),
    Said(
        "three", f"compare:{LORRY},{BUS},{PLANNER}", "Jämför Lastbilsförare, Bussförare och Transportledare"
    ),
    Said("one alone", f"compare:{LORRY}", ""),
    Said("one twice", f"compare:{LORRY},{LORRY}", ""),
    Said("never shown", "about:aaaa_bbb_ccc", ""),
    Said("no card's", "language:en", ""),
    Said("another verb", f"erase:{LORRY}", ""),
    Said("nothing", "", ""),
)


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.id)
def test_a_button_says_what_it_stands_for_and_only_of_cards_that_were_shown(said: Said):
    assert pages.said_by_card(said.choice_id, NAMES, SV) == said.expected


def test_the_names_of_all_cards_are_known():
    assert pages.card_names(PATHS) == NAMES
    assert pages.card_names(ABOUT) == NAMES
    assert pages.card_names(COMPARED) == {LORRY: "Lastbilsförare", BUS: "Bussförare"}
    assert pages.card_names(PLANNED) == {LORRY: "Lastbilsförare"}
    assert pages.card_names(SKILLS) == {}


def test_a_picture_stands_with_its_fact_and_else_last():
    props = pages.occupation_props(PAGE, ABOUT, SV)
    pictured = {fact["key"] for fact in props["facts"] if fact["picture"]}
    assert (pictured, props["pictures"]) == ({"far", "demand", "pay"}, [])
    alone = pages.occupation_props(replace(PAGE, facts=PAGE.facts[:1]), ABOUT, SV)
    assert len(alone["pictures"]) == 3


def test_an_occupation_of_which_little_is_known_is_shown_without_what_is_missing():
    bare = replace(PAGE, path=None, pay=None, outlook=(), asked=(), related=())
    props = pages.occupation_props(bare, replace(ABOUT, choices=()), EN)
    assert (props["kind"], props["parts"], props["pictures"], props["related"]) == ("", [], [], [])
    assert all(fact["picture"] is None for fact in props["facts"])


def test_related_occupations_are_buttons_where_they_can_be_asked_about():
    assert pages.occupation_props(PAGE, ABOUT, SV)["related"][0]["id"] == f"about:{BUS}"
    assert pages.occupation_props(PAGE, replace(ABOUT, choices=()), SV)["related"][0]["id"] == ""


def test_a_comparison_tells_what_differs_first_and_what_is_not_known():
    props = pages.comparison_props(COMPARED.comparison, COMPARED, SV)
    assert [group["label"] for group in props["groups"]] == ["Det här skiljer", "Det här är lika"]
    assert props["groups"][0]["rows"][1]["cells"] == ["Mitten är 31 200 kronor [1].", "Ingen uppgift"]


def test_a_plan_lists_its_sources_for_paper():
    props = pages.plan_props(PLANNED.plan, PLANNED, SV)
    assert [source[:3] for source in props["sources"]] == ["[1]", "[2]"]
    assert [step["first_action"] for step in props["steps"]] == [
        "Ring en trafikskola.",
        "Ring kommunen.",
        "Skriv ditt cv.",
    ]
