"""The page when a turn fails or is stopped: a sentence in the person's language, and on it goes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.domain.conversation import ErrorEvent, TokenEvent
from assistant.domain.language import Language
from tests.browser.conftest import OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import say
from tests.fakes import CONFIRM, SKILLS, ScriptedApplication, ScriptedSession, streamed

pytestmark = pytest.mark.browser

SCRIPT = (
    (TokenEvent("Jag tror"), RuntimeError("secret detail")),
    (ErrorEvent("Modellen svarar inte just nu."),),
    (TokenEvent("Ett långt svar"), 30.0),
    streamed(CONFIRM),
    (TokenEvent("Ett annat långt svar"), 30.0),
    streamed(CONFIRM),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with scripted_server(ScriptedApplication(SCRIPT)) as address:
        yield address


def test_a_failed_or_stopped_turn_is_told_and_the_conversation_goes_on(address: str, open_page: OpenPage):
    page = open_page(address)
    say(page, "ett")
    expect(page.locator(".step").get_by_text("Något gick fel hos mig")).to_be_visible()
    expect(page.get_by_text("secret detail")).to_have_count(0)
    say(page, "två")
    expect(page.locator(".step").get_by_text("Modellen svarar inte just nu.")).to_be_visible()
    say(page, "tre")
    stop(page, times=1)
    say(page, "fyra")
    page.get_by_role("button", name="Lastbilsförare").click()
    stop(page, times=2)
    say(page, "fem")
    expect(page.get_by_role("button", name="Lastbilsförare")).to_be_visible()
    expect(page.get_by_text("Task manually stopped.")).to_have_count(0)


def stop(page: Page, times: int) -> None:
    page.get_by_role("button", name="Stoppa svaret").click()
    # The page says it to a screen reader too, outside the conversation.
    expect(page.locator(".step").get_by_text("Jag har slutat skriva.")).to_have_count(times)


ANSWER_ELSEWHERE = """
(secret) => {
  window.elsewhere = new AbortController();
  const body = JSON.stringify({ message: 'hej' });
  const headers = { 'Content-Type': 'application/json' };
  const { signal } = window.elsewhere;
  fetch(`/api/v1/conversations/${secret}/messages`, { method: 'POST', body, headers, signal })
    .then((response) => response.text())
    .catch(() => undefined);
}
"""


def test_a_button_that_was_not_taken_can_be_pressed_again(open_page: OpenPage):
    script = (streamed(CONFIRM), (TokenEvent("Vänta"), 60.0), streamed(SKILLS))
    with scripted_server(ScriptedApplication(script)) as address:
        page = open_page(address)
        say(page, "Jag har kört lastbil")
        button = page.get_by_role("button", name="Lastbilsförare")
        button.wait_for()
        secret = page.evaluate("() => window.vagvisare.secret()")
        page.evaluate(ANSWER_ELSEWHERE, secret)
        until_answering(page, secret, is_answering=True)
        button.click()
        expect(page.get_by_text("Jag svarar fortfarande")).to_be_visible()
        expect(button).to_be_enabled()
        page.evaluate("() => window.elsewhere.abort()")
        until_answering(page, secret, is_answering=False)
        button.click()
        expect(page.get_by_role("checkbox", name="Lastning")).to_be_visible()


class Breaking(ScriptedSession):
    def strike_message(self, message_id: str) -> None:
        raise RuntimeError("secret detail")


class BreakingApplication(ScriptedApplication):
    def new_session(self, language: Language = Language.SV) -> ScriptedSession:
        return Breaking([], language)


def test_what_breaks_in_the_panel_is_told_there_and_its_text_not_logged(
    open_page: OpenPage, caplog: pytest.LogCaptureFixture
):
    with scripted_server(BreakingApplication()) as address:
        page = open_page(address)
        page.get_by_role("button", name="Visa mina uppgifter").click()
        message = page.locator(".vv-data li").filter(has_text="Jag har kört lastbil")
        message.get_by_role("button", name="Ta bort").click()
        message.get_by_role("button", name="Ja, ta bort").click()
        expect(message.get_by_role("alert")).to_contain_text("Försök igen om en stund")
    assert "RuntimeError" in caplog.text
    assert "secret detail" not in caplog.text


def until_answering(page: Page, secret: str, *, is_answering: bool) -> None:
    page.wait_for_function(
        "async ([secret, wanted]) => {"
        " const told = await (await fetch(`/api/v1/conversations/${secret}`)).json();"
        " return told.is_answering === wanted; }",
        arg=[secret, is_answering],
    )
