"""The page on a slow connection: what goes over the wire, and how long until there is something to read.

`python -m benchmarks page` starts the product as `make run` does and opens it in Chromium with the Slow 4G
of Lighthouse (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md): 1.6 Mbit/s down,
750 kbit/s up, 150 ms there and back. Cold is a browser that was never here, warm is the next visit. Chromium
slows requests down, not the frames of a web socket; those are counted as they are before compression.
"""

import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from assistant.settings import Settings
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE
from tests.browser.served import real_server

_ROUNDS = 3
_SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
_SAID = "Jag har kört lastbil i sju år"
_SOCKET = "WebSocket frames"
_WAIT_MS = 120_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: seconds from the address to the welcome, from a message to its answer, and bytes by kind."""

    welcome_s: float
    answer_s: float
    requests: int
    wire: Counter[str]


def page_table() -> str:
    """Medians of several visits, cold and warm."""
    index_dir = Settings().index_dir
    with (
        tempfile.TemporaryDirectory() as folder,
        real_server(index_dir, Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        cold, warm = [], []
        for _ in range(_ROUNDS):
            context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="sv-SE")
            cold.append(_visit(context, address))
            warm.append(_visit(context, address))
            context.close()
        browser.close()
    return "\n".join([*_rows("cold", cold), *_rows("warm", warm)])


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    watched = context.new_cdp_session(page)
    watched.send("Network.enable")
    watched.send("Network.emulateNetworkConditions", _SLOW_4G)
    wire: Counter[str] = Counter()
    _count(watched, wire)
    began = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=_WAIT_MS)
    page.locator(".vv-choices").wait_for(timeout=_WAIT_MS)
    welcome_s = time.perf_counter() - began
    answer_s = _first_answer(page)
    # What comes after the answer, such as the picture of the tab.
    page.wait_for_timeout(1000)
    page.close()
    requests = wire.pop("requests")
    return Visit(welcome_s, answer_s, requests, wire)


def _first_answer(page: Page) -> float:
    page.locator("#chat-input").fill(_SAID)
    page.keyboard.press("Enter")
    began = time.perf_counter()
    page.locator('[data-choice^="concept:"]').first.wait_for(timeout=_WAIT_MS)
    return time.perf_counter() - began


def _count(watched: CDPSession, wire: Counter[str]) -> None:
    """Count bytes as they come: of requests with their headers and as compressed, of frames as they are."""
    kinds: dict[str, str] = {}

    def on_response(event: dict[str, str]) -> None:
        kinds[event["requestId"]] = event["type"]
        wire["requests"] += 1

    watched.on("Network.responseReceived", on_response)
    watched.on(
        "Network.loadingFinished",
        lambda event: wire.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
    )
    watched.on(
        "Network.webSocketFrameReceived",
        lambda event: wire.update({_SOCKET: len(event["response"]["payloadData"].encode())}),
    )


def _rows(name: str, visits: list[Visit]) -> list[str]:
    welcome = statistics.median(visit.welcome_s for visit in visits)
    answer = statistics.median(visit.answer_s for visit in visits)
    kinds = sorted(visits[-1].wire.items(), key=lambda item: -item[1])
    over_wire = sum(size for kind, size in kinds if kind != _SOCKET)
    by_kind = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in kinds)
    return [
        f"{name}: welcome after {welcome:.1f} s, first answer after {answer:.1f} s",
        f"{name}: {over_wire / 1000:.0f} kB in {visits[-1].requests} requests ({by_kind} kB)",
    ]
