"""Taking along what was told: every format downloads from the panel and opens, by keyboard and on a phone."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_page import say, tab_to

pytestmark = pytest.mark.browser


def tell_of_work(page: Page) -> None:
    """Say what one has worked with, confirm it, and keep all its skills."""
    say(page, "Jag var snickare i fyra år i Syrien")
    for choice in ("concept:9mJN_VwW_Xjg", "skip"):
        page.locator(f"[data-choice='{choice}']").click()
    page.get_by_role("button", name="Alla stämmer").click()
    page.locator("#vv-profile li", has_text="Köksmontering").first.wait_for(state="attached")


def open_panel(page: Page) -> None:
    page.locator(".vv-bar").get_by_role("button", name="Ta med dig").click()
    page.locator(".vv-take").wait_for()


def download(page: Page, format: str) -> tuple[str, bytes]:
    """The name and the content of what a button gives."""
    with page.expect_download() as downloading:
        page.locator(f"[data-format='{format}']").click()
    return downloading.value.suggested_filename, downloading.value.path().read_bytes()


@dataclass(frozen=True)
class Case:
    format: str
    name: str
    opened: Callable[[bytes], str]


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def word_text(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def json_text(content: bytes) -> str:
    return json.dumps(json.loads(content), ensure_ascii=False)


def zip_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return "".join(json_text(files.read(name)) for name in files.namelist())


CASES = (
    Case("pdf", "mina-kunskaper.pdf", pdf_text),
    Case("docx", "mina-kunskaper.docx", word_text),
    Case("jsonresume", "mina-kunskaper-json-resume.json", json_text),
    Case("openbadges", "mina-kunskaper-open-badges.zip", zip_text),
    Case("elm", "mina-kunskaper-europass.jsonld", json_text),
    Case("json", "vagvisare-mitt-samtal.json", json_text),
)


def test_every_format_downloads_and_opens(address: str, open_page: OpenPage) -> None:
    page = open_page(address, DESKTOP)
    tell_of_work(page)
    open_panel(page)
    for case in CASES:
        name, content = download(page, case.format)
        assert name == case.name
        assert "Köksmontering" in case.opened(content), case.format
        again = page.get_by_role("link", name=f"Spara igen: {name}")
        expect(again).to_have_attribute("download", name)


def test_the_language_can_be_chosen_and_a_file_in_another_is_no_longer_offered(
    address: str, open_page: OpenPage
) -> None:
    page = open_page(address, DESKTOP)
    tell_of_work(page)
    open_panel(page)
    download(page, "pdf")
    page.get_by_label("Båda språken, sida vid sida").check()
    expect(page.get_by_role("link", name="Spara igen")).to_have_count(0)
    text = pdf_text(download(page, "pdf")[1])
    assert "Köksmontering" in text
    assert "Fitting kitchens" in text


def test_it_works_by_keyboard_on_a_phone_and_is_announced(address: str, open_page: OpenPage) -> None:
    page = open_page(address, PHONE)
    tell_of_work(page)
    page.locator("#vv-menu-toggle").click()
    page.locator("#vv-menu").get_by_role("button", name="Ta med dig").click()
    page.locator(".vv-take").wait_for()
    with page.expect_download() as downloading:
        tab_to(page, "Ladda ner som PDF")
        page.keyboard.press("Enter")
    assert downloading.value.suggested_filename == "mina-kunskaper.pdf"
    expect(page.get_by_role("status").filter(has_text="Filen är klar")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_what_goes_wrong_is_said_in_plain_words(address: str, open_page: OpenPage) -> None:
    page = open_page(address, DESKTOP)
    open_panel(page)
    page.context.set_offline(True)
    page.locator("[data-format='pdf']").click()
    expect(page.get_by_role("status").filter(has_text="Jag når inte servern")).to_be_visible()
    page.context.set_offline(False)


def test_the_conversation_leads_to_the_panel(address: str, open_page: OpenPage) -> None:
    page = open_page(address, DESKTOP)
    say(page, "Kan jag få det här som pdf?")
    expect(page.locator("[data-step-type=assistant_message]").last).to_contain_text("Ta med dig")
