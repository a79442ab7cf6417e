"""Cards, lists, facts and the heads of pages: what holds things."""

from typing import Any

import reflex as rx

from pages.components.kinds import Content, Text, classes
from pages.components.link import area_link


def page_head(title: Content, *buttons: Content, aside: Content | None = None) -> rx.Component:
    """Say where this is, then what can be done here."""
    words = rx.el.h1(title, class_name="head__title")
    named = rx.el.div(words, aside, class_name="row row--2") if aside is not None else words
    return rx.el.div(named, rx.el.div(*buttons, class_name="head__acts"), class_name="head")


def card(
    *content: Content,
    title: Content | None = None,
    end: Content | None = None,
    foot: Content | None = None,
    pads: bool = True,
    **attributes: Any,
) -> rx.Component:
    """Hold one thing on a surface with a line: no shadow, no card in a card."""
    head = rx.el.div(rx.el.h2(title, class_name="card__title"), *_there(end), class_name="card__head")
    return rx.el.section(
        *((head,) if title is not None else ()),
        rx.el.div(*content, class_name="card__body") if pads else rx.fragment(*content),
        *((rx.el.div(foot, class_name="card__foot"),) if foot is not None else ()),
        **{**attributes, "class_name": classes("card", attributes.get("class_name", ""))},
    )


def rows(*lines: Content) -> rx.Component:
    """List things under one another, divided by lines; put it in a card that does not pad."""
    return rx.el.div(*lines, class_name="rows")


def row_line(
    *content: Content,
    end: Content | None = None,
    href: Text | None = None,
    start: Content | None = None,
    **attributes: Any,
) -> rx.Component:
    """One line of a list; with an address the whole line leads there."""
    parts = (
        *_there(start),
        rx.el.div(*content, class_name="rows__main"),
        *((rx.el.div(end, class_name="rows__end"),) if end is not None else ()),
    )
    return area_link(*parts, href=href, **attributes) if href is not None else rx.el.div(*parts, **attributes)


def facts(*pairs: tuple[Content, Content]) -> rx.Component:
    """Set names and values side by side."""
    cells = [part for name, value in pairs for part in (rx.el.dt(name), rx.el.dd(value))]
    return rx.el.dl(*cells, class_name="facts")


def sums(*pairs: tuple[Content, Content] | rx.Component, total: tuple[Content, Content] | None = None) -> rx.Component:
    """Set amounts under one another, and what they come to; pairs that are not always there come as `sum_line`s."""
    cells = [pair if isinstance(pair, rx.Component) else sum_line(*pair) for pair in pairs]
    last = (rx.el.dt(total[0], class_name="total"), rx.el.dd(total[1], class_name="total")) if total else ()
    return rx.el.dl(*cells, *last, class_name="facts facts--sum")


def sum_line(name: Content, amount: Content) -> rx.Component:
    """Name one amount of several."""
    return rx.fragment(rx.el.dt(name), rx.el.dd(amount))


def section(
    title: Content, *content: Content, end: Content | None = None, text: Text = "", **attributes: Any
) -> rx.Component:
    """Head a part of a page, with the way to all of it."""
    words = [rx.el.h2(title, class_name="t4"), *((rx.el.p(text, class_name="muted"),) if text else ())]
    head = rx.el.div(rx.el.div(*words), *_there(end), class_name="row row--apart row--base row--wrap")
    return rx.el.section(head, *content, class_name="stack", **attributes)


def stack(*content: Content, gap: str = "", **attributes: Any) -> rx.Component:
    """Set things under one another; `gap` is one of the steps 1, 2, 3, 5, 7."""
    return rx.el.div(
        *content,
        **{
            **attributes,
            "class_name": classes("stack", f"stack--{gap}" if gap else "", attributes.get("class_name", "")),
        },
    )


def row(*content: Content, look: str = "", **attributes: Any) -> rx.Component:
    """Set things side by side; `look` adds any of wrap, 2, apart, top, base."""
    kinds = " ".join(f"row--{kind}" for kind in look.split())
    return rx.el.div(*content, **{**attributes, "class_name": classes("row", kinds, attributes.get("class_name", ""))})


def columns(*content: Content, kind: str, **attributes: Any) -> rx.Component:
    """Set columns that fold on narrow screens: 2, 3, 4, side, panel, facets, product."""
    return rx.el.div(
        *content, **{**attributes, "class_name": classes("cols", f"cols--{kind}", attributes.get("class_name", ""))}
    )


def _there(content: Content | None) -> tuple[Content, ...]:
    return (content,) if content is not None else ()
