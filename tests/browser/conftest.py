"""A headless Chromium, and pages in it that count what they ask of other hosts."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.served import real_server

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
DESKTOP = (1280, 900)
PHONE = (390, 844)

# Chainlit gives the title of its side panel an id of its own, and the dialog then does not find it.
NOT_OURS = "`DialogContent` requires a `DialogTitle`"
# What the browser and Chainlit write of a connection that a test has taken away.
OFFLINE = (
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "TypeError: Failed to fetch",
)
# And of an answer that refuses a file.
REFUSED = "/files"

OpenPage = Callable[..., Page]


# Not for the whole session: the loop that Playwright keeps would stop asynchronous tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product as it is started for real, without public sources; each page has its own conversation.

    Modules with a server of their own have a fixture of this name too.
    """
    with real_server(index_dir, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a page; afterwards, what it asked of other hosts and what went wrong in it must be nothing."""
    foreign: list[str] = []
    errors: list[str] = []
    contexts = []

    def open_page(
        address: str,
        size: tuple[int, int] = DESKTOP,
        locale: str = "sv-SE",
        *,
        script: str = "",
        **more: str,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        # What the browser itself is to be like, before any script of the page runs.
        context.add_init_script(script)
        page = context.new_page()
        own = urlsplit(address).netloc

        def note(url: str) -> None:
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own:
                foreign.append(url)

        def note_error(message: ConsoleMessage) -> None:
            text = message.text
            is_ours = not text.startswith(NOT_OURS) and not any(each in text for each in OFFLINE)
            if message.type == "error" and is_ours and REFUSED not in message.location["url"]:
                errors.append(text)

        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note_error)
        page.goto(address)
        page.locator(".vv-bar").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert foreign == []
    assert errors == []
