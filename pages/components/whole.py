"""Numbers of orders within sentences: kept on one line, and read from left to right, whatever runs around them."""

from typing import Any, Final

import reflex as rx
from reflex.vars import StringVar

from pages.components.kinds import Content, Text, text
from pages.components.status import code

NUMBER: Final = r"\d{2}-\d{4}-[0-9A-Z]{4}-[0-9A-Z]"
"""What the number of an order looks like."""

IN_TOASTS: Final = """
new MutationObserver(function (changes) {
  changes.forEach(function (change) {
    change.addedNodes.forEach(function (added) {
      if (added.nodeType !== 1 || !added.closest("[data-sonner-toaster]")) return;
      added.querySelectorAll("[data-title], [data-description]").forEach(keep);
    });
  });
  function keep(words) {
    if (words.childElementCount) return;
    var parts = words.textContent.split(/(NUMBER)/);
    if (parts.length < 2) return;
    words.replaceChildren.apply(words, parts.map(function (part, at) {
      if (at % 2 === 0) return part;
      var number = document.createElement("span");
      number.className = "code";
      number.textContent = part;
      return number;
    }));
  }
}).observe(document, { childList: true, subtree: true });
""".replace("NUMBER", NUMBER)
"""Toasts are made of text by the server and drawn by a part that takes no markup: runs in the head."""


def whole(words: Text) -> rx.Component:
    """Print a sentence of the server's; what is copied out of it is what it says."""
    parts = text(words).split(rx.Var(f"/({NUMBER})/").to(str))
    return rx.el.span(rx.foreach(parts, _part))


def kept_whole(words: Content) -> Content:
    """Print a sentence likewise where it comes with the state; what stands in the page holds no number."""
    return whole(words) if isinstance(words, StringVar) else words


def _part(words: rx.Var[str], at: Any) -> rx.Component:
    return rx.cond(at % 2 == 1, code(words), rx.fragment(words))
