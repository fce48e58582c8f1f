"""Reloads, lost connections, second tabs: no word is lost, and no answer that came meanwhile."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import SCRIPT, Served, say
from tests.fakes import ScriptedApplication

pytestmark = pytest.mark.browser

SAID = "[data-step-type=user_message]"
BANNER = ".vv-connection"
LOST = "Ingen kontakt just nu"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    application = ScriptedApplication(SCRIPT)
    with scripted_server(application) as address:
        yield Served(address, application)


def reload(page: Page) -> None:
    page.reload()
    page.locator(".vv-bar").wait_for()


def at_the_skills(page: Page) -> None:
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("checkbox", name="Lastning").check()


def test_a_reload_in_the_middle_shows_all_and_goes_on(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    at_the_skills(page)
    reload(page)
    expect(page.locator(SAID)).to_have_text(
        [re.compile("Jag har kört lastbil"), re.compile("Lastbilsförare")]
    )
    expect(page.get_by_text("Hej! Jag är en AI.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Lastning")).to_be_checked()
    expect(page.get_by_role("button", name="Inget av dem")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Behåll de markerade")).click()
    expect(page.locator(".vv-path")).to_have_count(3)
    reload(page)
    expect(page.locator(".vv-path")).to_have_count(3)
    expect(page.locator("#vv-profile")).to_contain_text("7 år, Syrien")
    page.locator(".vv-path a.vv-marker").first.click()
    expect(page.locator("#side-view-content blockquote")).to_be_visible()


def test_a_half_written_message_survives_a_reload_and_goes_when_it_is_sent(
    served: Served, open_page: OpenPage
):
    page = open_page(served.address)
    page.locator("#chat-input").fill("Jag har kört")
    reload(page)
    expect(page.locator("#chat-input")).to_have_value("Jag har kört")
    page.keyboard.press("End")
    page.locator("#chat-input").press_sequentially(" lastbil")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    reload(page)
    expect(page.locator("#chat-input")).to_have_value("")
    expect(page.locator(SAID)).to_have_text([re.compile("Jag har kört lastbil")])


def test_a_lost_connection_is_told_and_then_that_it_is_back(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.context.set_offline(True)
    expect(page.locator(BANNER)).to_contain_text(LOST)
    expect(page.locator(BANNER)).to_have_attribute("role", "status")
    page.locator("#chat-input").fill("Jag har kört lastbil")
    page.context.set_offline(False)
    expect(page.locator(BANNER)).to_contain_text("Kontakten är tillbaka")
    expect(page.locator("#chat-input")).to_have_value("Jag har kört lastbil")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lastbilsförare").wait_for()


def test_the_side_panel_stays_open_when_the_connection_is_back(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    page.get_by_role("button", name="Spara samtalet").click()
    panel = page.locator("#side-view-content")
    expect(panel).to_contain_text("Hur länge")
    page.locator("#chat-input").fill("Halvfärdigt")
    page.context.set_offline(True)
    expect(page.locator(BANNER)).to_contain_text(LOST)
    page.context.set_offline(False)
    expect(page.locator(BANNER)).to_contain_text("Kontakten är tillbaka")
    expect(page.locator(SAID)).to_have_count(1)
    expect(panel).to_contain_text("Hur länge")
    expect(page.locator("#chat-input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_message_sent_into_a_lost_connection_is_sent_once(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.locator("#chat-input").fill("Jag har kört lastbil")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator(BANNER)).to_contain_text(LOST)
    page.context.set_offline(False)
    expect(page.locator(BANNER)).to_contain_text("Kontakten är tillbaka")
    if page.locator("#chat-input").input_value():  # the page had noticed, and did not take it
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    expect(page.locator(SAID)).to_have_count(1)
    assert [call.message for call in served.calls] == ["Jag har kört lastbil"]


def test_a_second_tab_begins_its_own_conversation(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    second = second_tab(page.context, served.address)
    expect(second.locator(SAID)).to_have_count(0)
    say(second, "Jag är kock")
    second.get_by_role("button", name="Lastbilsförare").wait_for()
    expect(page.locator(SAID)).to_have_count(1)


def test_a_duplicated_tab_shows_the_same_and_what_is_said_in_either(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    copy = second_tab(page.context, f"{served.address}/#resume={secret_of(page)}")
    assert "resume" not in copy.url
    expect(copy.locator(SAID)).to_have_text([re.compile("Jag har kört lastbil")])
    copy.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("checkbox", name="Lastning").check()
    expect(page.locator(SAID)).to_have_count(2)
    page.get_by_role("button", name=re.compile("Behåll de markerade")).click()
    copy.locator(".vv-path").first.wait_for()
    expect(copy.locator(SAID)).to_have_count(3)


def test_the_back_button_leads_back_into_the_conversation(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    page.goto(f"{served.address}/health")
    page.go_back()
    page.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("checkbox", name="Lastning").wait_for()


def test_start_again_leaves_the_old_conversation_behind(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    session = served.application.sessions[-1]
    before = secret_of(page)
    page.get_by_role("button", name="Börja om").click()
    page.locator("#new-chat-dialog #confirm").click()
    expect(page.locator(SAID)).to_have_count(0)
    expect(page.get_by_text("Hej! Jag är en AI.")).to_be_visible()
    assert secret_of(page) != before
    assert session.forgotten


def test_forgetting_leaves_nothing_in_any_tab(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    secret = secret_of(page)
    copy = second_tab(page.context, f"{served.address}/#resume={secret}")
    copy.get_by_role("button", name="Lastbilsförare").wait_for()
    copy.locator("#chat-input").fill("En hemlighet")
    page.get_by_role("button", name="Glöm mig").click()
    page.get_by_role("button", name="Ja, glöm allt").click()
    for tab in (page, copy):
        expect(tab.locator(SAID)).to_have_count(0)
        expect(tab.get_by_text("Hej! Jag är en AI.")).to_be_visible()
        expect(tab.locator("#chat-input")).to_have_value("")
        assert secret_of(tab) != secret
        stored = tab.evaluate("() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
        assert "lastbil" not in stored
        assert "hemlighet" not in stored
        assert secret not in stored
    expect(copy.locator(BANNER)).to_contain_text("Samtalet är borttaget")
    reload(page)
    expect(page.locator(SAID)).to_have_count(0)
    gone = second_tab(page.context, f"{served.address}/#resume={secret}")
    expect(gone.locator(BANNER)).to_contain_text("finns inte kvar")
    expect(gone.locator(SAID)).to_have_count(0)


def second_tab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.locator(".vv-bar").wait_for()
    return page


def secret_of(page: Page) -> str:
    return str(page.evaluate("() => window.vagvisare.secret()"))
