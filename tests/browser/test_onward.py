"""The real thing for somebody who knows what they want: an occupation, a comparison, a plan, their pictures.

The public sources are the stand-in. With SCREENSHOTS=1 it also takes the pictures in `docs/screenshots/`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.served import real_server
from tests.browser.test_journey import PICTURES, choose, say
from tests.live import SOURCES
from tests.standin.server import StandIn

pytestmark = [pytest.mark.browser, pytest.mark.shared]


@pytest.fixture(scope="module")
def address(
    index_dir: Path, standin: StandIn, shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    # The stand-in reads its data when it is first asked.
    patience = {"HTTP_TIMEOUT_S": "40", "HTTP_DEADLINE_S": "60"}
    sources = {f"{name.upper()}_URL": standin.url(name) for name in SOURCES} | patience
    with real_server(index_dir, tmp_path_factory.mktemp("elsewhere"), sources) as address:
        yield address


@dataclass(frozen=True)
class Onward:
    device: str
    locale: str
    size: tuple[int, int]
    work: str
    concept_id: str
    about: str
    compare: str
    plan: tuple[str, ...]


LORRY = Onward(
    device="desktop",
    locale="sv-SE",
    size=DESKTOP,
    work="Jag har kört lastbil i Syrien i sju år",
    concept_id="3MBw_pDA_P2F",
    about="Berätta om yrket lastbilsförare i Malmö",
    compare="Jämför lastbilsförare och bussförare",
    plan=("Gör en plan för lastbilsförare", "Gymnasiet, Syrien", "Lite svenska. Körkort B"),
)
NURSE = Onward(
    device="phone",
    locale="en-GB",
    size=PHONE,
    work="I have worked as a nurse in Iran for 5 years",
    concept_id="Z8ci_bBE_tmx",
    about="Tell me more about nurse in Malmö",
    compare="Compare nurse and assistant nurse",
    plan=("Make a plan for nurse", "Bachelor in nursing, Iran", "A little Swedish. Driving licence B"),
)


@pytest.mark.parametrize("onward", [LORRY, NURSE], ids=lambda onward: onward.device)
def test_in_the_middle_of_the_interview_an_occupation_a_comparison_and_a_plan(
    address: str, open_page: OpenPage, onward: Onward
):
    page = open_page(address, onward.size, onward.locale)
    say(page, onward.work)
    choose(page, f"concept:{onward.concept_id}")
    for card, messages in (
        ("occupation", (onward.about,)),
        ("comparison", (onward.compare,)),
        ("plan", onward.plan),
    ):
        for message in messages:
            say(page, message)
        shown = page.locator(f".vv-{card}")
        expect(shown.locator("a.vv-marker").first).to_be_visible()
        expect(shown.get_by_role("heading").first).to_be_visible()
        assert page.evaluate("() => document.scrollingElement.scrollWidth") <= onward.size[0]
        picture_of(page, shown, f"{card}-{onward.device}")


def picture_of(page: Page, card: Locator, name: str) -> None:
    """Take a picture of a whole card, however tall."""
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": 3000})
        page.wait_for_timeout(1000)
        card.screenshot(path=PICTURES / f"{name}.png")
        page.set_viewport_size(size)
