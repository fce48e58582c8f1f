"""A CV handed over as a file in the page: progress, cancel, files that cannot be read, keeping some of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.evals.cvs.make_cvs import make_cvs

pytestmark = pytest.mark.browser

SAID = "[data-step-type=user_message]"
# Reading takes half a second, and much longer where many tests run.
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented CVs, and files that are none."""
    made = tmp_path_factory.mktemp("cvs")
    make_cvs(made)
    (made / "picture.png").write_bytes(b"\x89PNG" + bytes(200))
    (made / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (made / "huge.pdf").write_bytes(b"%PDF-1.7" + bytes(5_000_001))
    return made


@dataclass(frozen=True)
class Handed:
    """A CV, the piece that is struck, and what the profile then holds and lacks."""

    file: str
    locale: str
    size: tuple[int, int]
    struck: str
    holds: str
    lacks: str


HANDED = (
    Handed("sv-underskoterska.pdf", "sv-SE", PHONE, "2", "Kassapersonal", "Vårdbiträden"),
    Handed("en-accountant-table.docx", "en-GB", DESKTOP, "3", "Accountants", "aiters"),
)


@pytest.mark.parametrize("case", HANDED, ids=lambda case: case.file)
def test_some_of_a_cv_is_kept(address: str, folder: Path, open_page: OpenPage, case: Handed):
    page = open_page(address, case.size, case.locale)
    hand_over(page, folder / case.file)
    expect(page.locator("#vv-upload-progress")).to_be_visible()
    boxes = page.locator(".vv-piece-group input")
    expect(boxes.first).to_be_checked(timeout=PATIENCE_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(f"[data-choice='piece:{case.struck}'] input").uncheck()
    # What was ticked survives a reload.
    page.reload()
    struck = page.locator(f"[data-choice='piece:{case.struck}'] input")
    expect(struck).not_to_be_checked(timeout=PATIENCE_MS)
    page.locator(".vv-pieces .vv-primary").click()
    expect(page.locator(SAID)).to_have_count(2, timeout=PATIENCE_MS)
    profile = page.locator("#vv-profile")
    expect(profile).to_contain_text(case.holds, timeout=PATIENCE_MS)
    assert case.lacks not in profile.inner_text()


def test_a_file_that_is_cancelled_leaves_nothing_and_may_be_sent_again(
    address: str, folder: Path, open_page: OpenPage
):
    page = open_page(address)
    hand_over(page, folder / "sv-lastbil.docx")
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_role("button", name="Välj en fil")).to_be_visible()
    page.locator("#vv-file").set_input_files(folder / "sv-lastbil.docx")
    expect(page.locator(".vv-pieces")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(SAID)).to_have_count(1)


def test_a_file_that_cannot_be_read_is_told_of_and_another_may_be_chosen(
    address: str, folder: Path, open_page: OpenPage
):
    page = open_page(address)
    problem = page.get_by_role("alert")
    hand_over(page, folder / "picture.png")
    expect(problem).to_contain_text("Spara den som PDF eller DOCX")
    for name, told in (("huge.pdf", "högst 5 MB"), ("broken.pdf", "gick inte att läsa")):
        page.locator("#vv-file").set_input_files(folder / name)
        expect(problem).to_contain_text(told, timeout=PATIENCE_MS)
    page.locator("#vv-file").set_input_files(folder / "sv-kock-felstavat.pdf")
    expect(page.locator(".vv-pieces")).to_be_visible(timeout=PATIENCE_MS)


def test_the_same_file_is_noticed_and_read_again_on_request(address: str, folder: Path, open_page: OpenPage):
    page = open_page(address)
    hand_over(page, folder / "sv-forskare.pdf")
    expect(page.locator(".vv-pieces")).to_be_visible(timeout=PATIENCE_MS)
    page.locator("#vv-menu-toggle").click()
    page.locator("#vv-menu").get_by_role("button", name="Ladda upp cv").click()
    page.locator("#vv-file").set_input_files(folder / "sv-forskare.pdf")
    expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Läs filen igen").click()
    expect(page.locator(SAID)).to_have_count(2, timeout=PATIENCE_MS)
    expect(page.locator(".ai-message").last).to_contain_text("läst förut")


def hand_over(page: Page, file: Path) -> None:
    """Open the dialog from the welcome and choose a file."""
    page.locator("#vv-upload").click()
    page.locator("#vv-file").set_input_files(file)
