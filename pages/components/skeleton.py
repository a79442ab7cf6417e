"""Skeletons: they hold the place of what is coming, at its size, so that nothing jumps."""

import reflex as rx

from pages.components.kinds import Content


def skeleton(width: str = "100%", height: str = "0.75rem") -> rx.Component:
    """Hold the place of one thing."""
    return rx.el.span(class_name="skel", style={"inlineSize": width, "blockSize": height})


def skeleton_rows(rows: int = 6, columns: int = 4) -> rx.Component:
    """Hold the place of a table."""
    widths = ("8rem", "6rem", "9rem", "5rem", "7rem")
    cells = [widths[column % len(widths)] for column in range(columns)]
    body = rx.el.tbody(*(rx.el.tr(*(rx.el.td(skeleton(width)) for width in cells)) for _row in range(rows)))
    return rx.el.div(rx.el.table(body, class_name="tbl", aria_hidden="true"), class_name="tblbox", aria_busy="true")


def skeleton_cards(cards: int = 8) -> rx.Component:
    """Hold the place of product cards."""
    return rx.el.div(*(_card() for _each in range(cards)), class_name="pgrid", aria_busy="true")


def _card() -> rx.Component:
    picture = rx.el.span(class_name="pic skel", style={"blockSize": "auto", "borderRadius": "var(--radius)"})
    return rx.el.div(picture, skeleton("40%"), skeleton(), skeleton("70%"), class_name="pcard", aria_hidden="true")


def loaded(is_loaded: rx.Var[bool], content: Content, meanwhile: rx.Component) -> rx.Component:
    """Show the content once it is there, and its skeleton until then."""
    return rx.cond(is_loaded, content, meanwhile)
