"""Ways around a page: tabs, crumbs, pages of a list, filters. All of them are addresses, so they survive reload."""

from collections.abc import Sequence
from typing import Any, Final

import reflex as rx

from pages.components.button import button, button_link
from pages.components.door import for_those_inside
from pages.components.icon import icon
from pages.components.kinds import Content, Flag, Number, Text, text
from pages.components.link import area_link
from pages.components.status import count
from state.words import _

IN_SIGHT: Final = """
(function () {
  var CHOSEN = ".tabs [aria-current=page], .top__cats [aria-current=true]", MARGIN = 40;
  function reveal(tab) {
    var at = tab.getBoundingClientRect(), room = tab.parentElement.getBoundingClientRect();
    var after = at.right + MARGIN - room.right, before = at.left - MARGIN - room.left;
    tab.parentElement.scrollLeft += after > 0 ? after : Math.min(before, 0);
  }
  function look() { document.querySelectorAll(CHOSEN).forEach(reveal); }
  function soon() { requestAnimationFrame(look); }
  new MutationObserver(function (changes) {
    var isChosen = changes.some(function (change) {
      if (change.type === "attributes") return change.target.matches(CHOSEN);
      return Array.from(change.addedNodes).some(function (added) {
        return added.nodeType === 1 && (added.matches(CHOSEN) || added.querySelector(CHOSEN));
      });
    });
    if (isChosen) soon();
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-current"] });
  addEventListener("resize", soon);
  if (document.fonts) document.fonts.ready.then(soon);
})();
"""
"""Tabs may be more than a phone shows: the chosen one is brought into sight. Runs in the head."""


def tabs(label: Text, *items: Content) -> rx.Component:
    """Set views of one thing side by side."""
    return for_those_inside(rx.el.nav(*items, class_name="tabs", aria_label=label))


def tab(words: Content, href: Text, *, is_current: Flag, number: Number | None = None) -> rx.Component:
    """Lead to one view, and tell how many things are in it."""
    counted = (count(number),) if number is not None else ()
    return area_link(words, *counted, href=href, aria_current=rx.cond(is_current, "page", "false"))


def crumbs(*steps: tuple[Text, Text], here: Content) -> rx.Component:
    """Show the way down to this page: pairs of words and address, then the page itself."""
    ways = [rx.el.li(area_link(words, href=href)) for words, href in steps]
    return crumb_list(*ways, rx.el.li(rx.el.bdi(here, aria_current="page")))


def crumb_list(*steps: Content) -> rx.Component:
    """Show a way down whose steps come with the page."""
    return rx.el.nav(rx.el.ol(*steps), class_name="crumbs", aria_label=_("Breadcrumb"))


def pager(words: Content, *, before: Text, after: Text) -> rx.Component:
    """Lead to the rows before and after these; an empty address means there are none."""
    turning = rx.el.div(
        _page(_("Before"), before, "back"), _page(_("Next"), after, "forward"), class_name="pager__btns"
    )
    return rx.el.nav(
        rx.el.p(words),
        rx.cond((text(before) != "") | (text(after) != ""), turning),
        class_name="pager",
        aria_label=_("Pages"),
    )


def _page(words: Text, href: Text, sign: Any) -> rx.Component:
    content = (icon("back"), words) if sign == "back" else (words, icon("forward"))
    label = rx.fragment(*content)
    return rx.cond(text(href) != "", button_link(label, href), button(label, disabled=True))


def filter_bar(*controls: Content, label: Text) -> rx.Component:
    """Hold what narrows a list: a search box, chips, selects."""
    return for_those_inside(rx.el.div(*controls, class_name="filters", role="search", aria_label=label))


def chip(words: Content, *, is_on: Flag = False, **attributes: Any) -> rx.Component:
    """Turn a filter on, or off again; a filter that is on shows its way out."""
    way_out = rx.cond(is_on, icon("close"))
    return rx.el.button(
        words, way_out, type="button", class_name="chip", aria_pressed=rx.cond(is_on, "true", "false"), **attributes
    )


def chip_link(words: Content, href: Text, *, is_on: Flag = False) -> rx.Component:
    """Turn a filter on or off by its address."""
    return area_link(
        words, rx.cond(is_on, icon("close")), href=href, class_name=rx.cond(is_on, "chip chip--on", "chip")
    )


def facet(title: Text, *ticks: Content, is_open: bool = True) -> rx.Component:
    """Fold a group of filters under its head."""
    return rx.el.details(
        rx.el.summary(title, icon("down")),
        rx.el.div(*ticks, class_name="facet__body"),
        class_name="facet",
        open=is_open,
    )


def search_box(name: str, label: Text, *, value: Text = "", on_submit: Any, **attributes: Any) -> rx.Component:
    """Find rows by what they say, when Enter is pressed."""
    box = rx.el.input(
        **{"type": "search", "name": name, "default_value": value, "placeholder": label, **attributes},
        aria_label=label,
        class_name="input",
        key=text(value),
    )
    return rx.el.form(box, on_submit=on_submit, style={"display": "contents"})


def options_in(values: Sequence[str]) -> list[tuple[str, str]]:
    """Offer values by their own words."""
    return [(value, value) for value in values]
