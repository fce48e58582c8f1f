"""The panel of own data in the real page: what is held is struck, changed, taken along and read in."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_journey import choose, say

pytestmark = pytest.mark.browser

SAID = "[data-step-type=user_message]"
LORRY = "concept:3MBw_pDA_P2F"


def panel(page: Page) -> Locator:
    """Open the panel of own data; on a phone, by way of the profile."""
    if page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}:
        page.locator("#vv-profile-toggle").click()
    page.get_by_role("button", name="Visa mina uppgifter").click()
    shown = page.locator(".vv-data")
    expect(shown).to_be_visible()
    return shown


def told(open_page: OpenPage, address: str, size: tuple[int, int] = DESKTOP) -> Page:
    page = open_page(address, size)
    say(page, "Jag har kört lastbil i Syrien i sju år")
    choose(page, LORRY)
    return page


def row(shown: Locator, text: str) -> Locator:
    return shown.locator("li").filter(has_text=text).first


def test_an_item_is_struck_after_one_question(address: str, open_page: OpenPage):
    page = told(open_page, address)
    shown = panel(page)
    work = row(shown, "Lastbilsförare, 7 år, Syrien")
    expect(work).to_contain_text("Du skrev: ”Jag har kört lastbil i Syrien i sju år”")
    work.get_by_role("button", name="Ta bort: Lastbilsförare").click()
    expect(work.get_by_role("button", name="Nej, behåll")).to_be_focused()
    page.keyboard.press("Escape")
    expect(work.get_by_role("button", name="Ta bort: Lastbilsförare")).to_be_focused()
    page.keyboard.press("Enter")
    work.get_by_role("button", name="Ja, ta bort").click()
    expect(shown.get_by_text("Lastbilsförare, 7 år")).to_have_count(0)
    expect(shown.get_by_role("status")).to_have_text("Borttaget.")
    expect(shown.locator(":focus")).to_have_count(1)


def test_a_message_is_struck_from_the_page_too(address: str, open_page: OpenPage):
    page = told(open_page, address)
    shown = panel(page)
    message = shown.locator("li").filter(has_text="Du skrev, meddelande 1")
    message.get_by_role("button", name=re.compile("^Ta bort")).click()
    message.get_by_role("button", name="Ja, ta bort").click()
    expect(shown.get_by_role("status")).to_have_text("Borttaget.")
    expect(page.get_by_text("kört lastbil i Syrien")).to_have_count(0)
    expect(row(shown, "Lastbilsförare")).to_contain_text("Från ditt meddelande 1, som du har tagit bort")


def test_an_item_is_changed_by_keyboard(address: str, open_page: OpenPage):
    page = told(open_page, address)
    shown = panel(page)
    row(shown, "Lastbilsförare").get_by_role("button", name="Ändra: Lastbilsförare").press("Enter")
    expect(shown.get_by_label("Vad arbetet heter")).to_be_focused()
    shown.get_by_label("Antal år").fill("9")
    shown.get_by_label("Land").fill("Libanon")
    page.keyboard.press("Enter")
    changed = row(shown, "Lastbilsförare, 9 år, Libanon")
    expect(changed).to_contain_text("Du ändrade det själv")
    expect(shown.get_by_role("status")).to_have_text("Ändrat.")


def test_a_change_that_does_not_fit_is_told(address: str, open_page: OpenPage):
    page = told(open_page, address)
    shown = panel(page)
    row(shown, "Lastbilsförare").get_by_role("button", name="Ändra: Lastbilsförare").click()
    shown.get_by_label("Land").fill("Atlantis")
    page.keyboard.press("Enter")
    expect(shown.get_by_role("status")).to_contain_text("Det gick inte att ändra så.")
    expect(row(shown, "Lastbilsförare, 7 år, Syrien")).to_be_visible()


def test_own_data_goes_out_and_comes_in_on_a_phone(address: str, open_page: OpenPage, tmp_path: Path):
    page = told(open_page, address, PHONE)
    shown = panel(page)
    with page.expect_download() as download:
        shown.get_by_role("button", name="Spara som fil").click()
    assert download.value.suggested_filename == "vagvisare-mitt-samtal.json"
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    held = json.loads(file.read_text(encoding="utf-8"))
    assert held["format"] == "vagvisare"
    assert held["profile"]["experiences"][0]["title"] == "Lastbilsförare"

    other = open_page(address, PHONE)
    shown = panel(other)
    shown.get_by_label("Läs in en fil").set_input_files(file)
    expect(shown.get_by_role("status")).to_have_text("Filen är inläst.")
    expect(row(shown, "Lastbilsförare, 7 år, Syrien")).to_be_visible()
    expect(other.get_by_text("Välkommen tillbaka.")).to_have_count(1)


def test_a_file_that_is_not_ours_changes_nothing(address: str, open_page: OpenPage, tmp_path: Path):
    page = told(open_page, address)
    file = tmp_path / "other.json"
    file.write_text('{"format": "another"}', encoding="utf-8")
    shown = panel(page)
    shown.get_by_label("Läs in en fil").set_input_files(file)
    expect(shown.get_by_role("status")).to_contain_text("Filen går inte att läsa in.")
    expect(row(shown, "Lastbilsförare")).to_be_visible()


def test_what_fails_without_a_connection_is_told_and_can_be_tried_again(
    address: str, open_page: OpenPage, tmp_path: Path
):
    page = told(open_page, address)
    shown = panel(page)
    work = row(shown, "Lastbilsförare, 7 år, Syrien")
    work.get_by_role("button", name="Ta bort: Lastbilsförare").click()
    page.route("**/project/action", lambda route: route.abort("internetdisconnected"))
    work.get_by_role("button", name="Ja, ta bort").click()
    expect(work.get_by_role("alert")).to_contain_text("Försök igen om en stund")
    file = tmp_path / "mina-uppgifter.json"
    file.write_text('{"format": "vagvisare"}', encoding="utf-8")
    shown.get_by_label("Läs in en fil").set_input_files(file)
    expect(shown.get_by_role("alert")).to_have_count(2)
    page.unroute("**/project/action")
    work.get_by_role("button", name="Ja, ta bort").click()
    expect(shown.get_by_text("Lastbilsförare, 7 år")).to_have_count(0)
    expect(shown.get_by_role("alert")).to_have_count(0)
