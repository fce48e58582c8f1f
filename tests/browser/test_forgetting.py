"""What is said on the page is on no disk in plain text, and nowhere at all after "Forget me"."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.served import running_server
from tests.browser.test_page import say
from tests.disk import found_on_disk, pieces_of, saved_rows, settings_within
from tests.documents.files import docx_of

pytestmark = pytest.mark.browser

# No words of any language, so that whatever holds one has it from the person.
SPOKEN, IN_FILE, UNSENT = "qvarnzimt", "wexfjord", "tjorvwick"


def test_nothing_is_left_on_disk(index_dir: Path, tmp_path: Path, open_page: OpenPage):
    with running_server(index_dir, tmp_path, settings_within(tmp_path)) as running:
        page = open_page(running.address)
        secret = str(page.evaluate("() => window.vagvisare.secret()"))
        say(page, f"Jag har kört lastbil på {SPOKEN} i sju år")
        page.get_by_role("button", name="Lastbilsförare", exact=True).first.click()
        # Whatever an answer brings closes the panel.
        page.get_by_text("Jag har skrivit upp").first.wait_for()
        page.locator("#stop-button").wait_for(state="detached")
        page.get_by_role("button", name="Spara samtalet").first.click()
        page.get_by_role("button", name="Ja, spara mitt samtal").click()
        expect(page.locator("#vv-link")).to_have_value(f"{running.address}/#resume={secret}")
        cv = docx_of("Arbetslivserfarenhet", f"Kock, Restaurang {IN_FILE}, 2015-2019", "Svenska: flytande")
        address = f"{running.address}/api/v1/conversations/{secret}"
        read = page.request.post(f"{address}/files", data=cv)
        assert read.ok
        page.locator("#chat-input").fill(UNSENT)
        (sealed,) = saved_rows(tmp_path)
        assert found_on_disk(tmp_path, SPOKEN, IN_FILE, UNSENT, secret) == []
        # The tab comes back to its conversation, with the panel closed.
        page.reload()
        page.get_by_role("button", name="Glöm mig").first.click()
        page.get_by_role("button", name="Ja, glöm allt").click()
        expect(page.locator("[data-step-type=user_message]")).to_have_count(0)
        assert page.request.get(address).status == 404
        # Before the server ends, which the page would call an error.
        page.close()
    assert saved_rows(tmp_path) == []
    assert found_on_disk(tmp_path, SPOKEN, IN_FILE, UNSENT, secret, *pieces_of(sealed)) == []


def test_forgetting_that_fails_says_so_and_can_be_tried_again(
    index_dir: Path, tmp_path: Path, open_page: OpenPage
):
    database = tmp_path / "data" / "conversations.sqlite"
    with running_server(index_dir, tmp_path, settings_within(tmp_path)) as running:
        page = open_page(running.address)
        say(page, f"Jag har kört lastbil på {SPOKEN} i sju år")
        # Whatever an answer brings closes the panel.
        page.get_by_role("button", name="Lastbilsförare", exact=True).first.wait_for()
        page.locator("#stop-button").wait_for(state="detached")
        page.get_by_role("button", name="Spara samtalet").first.click()
        page.get_by_role("button", name="Ja, spara mitt samtal").click()
        page.locator("#vv-link").wait_for()
        page.keyboard.press("Escape")
        stored = database.read_bytes()
        database.write_bytes(b"no database" * 100)
        page.get_by_role("button", name="Glöm mig").first.click()
        page.get_by_role("button", name="Ja, glöm allt").click()
        expect(page.get_by_role("alert")).to_contain_text("Inget är borttaget")
        expect(page.locator("[data-step-type=user_message]")).to_contain_text(SPOKEN)
        database.write_bytes(stored)
        page.get_by_role("button", name="Ja, glöm allt").click()
        expect(page.locator("[data-step-type=user_message]")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.close()
    assert saved_rows(tmp_path) == []
