"""The real thing, as `make run` starts it: from the welcome to the paths and their sources.

With SCREENSHOTS=1 it also takes the pictures in `docs/screenshots/`.
"""

import os
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from assistant.settings import PROJECT_DIR
from tests.browser.conftest import DESKTOP, PHONE, OpenPage

pytestmark = pytest.mark.browser

SAID = "[data-step-type=user_message]"
ANSWERED = "[data-step-type=assistant_message]"
PICTURES = PROJECT_DIR / "docs" / "screenshots"


@dataclass(frozen=True)
class Journey:
    device: str
    locale: str
    size: tuple[int, int]
    work: str
    concept_id: str
    day: str
    answers: tuple[str, ...]


LORRY = Journey(
    device="desktop",
    locale="sv-SE",
    size=DESKTOP,
    work="Jag har kört lastbil i Syrien i sju år",
    concept_id="3MBw_pDA_P2F",
    day="Jag lastade och lossade varor och planerade rutter",
    answers=("Gymnasiet, Syrien", "Arabiska modersmål och lite svenska. Körkort B och C"),
)
NURSE = Journey(
    device="phone",
    locale="en-GB",
    size=PHONE,
    work="I have worked as a nurse in Iran for 5 years",
    concept_id="Z8ci_bBE_tmx",
    day="I gave medicine and looked after patients",
    answers=("Bachelor in nursing, Iran", "Persian, English and a little Swedish. Driving licence B"),
)


@pytest.mark.parametrize("journey", [LORRY, NURSE], ids=lambda journey: journey.device)
def test_from_the_welcome_to_a_cited_path(address: str, open_page: OpenPage, journey: Journey):
    page = open_page(address, journey.size, journey.locale)
    picture(page, f"welcome-{journey.device}")
    say(page, journey.work)
    picture(page, f"confirm-{journey.device}")
    choose(page, f"concept:{journey.concept_id}")
    say(page, journey.day)
    page.locator(".vv-skills").wait_for()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("checkbox").nth(1).check()
    picture(page, f"skills-{journey.device}")
    press(page, ".vv-skills .vv-primary")
    choose(page, "no")
    choose(page, "no")
    for answer in journey.answers:
        say(page, answer)
    choose(page, "wish:same_work")

    paths = page.locator(".vv-path")
    paths.first.wait_for()
    assert paths.count() >= 3
    if journey.size == PHONE:  # where the source will cover the paths
        picture(page, "paths-phone")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= journey.size[0]

    paths.first.locator("a.vv-marker").first.click()
    panel = page.locator("#side-view-content")
    expect(panel.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    expect(panel.locator("blockquote")).not_to_be_empty()
    picture(page, "source-phone" if journey.size == PHONE else "paths-desktop")


def test_the_language_can_be_changed_in_the_middle(address: str, open_page: OpenPage):
    page = open_page(address)
    say(page, LORRY.work)
    press(page, "#vv-language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".ai-message").last).not_to_contain_text("Stämmer det?")
    expect(page.locator("#chat-input")).to_have_attribute("placeholder", re.compile("^Write"))


def test_a_question_in_the_middle_is_answered_with_a_source(address: str, open_page: OpenPage):
    page = open_page(address, locale="en-GB")
    say(page, "What is SFI?")
    expect(page.locator(".message-content a.vv-marker").first).to_be_visible()


def say(page: Page, text: str) -> None:
    said = page.locator(SAID).count()
    page.locator("#chat-input").fill(text)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.locator(SAID).last).to_contain_text(text)
    answered(page, said)


def choose(page: Page, choice_id: str) -> None:
    press(page, f'[data-choice="{choice_id}"]:visible')


def press(page: Page, selector: str) -> None:
    said = page.locator(SAID).count()
    page.locator(selector).click()
    answered(page, said)


def answered(page: Page, said: int) -> None:
    """Wait until the message after the first `said` ones has come up and its answer is whole."""
    expect(page.locator(SAID)).to_have_count(said + 1)
    page.locator(f":nth-match({SAID}, {said + 1}) ~ {ANSWERED}").last.wait_for()
    page.locator("#stop-button").wait_for(state="detached")


def picture(page: Page, name: str) -> None:
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(1500)
        page.screenshot(path=PICTURES / f"{name}.png")
