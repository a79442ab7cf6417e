"""What can be measured of a page: that it does not scroll sideways, that nothing is cut, and what axe-core finds."""

from typing import Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

Theme = Literal["light", "dark"]

SIDEWAYS: Final = """() => {
  const room = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
  return wide > room ? [`the page is ${wide} wide in a window of ${room}`] : [];
}"""

CUT: Final = r"""() => {
  const SLACK = 1.5, found = new Map(), width = document.documentElement.clientWidth;
  const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = element => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
    + (typeof element.className === "string" && element.className ? "." + element.className.split(" ").join(".") : "");
  const tell = (element, why, words) =>
    found.set(why + name(element), `${why}: ${name(element)}: ${words.trim().slice(0, 60)}`);
  const means = style => style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";

  const unseen = element => element && (getComputedStyle(element).clipPath !== "none" || unseen(element.parentElement));

  const look = (node, box) => {
    for (let at = node.parentElement; at; at = at.parentElement) {
      const style = getComputedStyle(at), edge = at.getBoundingClientRect();
      if (means(style) || style.clipPath !== "none") return;
      const scrolls = /auto|scroll/.test(style.overflowX), clips = /hidden|clip/.test(style.overflowX);
      if (clips && (box.right > edge.right + SLACK || box.left < edge.left - SLACK))
        return tell(at, "cut at the side", node.textContent);
      if (/hidden|clip/.test(style.overflowY) && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3))
        return tell(at, "cut below or above", node.textContent);
      if (scrolls || style.position === "fixed") return;
    }
    if (box.right > width + SLACK || box.left < -SLACK) tell(node.parentElement, "out of the window", node.textContent);
  };

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode, holder = node.parentElement;
    if (!node.textContent.trim() || !holder || /SCRIPT|STYLE|OPTION/.test(holder.tagName) || !seen(holder)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) look(node, box);
  }
  for (const element of document.querySelectorAll("button, a.btn, .badge, .chip, .state, th, td, dd, dt, select")) {
    if (!seen(element) || means(getComputedStyle(element)) || unseen(element)) continue;
    if (element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0)
      tell(element, "words run out of their frame", element.textContent);
  }
  for (const floating of document.querySelectorAll("dialog[open], :popover-open"))
    if (floating.getBoundingClientRect().top < -SLACK) tell(floating, "begins above the window", floating.textContent);
  return [...found.values()];
}"""

AXE: Final = """async rules => {
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const folded = document.head.appendChild(document.createElement("style"));
  folded.textContent = `:is(tbody, .pgrid, .rows, .stack) > :nth-child(n + 7 of tr, article, a, .card)
    { display: none !important }`;
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, iframes: false, ...only });
  folded.remove();
  return found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)} (${node.failureSummary.split("\\n")[1]})`
  ));
}"""
"""Lists are folded to their first six while axe looks: the others repeat them, and it takes seconds for fifty."""

THEME: Final = """theme => {
  const root = document.documentElement;
  root.classList.remove("light", "dark");
  root.classList.add(theme);
  root.style.colorScheme = theme;
}"""

SCRIPTS: Final = """() => performance.getEntriesByType("resource")
  .filter(entry => new URL(entry.name).pathname.endsWith(".js"))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


def sideways(page: Page) -> list[str]:
    """Say whether the page scrolls sideways."""
    return _told(page.evaluate(SIDEWAYS))


def cut(page: Page) -> list[str]:
    """Name words that cannot be read to their end and were not meant to be shortened."""
    return _told(page.evaluate(CUT))


def axe(page: Page, *rules: str) -> list[str]:
    """Name what axe-core finds, of any impact; by all of its rules, or by some."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return _told(page.evaluate(AXE, list(rules)))


def wear(page: Page, theme: Theme) -> None:
    """Change between light and dark, as the menu does."""
    page.evaluate(THEME, theme)


def weight_of_scripts(page: Page) -> int:
    """Sum the bytes of script, as they came over the wire, that the page has asked for so far."""
    bytes_: int = page.evaluate(SCRIPTS)
    return bytes_


def _told(found: list[str]) -> list[str]:
    return found
