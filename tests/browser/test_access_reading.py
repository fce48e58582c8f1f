"""Help to read: aloud, in both languages, in simpler words, and with hard words explained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Page, expect

from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import say
from tests.fakes import CARDS, CONFIRM, PATHS, WELCOME, ScriptedApplication, streamed

pytestmark = pytest.mark.browser

ASKED = replace(CONFIRM, text="Jag tror att det är **Lastbilsförare** [1]. Har du haft praktik?")
SCRIPT = (streamed(ASKED, "find_occupations"), streamed(PATHS, "suggest_paths"))
IN_ENGLISH = (
    replace(
        WELCOME,
        text="Hello! I am an AI. What work have you done?",
        choices=(Choice("start:work", "I have worked"), Choice("language:sv", "Svenska")),
    ),
    replace(
        PATHS,
        language=Language.EN,
        text="Here are your ways forward [1].",
        paths=tuple(replace(card, label=f"{card.label} (en)", matched=("Loading",)) for card in CARDS),
    ),
)
# The browser's own speech, which no test can hear.
SPEECH = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => VOICES.map((lang) => ({ lang, name: lang })),
  addEventListener: () => undefined,
  speak: (utterance) => {
    window.spoken.push([utterance.lang, utterance.text]);
    if (!window.isSlow) setTimeout(() => utterance.onend?.(), 1);
  },
  cancel: () => window.spoken.push(['', 'stopped'])
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def speech(*voices: str) -> str:
    return SPEECH.replace("VOICES", str(list(voices)))


@dataclass(frozen=True)
class Served:
    address: str
    application: ScriptedApplication


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    application = ScriptedApplication(SCRIPT, retold=IN_ENGLISH)
    with scripted_server(application) as address:
        yield Served(address, application)


def show_both(page: Page) -> None:
    page.locator("#vv-menu-toggle").click()
    page.locator("#vv-both").click()
    expect(page.locator("#vv-both")).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Escape")


def spoken(page: Page) -> list[list[str]]:
    return [each for each in page.evaluate("() => window.spoken") if each[0]]


def test_an_answer_is_read_in_its_language_without_markers_and_stops_for_a_new_one(
    served: Served, open_page: OpenPage
):
    page = open_page(served.address, script=speech("en-GB", "sv-SE"))
    say(page, "Jag har kört lastbil")
    page.locator("[data-choice^='concept:']").wait_for()
    page.get_by_role("button", name="Läs upp").last.click()
    page.wait_for_function("() => window.spoken.at(-1)[1] === 'stopped'")
    assert spoken(page) == [
        ["sv-SE", "Jag tror att det är Lastbilsförare."],
        ["sv-SE", "Har du haft praktik?"],
        ["sv-SE", "Lastbilsförare"],
        ["sv-SE", "Inget av dem"],
    ]
    expect(page.get_by_role("button", name="Läs upp")).to_have_count(2)

    page.evaluate("() => { window.isSlow = true; window.spoken = []; }")
    page.get_by_role("button", name="Läs upp").last.click()
    expect(page.get_by_role("button", name="Stoppa uppläsningen")).to_have_count(1)
    page.get_by_role("button", name="Inget av dem").click()
    page.locator(".vv-path").last.wait_for()
    assert page.evaluate("() => window.spoken.at(-1)[1]") == "stopped"
    expect(page.get_by_role("button", name="Stoppa uppläsningen")).to_have_count(0)


def test_a_device_without_a_swedish_voice_is_told_so(served: Served, open_page: OpenPage):
    page = open_page(served.address, script=speech("en-GB"))
    page.get_by_role("button", name="Läs upp").click()
    expect(page.locator(".vv-aloud [role=status]")).to_contain_text("ingen svensk röst")
    assert spoken(page) == []


def test_without_speech_there_is_no_button(served: Served, open_page: OpenPage):
    page = open_page(
        served.address, script="Object.defineProperty(window, 'speechSynthesis', { value: undefined })"
    )
    page.locator(".vv-choices").wait_for()
    expect(page.get_by_role("button", name="Läs upp")).to_have_count(0)


@pytest.mark.parametrize("size", [(1280, 900), PHONE], ids=["desktop", "phone"])
def test_both_languages_stand_line_by_line_in_text_cards_and_buttons(
    served: Served, open_page: OpenPage, size: tuple[int, int]
):
    page = open_page(served.address, size, script=speech("en-GB", "sv-SE"))
    show_both(page)
    welcome = page.locator(".message-content").first
    expect(welcome.locator(".vv-told > p")).to_have_text(
        "Hej! Jag är en AI. Vad har du arbetat med?Hello! I am an AI. What work have you done?"
    )
    expect(welcome.locator(".vv-told .vv-other")).to_have_attribute("lang", "en")
    expect(welcome.get_by_role("button", name="Jag har arbetat I have worked")).to_be_visible()
    welcome.get_by_role("button", name="Läs upp").click()
    page.wait_for_function("() => window.spoken.length > 4")
    assert ["en-GB", "What work have you done?"] in spoken(page)

    say(page, "Jag har kört lastbil")
    # This one cannot be told again, and that is said.
    expect(page.get_by_text("Jag kan inte visa det här svaret på engelska just nu.")).to_be_visible()
    page.get_by_role("button", name="Inget av dem").click()
    path = page.locator(".vv-path").first
    expect(path.get_by_role("heading", level=3)).to_have_text("LastbilsförareLastbilsförare (en)")
    expect(path.locator(".vv-badge .vv-other")).to_have_text("You fit now")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= size[0]

    page.locator("#vv-menu-toggle").click()
    page.locator("#vv-both").click()
    expect(path.locator(".vv-other")).to_have_count(0)
    expect(page.locator("#vv-both")).to_be_focused()


def test_a_hard_word_is_explained_where_it_stands(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    say(page, "Jag har kört lastbil")
    word = page.locator("a[href='#word-praktik']")
    expect(word).to_have_text("praktik")
    expect(word).to_have_css("text-decoration-style", "dotted")
    word.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="praktik")
    expect(box).to_be_visible()
    expect(box.locator("[lang=en]")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()
    assert page.url.endswith("/")


def test_simpler_text_is_asked_for_in_the_menu(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.locator("#vv-menu-toggle").click()
    page.get_by_role("switch", name="Enklare text").click()
    page.locator("[data-step-type=user_message]").get_by_text(re.compile("Enklare text")).wait_for()
    assert served.application.sessions[-1].calls[-1].choice_id == "plain:simple"


def test_what_was_said_keeps_its_language(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.locator("#vv-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    said = page.locator("[data-step-type=assistant_message]")
    expect(said.first).to_have_attribute("lang", "sv")
    expect(said.last).to_have_attribute("lang", "en")
