"""How far things are: bars, limits, timelines."""

from typing import Literal

import reflex as rx

from pages.components.kinds import Content, Number, Text, classes

Tone = Literal["", "good", "warn", "bad", "calm"]
At = Literal["done", "now", "next", "stop"]


def bar(percent: Number, label: Text, *, tone: Tone = "", is_large: bool = False, runs: bool = False) -> rx.Component:
    """Show how far something is, of a hundred; `runs` while it is moving on by itself."""
    fill = rx.el.i(style={"--v": rx.Var.create(percent)})
    look = classes("bar", f"bar--{tone}" if tone else "", "bar--l" if is_large else "")
    if not runs:
        return rx.el.div(fill, class_name=look, role="img", aria_label=label)
    values = {"aria-valuenow": percent, "aria-valuemin": "0", "aria-valuemax": "100"}
    return rx.el.div(fill, class_name=look, role="progressbar", aria_label=label, custom_attrs=values)


def meter(percent: Number, limit: Number, label: Text, *, tone: Tone = "") -> rx.Component:
    """Show where something is, and where it ends."""
    mark = rx.el.span(class_name="meter__limit")
    return rx.el.div(bar(percent, label, tone=tone), mark, class_name="meter", style={"--at": rx.Var.create(limit)})


def timeline(*steps: Content) -> rx.Component:
    """Tell what happened, what is happening, what comes."""
    return rx.el.ol(*steps, class_name="line")


def timeline_step(title: Content, time: Content, text: Content = "", *, at: At | rx.Var[str]) -> rx.Component:
    """Tell one step."""
    return rx.el.li(
        rx.el.p(title, rx.el.span(time, class_name="line__time"), class_name="line__title"),
        rx.cond(text, rx.el.p(text, class_name="line__text")),
        class_name="line__item",
        custom_attrs={"data-at": at},
    )


def track(label: Text, *steps: Content) -> rx.Component:
    """Show the same lying down, at the head of an order."""
    return rx.el.ol(*steps, class_name="track", aria_label=label)


def track_step(title: Content, text: Content, *, at: At | rx.Var[str]) -> rx.Component:
    """Show one step of the way."""
    return rx.el.li(rx.el.span(title), rx.el.small(text), custom_attrs={"data-at": at})
