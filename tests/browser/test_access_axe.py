"""axe-core on every state of the page: nothing of ours breaks a rule, and of Chainlit only what is listed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assistant.domain.conversation import AnswerEvent, Choice, Phase
from assistant.domain.language import Language
from assistant.errors import IndexMissing
from assistant.prompts import load_texts
from assistant.ui.page import apology_page
from tests.browser.axe import Violation, violations
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import say
from tests.cards import ABOUT, BUS, COMPARED, LORRY, PATHS_WITH_BUTTONS, PLANNED, PLANNER
from tests.fakes import CONFIRM, SKILLS, WELCOME, ScriptedApplication, streamed

pytestmark = pytest.mark.browser

PIECES = AnswerEvent(
    "Det här läste jag i ditt CV.",
    Language.SV,
    Phase.EXPERIENCE,
    choices=(
        Choice(
            "piece:1",
            "Chaufför på åkeri 2015 till 2022",
            "Lastbilsförare, 7 år",
            group="Arbete",
            is_ticked=True,
        ),
        Choice("piece:2", "Arabiska", "arabiska", group="Språk"),
        Choice("pieces:all", "Behåll alla"),
        Choice("pieces:none", "Behåll inget"),
    ),
)
SCRIPT = (
    streamed(CONFIRM, "find_occupations"),
    streamed(PIECES, "read_long_text"),
    streamed(SKILLS, "list_skills"),
    streamed(PATHS_WITH_BUTTONS, "suggest_paths"),
    streamed(ABOUT, "show_occupation"),
    streamed(COMPARED, "compare_occupations"),
    streamed(PLANNED, "make_plan"),
    (RuntimeError("shown as an apology"),),
)
# What Chainlit's own parts break and we cannot mend from outside, with the reason in docs/accessibility.md.
CHAINLITS_OWN: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Screen:
    id: str
    size: tuple[int, int]
    scheme: str
    locale: str


# Each pair of size, theme and language occurs.
SCREENS = (
    Screen("wide-light-sv", DESKTOP, "light", "sv-SE"),
    Screen("phone-dark-sv", PHONE, "dark", "sv-SE"),
    Screen("phone-light-en", PHONE, "light", "en-GB"),
    Screen("wide-dark-en", DESKTOP, "dark", "en-GB"),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    told_again = (WELCOME, CONFIRM, SKILLS, PATHS_WITH_BUTTONS, PLANNED)
    with scripted_server(ScriptedApplication(SCRIPT, retold=told_again)) as address:
        yield address


def press(page: Page, selector: str, shown: str) -> None:
    page.locator(selector).first.click()
    page.locator(shown).last.wait_for()


def open_panel(page: Page) -> None:
    press(page, ".vv-path a.vv-marker", "#side-view-content h2")


def close_panel(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#side-view-content").wait_for(state="detached")


def fail(page: Page) -> None:
    say(page, "sju")
    page.get_by_text(re.compile("^(Något gick fel|Something went wrong)")).first.wait_for()


# How each state is reached from the one before it.
STATES: dict[str, Callable[[Page], object]] = {
    "welcome": lambda page: page.locator(".vv-choices").wait_for(),
    "menu": lambda page: press(page, "#vv-menu-toggle", "#vv-menu"),
    "both languages": lambda page: press(page, "#vv-both", ".vv-told"),
    "question": lambda page: (
        page.keyboard.press("Escape"),
        say(page, "ett"),
        page.locator("[data-choice^='concept:']").wait_for(),
    ),
    "pieces": lambda page: press(page, "[data-choice^='concept:']", ".vv-pieces"),
    "skills": lambda page: press(page, "[data-choice='pieces:none']", ".vv-skills:not(.vv-pieces)"),
    "paths": lambda page: press(page, "[data-choice='skills:none']", ".vv-path"),
    "source": open_panel,
    "source closed": close_panel,
    "occupation": lambda page: press(page, f"[data-choice='about:{PLANNER}']", ".vv-occupation"),
    "picture as text": lambda page: press(page, "[data-fact=pay] summary", "[data-fact=pay] table"),
    "comparison": lambda page: (
        page.locator(f".vv-path[data-concept='{LORRY}'] .vv-tick input").check(),
        page.locator(f".vv-path[data-concept='{BUS}'] .vv-tick input").check(),
        press(page, ".vv-compare button", ".vv-comparison"),
    ),
    "plan": lambda page: press(page, f".vv-path [data-choice='plan:{LORRY}']", ".vv-plan"),
    "sources": lambda page: page.locator(".vv-sources summary").last.click(),
    "apology": fail,
    "my data": lambda page: (
        page.locator("#vv-menu-toggle").click(),
        press(page, "#vv-menu [data-own=data]", "#side-view-content"),
    ),
    "save": lambda page: (
        close_panel(page),
        press(page, "#vv-menu [data-own=save]", ".vv-days"),
    ),
    "take along": lambda page: (
        close_panel(page),
        press(page, "#vv-menu [data-own=take]", "#side-view-content"),
    ),
    "forget": lambda page: (
        close_panel(page),
        press(page, "#vv-menu [data-own=forget]", ".vv-dialog"),
    ),
    "upload": lambda page: (
        page.keyboard.press("Escape"),
        page.locator(".vv-dialog").wait_for(state="detached"),
        page.locator("#vv-menu-toggle").click(),
        press(page, "#vv-upload", ".vv-upload-dialog"),
    ),
    "about": lambda page: (page.keyboard.press("Escape"), press(page, "#readme-button", "[role=dialog]")),
}


def in_words(found: list[tuple[str, Violation]]) -> list[str]:
    return [f"{state}: {each.rule} ({each.impact}): {each.why}\n    {each.html}" for state, each in found]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.id)
def test_nothing_of_ours_breaks_a_rule_and_of_chainlits_only_what_is_listed(
    address: str, open_page: OpenPage, screen: Screen
):
    page = open_page(address, screen.size, screen.locale, color_scheme=screen.scheme, reduced_motion="reduce")
    found: list[tuple[str, Violation]] = []
    for state, reach in STATES.items():
        reach(page)
        found += [(state, each) for each in violations(page)]
    ours = [each for each in found if each[1].owner == "ours"]
    others = [each for each in found if each[1].owner != "ours" and each[1].rule not in CHAINLITS_OWN]
    assert in_words(ours) == []
    assert in_words(others) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_apology_page_breaks_no_rule(browser: Browser, scheme: str):
    page = browser.new_page(color_scheme=scheme)
    page.set_content(apology_page(IndexMissing(Path("index")), load_texts(folder="ui")))
    assert violations(page, is_our_page=True) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_manual_of_the_http_api_breaks_no_rule(address: str, browser: Browser, scheme: str):
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/api/v1/docs")
    assert violations(page, is_our_page=True) == []
    page.close()
