"""Choices: ticks, switches, segments and cards of which one is taken."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Flag, Text, classes, text


def tick(words: Content, *, count: Content | None = None, **attributes: Any) -> rx.Component:
    """Choose or not; the whole line is the target, and a count says how many it would leave."""
    attributes.setdefault("type", "checkbox")
    return rx.el.label(
        rx.el.input(**attributes),
        rx.el.span(words),
        *((rx.el.span(count, class_name="tick__count"),) if count is not None else ()),
        class_name="tick",
    )


def radio(words: Content, *, count: Content | None = None, **attributes: Any) -> rx.Component:
    """Choose one line of several that share a `name`."""
    return tick(words, count=count, **{**attributes, "type": "radio"})


def switch(words: Content, **attributes: Any) -> rx.Component:
    """Turn something on that takes effect at once."""
    return rx.el.label(rx.el.input(**{**attributes, "type": "checkbox", "role": "switch"}), words, class_name="flip")


def flip_line(words: Content, **attributes: Any) -> rx.Component:
    """Turn something on with a thumb, on the road: a line as wide as the phone."""
    control = rx.el.span(rx.el.input(**{**attributes, "type": "checkbox", "role": "switch"}), class_name="flip")
    return rx.el.label(rx.el.span(words, class_name="t3 medium"), control, class_name="flipline")


def segments(
    legend: Text,
    name: Text,
    options: Sequence[tuple[str, Content]],
    *,
    chosen: Text,
    on_change: Any,
    decides: bool = False,
) -> rx.Component:
    """Choose one of two or three words; `decides` colors accept and reject."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="sr"),
        *(_segment(name, value, words, chosen, on_change) for value, words in options),
        class_name=classes("seg", "seg--yesno" if decides else ""),
    )


def _segment(name: Text, value: str, words: Content, chosen: Text, on_change: Any) -> rx.Component:
    checked = text(chosen) == value
    return rx.el.label(rx.el.input(type="radio", name=name, value=value, checked=checked, on_change=on_change), words)


def choice_cards(legend: Text, *cards: Content, columns: int = 1) -> rx.Component:
    """Choose one of a few that each need a second line."""
    look = classes("rcards", f"cols cols--{columns}" if columns > 1 else "")
    return rx.el.fieldset(rx.el.legend(legend, class_name="medium"), *cards, class_name=look)


def choice_card(
    title: Content,
    text: Content,
    *,
    sign: Icon | None = None,
    end: Content | None = None,
    is_off: Flag = False,
    **attributes: Any,
) -> rx.Component:
    """Offer one of the cards; a card that is off says in its text why."""
    aside = icon(sign) if sign else end
    return rx.el.label(
        rx.el.input(**{**attributes, "type": "radio", "disabled": is_off}),
        rx.el.span(title, class_name="rcard__title"),
        *((rx.el.span(aside, class_name="rcard__end"),) if aside is not None else ()),
        rx.el.span(text, class_name="rcard__text"),
        class_name="rcard",
    )
