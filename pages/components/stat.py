"""Figures and charts: what is drawn is said by its title, and the same figures stand there as a table."""

from typing import Any, Literal

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Content, Flag, Text, classes
from state.words import _


def stats(label: Text, *tiles: Content) -> rx.Component:
    """Set figures side by side."""
    return rx.el.section(*tiles, class_name="stats", aria_label=label)


def stat(
    name: Text, value: Content, *, change: Content | None = None, spark: Content | None = None, is_wide: bool = False
) -> rx.Component:
    """Show a figure, its change against the period before, and its line."""
    return rx.el.div(
        rx.el.div(name, class_name="stat__name"),
        rx.el.div(value, class_name="stat__value"),
        *(part for part in (change, spark) if part is not None),
        class_name=classes("stat", "stat--wide" if is_wide else ""),
    )


def change(words: Content, against: Text, *, rises: Flag = True, is_good: Flag = True) -> rx.Component:
    """Say how a figure moved, and whether that is good."""
    sign = rx.cond(rises, icon("rise"), icon("fall"))
    figure = rx.el.span(sign, words, class_name=rx.cond(is_good, "good", "bad"))
    return rx.el.span(figure, against, class_name="stat__delta")


def chart_frame(
    title: Text,
    drawing: Content,
    *,
    sub: Text = "",
    legend: Content | None = None,
    until: Content = "",
    figures: Content,
) -> rx.Component:
    """Frame a chart: title and legend above, until when its data reach and the same figures as a table below."""
    heading = rx.el.div(rx.el.h2(title, class_name="chart__title"), rx.el.p(sub, class_name="chart__sub"))
    as_table = rx.el.details(rx.el.summary(_("The same as a table"), class_name="link link--tap"), figures)
    return rx.el.figure(
        rx.el.figcaption(heading, class_name="chart__head"),
        *((legend,) if legend is not None else ()),
        drawing,
        rx.el.div(rx.el.span(until), as_table, class_name="chart__foot"),
        class_name="card chart",
    )


def legend(*entries: tuple[Text, Literal["c1", "c2", "c3", "c4", "c5", "c6"]]) -> rx.Component:
    """Name the series of a chart by their colors, in the order of their meaning."""
    return rx.el.ul(*(_entry(words, color) for words, color in entries), class_name="legend")


def _entry(words: Text, color: str) -> rx.Component:
    style: dict[str, Any] = {"--k": f"var(--{color})"}
    return rx.el.li(rx.el.i(style=style), words)
