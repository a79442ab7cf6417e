"""Selects: the browser's own, with our arrow."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pages.components.field import described, field
from pages.components.kinds import Content, Text, classes

Options = Sequence[tuple[str, Text]]


def select(options: Options | rx.Component, *, is_small: bool = False, **attributes: Any) -> rx.Component:
    """Choose one of a few; `options` are pairs of value and words, or a `foreach` of `option`s."""
    shown: tuple[Content, ...] = (
        (options,) if isinstance(options, rx.Component) else tuple(option(value, words) for value, words in options)
    )
    return rx.el.span(rx.el.select(*shown, **attributes), class_name=classes("pick", "pick--s" if is_small else ""))


def option(value: Text, words: Text) -> rx.Component:
    """Offer one choice."""
    return rx.el.option(words, value=value, key=value)


def select_field(
    name: str,
    label: Text,
    options: Options | rx.Component,
    *,
    hint: Text = "",
    error: Text = "",
    aside: Text = "",
    **attributes: Any,
) -> rx.Component:
    """Ask for one of a few."""
    control = select(options, **{**described(name, error), **attributes})
    return field(name, label, control, hint=hint, error=error, aside=aside)
