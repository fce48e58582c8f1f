"""A connection that is lost in the middle of an answer: the answer is made all the same, and shown whole."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from assistant.domain.conversation import TokenEvent
from tests.browser.conftest import OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import SCRIPT, Served, say
from tests.browser.test_reconnect import SAID, reload
from tests.fakes import CONFIRM, ScriptedApplication, streamed

pytestmark = pytest.mark.browser

# An answer that takes long enough for the connection to be lost in the middle of it.
SLOW = (TokenEvent("Jag "), 3.0, *streamed(CONFIRM, "find_occupations"))


@pytest.fixture(scope="module")
def slow() -> Iterator[Served]:
    application = ScriptedApplication((SLOW, *SCRIPT))
    with scripted_server(application) as address:
        from chainlit.config import config

        # A phone that sleeps longer than Chainlit waits for it.
        before, config.project.session_timeout = config.project.session_timeout, 1
        yield Served(address, application)
        config.project.session_timeout = before


def test_an_answer_that_comes_while_there_is_no_connection_is_shown_whole(slow: Served, open_page: OpenPage):
    page = open_page(slow.address)
    say(page, "Jag har kört lastbil")
    expect(page.get_by_text("Jag", exact=True)).to_be_visible()
    page.context.set_offline(True)
    page.wait_for_timeout(2500)
    page.context.set_offline(False)
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    expect(page.locator(".step").get_by_text("EU:s regler gäller.")).to_have_count(1)
    expect(page.locator("#stop-button")).to_have_count(0)
    assert len(slow.calls) == 1


def test_a_reload_while_the_answer_is_written_shows_it_whole(slow: Served, open_page: OpenPage):
    page = open_page(slow.address)
    say(page, "Jag har kört lastbil")
    expect(page.get_by_text("Jag", exact=True)).to_be_visible()
    reload(page)
    page.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("button", name="Lastbilsförare").click()
    page.get_by_role("checkbox", name="Lastning").wait_for()


def test_a_phone_that_sleeps_long_finds_the_answer_when_it_wakes_and_goes_on(
    slow: Served, open_page: OpenPage
):
    page = open_page(slow.address)
    say(page, "Jag har kört lastbil")
    expect(page.get_by_text("Jag", exact=True)).to_be_visible()
    page.context.set_offline(True)
    page.wait_for_timeout(6000)
    page.context.set_offline(False)
    page.get_by_role("button", name="Lastbilsförare").wait_for()
    expect(page.locator(SAID)).to_have_count(1)
    page.get_by_role("button", name="Lastbilsförare").click()
    expect(page.locator(SAID)).to_have_count(2)
    say(page, "Jag kan lasta")
    page.get_by_role("checkbox", name="Lastning").wait_for()
    assert len(slow.calls) == 3
