"""The search box of the header, and what hangs under it while somebody types."""

from typing import Final

import reflex as rx

from pages.components.button import button
from pages.components.given import given
from pages.components.icon import icon
from pages.components.link import area_link
from state.shop.frame import ShopFrameState, SuggestionRow
from state.words import _

PAUSE_MILLISECONDS: Final = 160

KEYS: Final = """
document.addEventListener("keydown", function (event) {
  var find = event.target.closest && event.target.closest(".find");
  if (!find) return;
  var box = find.querySelector("input"), stops = [box].concat(Array.from(find.querySelectorAll(".find__row")));
  var at = stops.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") { find.dataset.closed = ""; box.focus(); }
  else if (step && at >= 0 && stops.length > 1) {
    event.preventDefault();
    delete find.dataset.closed;
    stops[(at + step + stops.length) % stops.length].focus();
  }
});
document.addEventListener("input", function (event) {
  var find = event.target.closest && event.target.closest(".find");
  if (find) delete find.dataset.closed;
});
"""
"""Arrows walk through what is suggested, Escape closes it: runs in the head, before any page is there."""


def finder() -> rx.Component:
    """Find products, brands and shops from anywhere."""
    box = rx.el.input(
        type="search",
        name="q",
        placeholder=_("Search products, brands and shops"),
        aria_label=_("Search"),
        auto_complete="off",
        default_value=ShopFrameState.query,
        key=ShopFrameState.query,
        on_change=ShopFrameState.suggest.debounce(PAUSE_MILLISECONDS),  # type: ignore[attr-defined]  # Reflex makes it an event
    )
    return rx.el.form(
        rx.el.div(
            icon("search"),
            box,
            button(_("Search"), kind="quiet", type="submit", class_name="not-phone"),
            class_name="find__box",
        ),
        rx.cond(ShopFrameState.suggestions, suggested()),
        on_submit=ShopFrameState.search,
        role="search",
        class_name="find",
        data_testid="find",
    )


def suggested() -> rx.Component:
    """Hang ways to go on under the box, for as long as somebody is in it."""
    return rx.el.div(
        rx.el.p(_("Suggestions: arrow keys choose, Enter opens"), class_name="sr", role="status"),
        rx.foreach(ShopFrameState.suggestions, suggestion_row),
        class_name="find__list",
    )


def suggestion_row(row: SuggestionRow) -> rx.Component:
    """Lead on to one of them."""
    sign = rx.match(row.kind, ("category", icon("grid")), ("product", icon("tag")), icon("search"))
    return area_link(sign, given(row.words, class_name="clip"), href=row.href, class_name="find__row")
