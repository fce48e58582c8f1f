"""The page with a scripted conversation: what must hold whatever the guide says."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from assistant.domain.conversation import UserInput
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.served import scripted_server
from tests.fakes import CONFIRM, PATHS, SKILLS, SOURCES, ScriptedApplication, streamed

pytestmark = pytest.mark.browser

SCRIPT = (
    streamed(CONFIRM, "find_occupations", "note_progress"),
    streamed(SKILLS, "list_skills"),
    streamed(PATHS, "suggest_paths"),
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


def say(page: Page, text: str) -> None:
    page.locator("#chat-input").fill(text)
    page.keyboard.press("Enter")


def to_the_paths(page: Page) -> None:
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("checkbox", name="Lastning").check()
    page.get_by_role("button", name=re.compile("Behåll de markerade")).click()
    page.locator(".vv-path").first.wait_for()


def test_from_the_welcome_through_the_buttons_to_the_paths(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    expect(page.get_by_text("Hej! Jag är en AI.")).to_be_visible()
    to_the_paths(page)
    expect(page.locator(".vv-path")).to_have_count(3)
    expect(page.locator(".vv-badge")).to_have_text(["Du passar nu", "Ett steg bort", "Med utbildning"])
    assert [call.choice_id for call in served.calls] == [
        "",
        "concept:3MBw_pDA_P2F",
        "skills:keep:aaaa_bbb_001",
    ]


def test_tools_are_told_in_plain_words_and_housekeeping_is_not(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    expect(page.get_by_text("Letar efter yrken i det du skrev")).to_be_visible()
    expect(page.locator("[data-step-type=tool]")).to_have_count(1)


def test_buttons_go_when_one_is_chosen(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").click()
    expect(page.get_by_role("button", name="Inget av dem")).to_have_count(0)
    expect(page.locator("[data-step-type=user_message]").last).to_contain_text("Lastbilsförare")


def test_swedish_genitives_survive_the_markdown(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    expect(page.get_by_text("EU:s regler gäller.")).to_be_visible()


@pytest.mark.parametrize("where", [".message-content [role=article] a.vv-marker", ".vv-path a.vv-marker"])
def test_a_marker_opens_its_source_beside_the_conversation(served: Served, open_page: OpenPage, where: str):
    page = open_page(served.address)
    to_the_paths(page)
    page.locator(where).last.scroll_into_view_if_needed()
    page.locator(where).first.click()
    panel = page.locator("#side-view-content")
    source = SOURCES[0]
    for shown in (source.title, source.system, source.version, "20 november 2026", source.quote):
        expect(panel).to_contain_text(shown)
    link = panel.get_by_role("link")
    expect(link).to_have_attribute("href", source.url)
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_the_profile_and_the_steps_grow_in_place(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    profile = page.locator("#vv-profile")
    expect(profile).to_contain_text("Just nu är det tomt")
    to_the_paths(page)
    expect(profile).to_contain_text("Lastbilsförare")
    expect(profile).to_contain_text("7 år, Syrien")
    expect(page.locator("#vv-profile")).to_have_count(1)
    expect(page.locator(".vv-progress li[aria-current=step]")).to_have_text(re.compile("Vägar vidare"))


def test_the_language_changes_everywhere(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.locator("#vv-language").click()
    expect(page.get_by_text("Now in English.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#chat-input")).to_have_attribute("placeholder", "Write your answer or your question")
    expect(page.locator(".vv-phase-line").first).to_contain_text("Step 2 of 9")
    expect(page.locator("#readme-button")).to_have_text("About")


def test_an_english_browser_gets_english(served: Served, open_page: OpenPage):
    page = open_page(served.address, locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#readme-button")).to_have_text("About")
    assert served.application.sessions[-1].language == "en"


def test_what_is_held_can_be_seen(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.get_by_role("button", name="Visa mina uppgifter").click()
    expect(page.locator("#side-view-content")).to_contain_text("Jag har kört lastbil")


def test_forget_me_asks_once_and_starts_anew(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Inget av dem").wait_for()
    session = served.application.sessions[-1]
    page.get_by_role("button", name="Glöm mig").click()
    page.get_by_role("button", name="Ja, glöm allt").click()
    expect(page.get_by_text("Jag har kört lastbil")).to_have_count(0)
    expect(page.get_by_text("Hej! Jag är en AI.")).to_be_visible()
    assert session.forgotten
    assert served.application.sessions[-1] is not session


def test_everything_can_be_reached_by_keyboard(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    expect(page.locator("#chat-input")).to_be_focused()
    page.keyboard.type("Jag har kört lastbil")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    tab_to(page, "Lastbilsförare")
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Lastning").wait_for()
    tab_to(page, "Lastning")
    page.keyboard.press("Space")
    tab_to(page, "Behåll de markerade")
    page.keyboard.press("Enter")
    page.locator(".vv-path").first.wait_for()
    tab_to(page, "Visa källa 1")
    page.keyboard.press("Enter")
    expect(page.locator("#side-view-content h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#side-view-content")).to_have_count(0)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return '';"
            " return e.getAttribute('aria-label') || (e.labels?.[0] ?? e).innerText || '' }"
        )
        if name in focused:
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def test_controls_have_names(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    nameless = page.evaluate(
        "() => [...document.querySelectorAll('button, a, input, textarea')].filter(e => e.offsetParent"
        " && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []


def test_a_phone_needs_no_sideways_scroll(served: Served, open_page: OpenPage):
    page = open_page(served.address, PHONE)
    to_the_paths(page)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= PHONE[0]
    wide = page.evaluate(
        "() => [...document.querySelectorAll('#root *')]"
        ".filter(e => e.offsetParent && !e.closest('.vv-hidden') && e.getBoundingClientRect().right > 391)"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert wide == []
    page.get_by_role("button", name=re.compile("Min profil")).click()
    expect(page.locator("#vv-profile")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#vv-profile")).to_be_hidden()
    page.locator(".vv-path a.vv-marker").first.click()
    expect(page.locator("#side-view-content")).to_contain_text(SOURCES[0].quote)


def test_nothing_of_the_profile_is_written_to_disk(served: Served, open_page: OpenPage):
    from chainlit.config import FILES_DIRECTORY

    page = open_page(served.address)
    to_the_paths(page)
    written = [file for folder, _, files in os.walk(FILES_DIRECTORY) for file in files if folder]
    assert written == []


ASKED_TWICE = """
let fetched = window.fetch;
Object.defineProperty(window, 'fetch', {
  get: () => fetched,
  set: (own) => {
    fetched = own;
    const text = async () => (await own('/auth/config')).text();
    window.askedTwice = Promise.all([text(), text()]);
  }
});
"""


def test_what_is_fetched_early_can_be_read_by_two_askers(served: Served, open_page: OpenPage):
    page = open_page(served.address, script=ASKED_TWICE)
    one, other = page.evaluate("() => window.askedTwice")
    assert one
    assert one == other
