"""The cards after the paths in the page: what they are called, how they are reached, and on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from assistant.domain.conversation import UserInput
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import say, tab_to
from tests.cards import ABOUT, BUS, COMPARED, LORRY, PATHS_WITH_BUTTONS, PLANNED, PLANNER
from tests.fakes import ScriptedApplication, streamed

pytestmark = pytest.mark.browser

SCRIPT = (
    streamed(PATHS_WITH_BUTTONS, "suggest_paths"),
    streamed(ABOUT, "show_occupation"),
    streamed(COMPARED, "compare_occupations"),
    streamed(PLANNED, "make_plan"),
)


@dataclass(frozen=True)
class Served:
    address: str
    application: ScriptedApplication

    @property
    def calls(self) -> list[UserInput]:
        """What the newest conversation was sent."""
        return self.application.sessions[-1].calls


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    application = ScriptedApplication(SCRIPT)
    with scripted_server(application) as address:
        yield Served(address, application)


def through_all(page: Page) -> None:
    """Go from the paths to the plan by the buttons of the cards."""
    say(page, "Vad kan jag bli?")
    page.get_by_role("button", name="Titta närmare: Transportledare").click()
    page.locator(".vv-occupation").wait_for()
    for name in ("Lastbilsförare", "Bussförare"):
        page.get_by_role("checkbox", name=f"Jämför: {name}").check()
    page.get_by_role("button", name="Jämför de valda (2)").click()
    page.locator(".vv-comparison").wait_for()
    page.locator(f".vv-path [data-choice='plan:{LORRY}']").click()
    page.locator(".vv-plan").wait_for()


def test_a_card_is_asked_on_from_however_long_ago_it_came(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    through_all(page)
    assert served.calls[1:] == [
        UserInput("Berätta mer om Transportledare", f"about:{PLANNER}"),
        UserInput("Jämför Lastbilsförare och Bussförare", f"compare:{LORRY},{BUS}"),
        UserInput("Gör en plan för Lastbilsförare", f"plan:{LORRY}"),
    ]
    said = page.locator("[data-step-type=user_message]")
    expect(said.last).to_contain_text("Gör en plan för Lastbilsförare")


def test_what_the_cards_offer_is_not_offered_twice(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Vad kan jag bli?")
    expect(page.locator(".vv-choices button")).to_have_text(["Vad mer kan jag göra?"])
    compare = page.get_by_role("button", name="Jämför de valda")
    expect(compare).to_be_disabled()
    page.get_by_role("checkbox", name="Jämför: Bussförare").check()
    expect(compare).to_be_disabled()


def test_the_page_of_an_occupation_has_names_and_pictures(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    through_all(page)
    card = page.get_by_role("article", name="Om yrket Lastbilsförare")
    expect(card.get_by_role("heading", level=3)).to_have_text("Lastbilsförare")
    expect(card.get_by_role("heading", level=4).first).to_have_text("Det gör man")
    pictures = card.get_by_role("img")
    expect(pictures).to_have_count(3)
    assert all(pictures.nth(order).get_attribute("aria-label") for order in range(3))
    card.locator("[data-fact=pay] summary").click()
    expect(card.get_by_role("cell", name="31\u00a0200 kr")).to_be_visible()
    card.locator(".vv-picture a.vv-marker").first.click()
    expect(page.locator("#side-view-content blockquote")).not_to_be_empty()


def test_the_styles_of_pictures_stay_in_the_pictures(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    cap = "() => getComputedStyle(document.querySelector('#chat-submit svg')).strokeLinecap"
    before = page.evaluate(cap)
    through_all(page)
    assert page.evaluate(cap) == before


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_comparison_is_a_table_at_any_width(served: Served, open_page: OpenPage, size: tuple[int, int]):
    page = open_page(served.address, size)
    through_all(page)
    table = page.get_by_role("table", name="Jämförelse: Lastbilsförare och Bussförare")
    expect(table.get_by_role("columnheader")).to_have_text(["Fråga", "Lastbilsförare", "Bussförare"])
    heads = ["Det här skiljer", "Utbildning", "Lön", "Det här är lika", "Vem bestämmer"]
    expect(table.get_by_role("rowheader")).to_have_text(heads)
    expect(table.get_by_role("cell", name="Ingen uppgift")).to_be_visible()


def test_a_plan_is_an_ordered_list_and_prints_alone(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    through_all(page)
    plan = page.get_by_role("article", name="Plan för Lastbilsförare")
    steps = plan.get_by_role("list", name="Stegen i ordning").get_by_role("listitem")
    expect(steps.get_by_role("heading")).to_have_text(["Ta körkort C", "Läs svenska", "Sök arbete"])
    expect(steps.first.locator(".vv-first")).to_have_text("Gör först: Ring en trafikskola.")
    page.evaluate("() => { window.print = () => undefined }")
    plan.get_by_role("button", name="Skriv ut planen").click()
    page.emulate_media(media="print")
    expect(page.locator(".vv-sheet .vv-paper-only")).to_contain_text("[2] Yrkeskompetens (YKB)")
    expect(page.locator("#root")).to_be_hidden()
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".vv-sheet")).to_have_count(0)


def test_the_cards_are_reached_by_keyboard(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Vad kan jag bli?")
    page.locator(".vv-path").first.wait_for()
    tab_to(page, "Titta närmare")
    page.keyboard.press("Enter")
    page.locator(".vv-occupation").wait_for()
    assert served.calls[-1].choice_id.startswith("about:")


# 640 wide is a screen of 1280 at 200 %.
@pytest.mark.parametrize("width", [320, PHONE[0], 640])
def test_no_card_needs_sideways_scrolling(served: Served, open_page: OpenPage, width: int):
    page = open_page(served.address, (width, 844))
    through_all(page)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
    wide = page.evaluate(
        "width => [...document.querySelectorAll('.vv-card *')]"
        ".filter(e => !e.closest('.vv-hidden, thead') && e.getBoundingClientRect().right > width + 1)"
        ".map(e => e.outerHTML.slice(0, 120))",
        width,
    )
    assert wide == []
