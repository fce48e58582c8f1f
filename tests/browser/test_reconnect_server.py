"""A server that is started anew, with a conversation that was saved and with one that was not."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import free_port, running_server
from tests.browser.test_journey import LORRY, say
from tests.browser.test_reconnect import BANNER, LOST, SAID, reload, secret_of

pytestmark = pytest.mark.browser

CONFIRM = f'[data-choice="concept:{LORRY.concept_id}"]'
# The page tries again every few seconds, and a server that starts keeps the machine busy.
RECONNECTED_MS = 30_000


@dataclass
class Restarted:
    """The product on one port, which can be stopped and started again; once started it serves all tests."""

    index_dir: Path
    folder: Path
    port: int = field(default_factory=free_port)
    running: ExitStack = field(default_factory=ExitStack)
    address: str = ""

    def start(self) -> None:
        offline = {"LIVE_SOURCES": "false"}
        server = running_server(self.index_dir, self.folder, offline, self.port)
        self.address = self.running.enter_context(server).address

    def stop(self) -> None:
        self.running.close()


@pytest.fixture(scope="module")
def server(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    """The product, running; a test leaves it running again."""
    server = Restarted(index_dir, tmp_path_factory.mktemp("elsewhere"))
    with server.running:
        server.start()
        yield server


def restart(server: Restarted, page: Page) -> None:
    server.stop()
    expect(page.locator(BANNER)).to_contain_text(LOST, timeout=RECONNECTED_MS)
    server.start()


def save(page: Page) -> str:
    # Whatever an answer brings closes the panel.
    expect(page.locator("[data-step-type]").last).to_have_attribute("data-step-type", "assistant_message")
    page.locator("#stop-button").wait_for(state="detached")
    page.get_by_role("button", name="Spara samtalet").click()
    panel = page.locator("#side-view-content")
    expect(panel).to_contain_text("Bara den som har länken")
    panel.get_by_label("7 dagar").check()
    panel.get_by_role("button", name="Ja, spara mitt samtal").click()
    expect(panel.get_by_role("status").first).to_contain_text("Sparat till")
    link = panel.get_by_label("Din länk").input_value()
    page.keyboard.press("Escape")
    return link


def test_a_saved_conversation_outlives_the_server_and_opens_by_its_link(
    server: Restarted, open_page: OpenPage
):
    address = server.address
    page = open_page(address)
    say(page, LORRY.work)
    link = save(page)
    assert link == f"{address}/#resume={secret_of(page)}"
    expect(page.locator("#vv-profile")).to_contain_text("Sparat till")
    page.locator("#chat-input").fill("Halvfärdigt")
    restart(server, page)
    expect(page.locator(BANNER)).not_to_contain_text(LOST, timeout=RECONNECTED_MS)
    expect(page.locator("#chat-input")).to_have_value("Halvfärdigt")
    page.locator(CONFIRM).click()
    expect(page.locator(SAID)).to_have_count(2)
    reload(page)
    expect(page.locator(SAID)).to_have_count(2)

    elsewhere = open_page(link)
    expect(elsewhere).to_have_url(f"{address}/")
    expect(elsewhere.locator(BANNER)).to_contain_text("med en länk")
    expect(elsewhere.locator(SAID)).to_have_text(page.locator(SAID).all_inner_texts())
    elsewhere.get_by_role("button", name="Spara samtalet").click()
    panel = elsewhere.locator("#side-view-content")
    panel.get_by_role("button", name="Sluta spara").click()
    expect(panel).to_contain_text("inte sparat längre")
    expect(page.locator("#vv-profile")).not_to_contain_text("Sparat till")


def test_a_conversation_that_went_with_the_server_can_still_be_read_and_a_new_one_begun(
    server: Restarted, open_page: OpenPage
):
    page = open_page(server.address)
    say(page, LORRY.work)
    restart(server, page)
    gone = "Servern har inte kvar det här samtalet"
    expect(page.locator(BANNER)).to_contain_text(gone, timeout=RECONNECTED_MS)
    expect(page.locator(SAID)).to_have_text([re.compile(LORRY.work)])
    page.locator(BANNER).get_by_role("button", name="Börja ett nytt samtal").click()
    expect(page.locator(SAID)).to_have_count(0)
    say(page, LORRY.work)
    expect(page.locator(CONFIRM)).to_be_visible()


def test_a_reload_after_the_server_was_started_anew_begins_anew_and_says_so(
    server: Restarted, open_page: OpenPage
):
    page = open_page(server.address)
    say(page, LORRY.work)
    page.locator("#chat-input").fill("Halvfärdigt")
    server.stop()
    server.start()
    reload(page)
    expect(page.locator(BANNER)).to_contain_text("Ditt förra samtal finns inte kvar")
    expect(page.locator("#chat-input")).to_have_value("Halvfärdigt")
    page.locator(BANNER).get_by_role("button", name="Stäng").click()
    expect(page.locator(BANNER)).to_be_empty()
