"""What WCAG 2.2 AA asks beyond what axe-core can see: keyboard, focus, sizes, zoom, spacing, motion, news."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.served import scripted_server
from tests.browser.test_page import say
from tests.cards import ABOUT, PATHS_WITH_BUTTONS
from tests.fakes import ScriptedApplication, streamed

pytestmark = pytest.mark.browser

SCRIPT = (streamed(PATHS_WITH_BUTTONS, "suggest_paths"), streamed(replace(ABOUT, profile=ABOUT.profile)))
# Inline links in running text are exempt from the least size of a target (2.5.8), boxes stand in a label.
TARGETS = "button, summary, a.vv-marker, [role=switch], label:has(input), select, textarea"

WALK = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).slice(0, 3).map(Number);
  const light = (text) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb(text).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [light(one), light(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (node) => {
    for (let each = node.parentElement; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (!/, 0\\)$|transparent/.test(color)) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const outlines = [];
  for (let each = element; each && outlines.length < 4; each = each.parentElement) {
    const style = getComputedStyle(each);
    if (style.outlineStyle !== 'none') outlines.push({
      width: parseFloat(style.outlineWidth), contrast: contrast(style.outlineColor, ground(each))
    });
  }
  const box = element.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  return {
    name: element.getAttribute('aria-label') || (element.labels?.[0] ?? element).innerText || element.id,
    id: element.id,
    seen: outlines.some(({ width, contrast }) => width >= 2 && contrast >= 3),
    covered: !at || !(element.contains(at) || at.contains(element) || at.closest('label')?.contains(element)),
    html: element.outerHTML.slice(0, 200)
  };
}
"""


@dataclass(frozen=True)
class Served:
    address: str
    application: ScriptedApplication


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    application = ScriptedApplication(SCRIPT)
    with scripted_server(application) as address:
        yield Served(address, application)


def to_the_paths(page: Page) -> None:
    say(page, "Vad kan jag bli?")
    page.locator(".vv-path").last.wait_for()
    page.locator("#stop-button").wait_for(state="detached")


def walk(page: Page, most: int = 120) -> list[dict[str, object]]:
    """All that Tab reaches from the top of the page, in order."""
    page.locator(".vv-skip").focus()
    # By the keyboard alone is a focus one that is seen.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    stops = [page.evaluate(WALK)]
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WALK)
        if stop is None or stop["html"] == stops[0]["html"]:
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not come out of the page: {stops[-3:]}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tab_goes_through_all_in_order_with_a_focus_that_is_seen(
    served: Served, open_page: OpenPage, scheme: str
):
    page = open_page(served.address, color_scheme=scheme, reduced_motion="reduce")
    to_the_paths(page)
    stops = walk(page)
    assert [stop["html"] for stop in stops if not stop["seen"]] == []
    assert [stop["html"] for stop in stops if stop["covered"]] == []
    ids = [stop["id"] for stop in stops]
    assert ids.index("vv-language") < ids.index("vv-menu-toggle") < ids.index("chat-input")
    names = [str(stop["name"]) for stop in stops]
    first_card, composer = names.index("Titta närmare: Lastbilsförare"), ids.index("chat-input")
    assert first_card < names.index("Titta närmare: Bussförare") < composer


def test_the_first_stop_leads_past_the_bar(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    page.locator(".vv-skip").focus()
    expect(page.locator(".vv-skip")).to_have_text("Hoppa till fältet där du skriver")
    assert page.locator(".vv-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#chat-input")).to_be_focused()


@dataclass(frozen=True)
class Opened:
    id: str
    opener: str
    shown: str


OPENED = (
    Opened("menu", "#vv-menu-toggle", "#vv-menu"),
    Opened("source", ".vv-path a.vv-marker", "#side-view-content"),
    Opened("my data", "#vv-menu [data-own=data]", "#side-view-content"),
    Opened("saving", "#vv-menu [data-own=save]", "#side-view-content"),
    Opened("taking along", "#vv-menu [data-own=take]", "#side-view-content"),
    Opened("forgetting", "#vv-menu [data-own=forget]", ".vv-dialog"),
    Opened("handing over a file", "#vv-upload", ".vv-upload-dialog"),
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_escape_closes_what_was_opened_and_the_focus_goes_back(
    served: Served, open_page: OpenPage, size: tuple[int, int]
):
    page = open_page(served.address, size, reduced_motion="reduce")
    to_the_paths(page)
    left: list[str] = []
    for each in OPENED:
        if "#vv-menu " in each.opener and not page.locator("#vv-menu").is_visible():
            page.locator("#vv-menu-toggle").click()
        page.locator(each.opener).first.focus()
        page.keyboard.press("Enter")
        page.locator(each.shown).wait_for()
        page.wait_for_timeout(300)
        page.keyboard.press("Escape")
        expect(page.locator(each.shown)).to_be_hidden()
        page.wait_for_timeout(300)
        if not page.locator(each.opener).first.evaluate("e => e === document.activeElement"):
            left.append(f"{each.id}: {page.evaluate('() => document.activeElement.outerHTML.slice(0, 120)')}")
    assert left == []


# 320 is 1280 at 400 %; 640 x 450 is 1280 x 900 at 200 %.
@pytest.mark.parametrize("size", [(320, 640), PHONE, (640, 450)], ids=lambda size: str(size[0]))
def test_nothing_is_cut_off_or_too_small_at_any_size(
    served: Served, open_page: OpenPage, size: tuple[int, int]
):
    page = open_page(served.address, size, reduced_motion="reduce")
    to_the_paths(page)
    for opener, shown in (("#vv-menu-toggle", "#vv-menu"), ("#vv-profile-toggle", "#vv-profile")):
        page.locator(opener).click()
        page.locator(shown).wait_for()
        assert outside(page) == []
    assert too_small(page) == []
    page.locator("#vv-menu-toggle").click()
    page.locator("#vv-menu .vv-own-data button").first.click()
    page.locator("#side-view-content").wait_for()
    assert outside(page) == []
    assert too_small(page) == []


def outside(page: Page) -> list[str]:
    """What of ours reaches out of the window to the side."""
    return page.evaluate(
        "() => [...document.querySelectorAll('[class^=vv-], [class*=\" vv-\"], .vv-bar *, .vv-path *')]"
        ".filter(e => e.checkVisibility() && !e.closest('.vv-hidden, .vv-skip'))"
        ".map(e => [e, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.right > innerWidth + 1 || box.left < -1)"
        ".map(([e]) => e.outerHTML.slice(0, 120))"
        ".concat(document.scrollingElement.scrollWidth > innerWidth ? ['the page itself'] : [])"
    )


def too_small(page: Page) -> list[str]:
    """Targets that are less than 24 CSS pixels wide or high."""
    return page.evaluate(
        "targets => [...document.querySelectorAll(targets)]"
        ".filter(e => e.checkVisibility() && !e.closest('.vv-hidden'))"
        ".map(e => [e, e.getBoundingClientRect()])"
        ".filter(([, b]) => b.width > 0 && (b.width < 24 || b.height < 24))"
        ".map(([e, b]) => `${b.width} x ${b.height}: ${e.outerHTML.slice(0, 120)}`)",
        TARGETS,
    )


def test_wide_spacing_hides_no_text(served: Served, open_page: OpenPage):
    page = open_page(served.address, PHONE, reduced_motion="reduce")
    to_the_paths(page)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )
    cut = page.evaluate(
        "() => [...document.querySelectorAll('.vv-overview *, .vv-path *, .vv-choices *')]"
        ".filter(e => e.checkVisibility() && !e.closest('.vv-hidden'))"
        ".filter(e => getComputedStyle(e).overflowX !== 'visible')"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)"
        ".map(e => e.outerHTML.slice(0, 160))"
    )
    assert cut == []
    assert outside(page) == []


def test_who_wants_less_motion_gets_none(served: Served, open_page: OpenPage):
    page = open_page(served.address, reduced_motion="reduce")
    to_the_paths(page)
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        " const long = (t) => t.split(',').some(each => parseFloat(each) > 0.001);"
        " return (s.animationName !== 'none' && long(s.animationDuration)) || long(s.transitionDuration)"
        " || s.scrollBehavior === 'smooth' }).map(e => e.outerHTML.slice(0, 120))"
    )
    assert moving == []


def test_without_own_colours_a_switch_and_the_steps_are_still_seen(served: Served, open_page: OpenPage):
    page = open_page(served.address, forced_colors="active")
    page.locator("#vv-menu-toggle").click()
    ground = "e => getComputedStyle(e, '::before').backgroundColor"
    off = page.locator("#vv-both").evaluate(ground)
    page.locator("#vv-both").evaluate("e => e.setAttribute('aria-checked', 'true')")
    assert page.locator("#vv-both").evaluate(ground) != off
    steps = page.locator(".vv-progress li")
    colours = [steps.nth(order).evaluate("e => getComputedStyle(e).backgroundColor") for order in (0, 1)]
    assert colours[0] != colours[1]


NEWS = """
window.news = [];
document.addEventListener('DOMContentLoaded', () => new MutationObserver((changes) => {
  for (const { target } of changes) {
    const node = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
    const region = node?.closest('[aria-live], [role=status], [role=log], [role=alert]');
    const text = region?.textContent.trim();
    if (text && window.news.at(-1) !== text) window.news.push(text);
  }
}).observe(document, { childList: true, characterData: true, subtree: true }));
"""


def test_a_turn_is_announced_once_when_it_begins_and_once_when_it_is_answered(
    served: Served, open_page: OpenPage
):
    page = open_page(served.address, script=NEWS)
    to_the_paths(page)
    page.wait_for_function("() => window.news.length > 1")
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.news") == ["Vägvisare arbetar. Vänta lite.", "Här är dina vägar."]


def test_headings_and_landmarks_lead_through_the_page(served: Served, open_page: OpenPage):
    page = open_page(served.address)
    to_the_paths(page)
    for landmark in ("banner", "navigation", "main"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vägvisare")
    expect(page.get_by_role("heading", level=2, name="Samtalet")).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("heading", level=3, name="Lastbilsförare")).to_have_count(1)
    expect(page.locator("#vv-language")).to_have_attribute("lang", "en")
