"""axe-core in a page: which rules of WCAG 2.2 AA a state of the page breaks, and whose part breaks them."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# Chainlit puts each of our elements into a box of this class; what else is ours is named so.
_OURS = ".inline-custom, .side-custom, [class^='vv-'], [class*=' vv-'], [id^='vv-']"
_A_MOMENT_MS = 700
_RUN = """
async ([tags, ours]) => {
  // It takes any link within the page that has been scrolled out of sight for a way past something.
  const rules = { 'skip-link': { enabled: false } };
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'], rules });
  const owner = (target) => document.querySelector(target.at(-1))?.closest(ours) ? 'ours' : "Chainlit's";
  return violations.flatMap(({ id, impact, tags, nodes }) => nodes.map((node) => ({
    rule: id, impact, owner: owner(node.target), html: node.html.slice(0, 300),
    is_wcag: tags.some((tag) => tag.startsWith('wcag')),
    why: [...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; ')
  })));
}
"""


@dataclass(frozen=True)
class Violation:
    """One node that breaks one rule.

    Attributes:
        rule: The rule's id in axe-core.
        impact: minor, moderate, serious or critical.
        owner: "ours" or "Chainlit's".
        html: The beginning of the node.
        is_wcag: Whether it is a rule of WCAG 2.2 AA, not only a good habit.
        why: What axe-core says about it.
    """

    rule: str
    impact: str
    owner: str
    html: str
    is_wcag: bool
    why: str

    @classmethod
    def of(cls, found: dict[str, str | bool]) -> Self:
        """One of the results of the script above."""
        return cls(**found)  # type: ignore[arg-type]  # its keys are the fields


def violations(page: Page, *, is_our_page: bool = False) -> list[Violation]:
    """What axe-core finds on the page as it is now, good habits included.

    Args:
        page: The page.
        is_our_page: All of it is ours, without Chainlit.
    """
    page.evaluate(_AXE)
    tags, ours = [*WCAG, "best-practice"], "*" if is_our_page else _OURS
    found = page.evaluate(_RUN, [tags, ours])
    if found:
        # What has just come gets its name in the next moment; what lasts counts.
        page.wait_for_timeout(_A_MOMENT_MS)
        found = page.evaluate(_RUN, [tags, ours])
    return [Violation.of(each) for each in found]
