"""States and badges: what is, told by shape first and by color second."""

from typing import Literal

import reflex as rx

from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Flag, Number, Text, classes, joined, lit

Tone = Literal["neutral", "accent", "good", "warn", "bad", "info", "line"]


def status(state: Text, words: Text, *, is_soft: bool = True, is_silent: bool = False) -> rx.Component:
    """Show where something stands: the dial fills as it moves on, a bar waits, a cross has stopped.

    `state` is its code, which knows tone and dial; inside a dense table the words are only said.
    """
    said = rx.el.span(words, class_name="sr") if is_silent else words
    look = classes("state", "state--soft" if is_soft and not is_silent else "")
    return rx.el.span(said, class_name=look, custom_attrs={"data-state": state})


def badge(words: Content, *, tone: Tone = "neutral", sign: Icon | None = None) -> rx.Component:
    """State a quiet fact; its tone says what it asks of the reader."""
    content = (icon(sign), words) if sign else (words,)
    return rx.el.span(*content, class_name=classes("badge", "" if tone == "neutral" else f"badge--{tone}"))


def toned_badge(words: Text, tone: Text) -> rx.Component:
    """State a quiet fact whose tone comes with the row."""
    return rx.el.span(words, class_name=joined("badge badge--", tone))


def count(number: Number, *, is_hot: Flag = False, said: Text = "") -> rx.Component:
    """Tell how many wait; `said` says of what."""
    hot = lit(is_hot, "count--hot")
    spoken = (rx.el.span(said, " ", class_name="sr"),) if isinstance(said, rx.Var) or said else ()
    return rx.el.span(*spoken, number, class_name=joined("count ", hot))


def live(is_on: Flag, words: Text) -> rx.Component:
    """Say that what stands here changes by itself, or that the line is down."""
    dot = rx.el.span(class_name=rx.cond(is_on, "live", "live live--off"))
    return rx.el.span(dot, words, class_name="muted t1 row row--2")


def avatar(
    letters: Text,
    *,
    tint: Literal["", "b", "c", "d", "e"] = "",
    is_store: bool = False,
    size: Literal["", "l", "xl"] = "",
) -> rx.Component:
    """Stand for a face or a shop by its letters."""
    look = classes(
        "avatar",
        f"avatar--{tint}" if tint else "",
        "avatar--store" if is_store else "",
        f"avatar--{size}" if size else "",
    )
    return rx.el.span(letters, class_name=look, aria_hidden="true")


def tinted_avatar(letters: Text, tint: Text) -> rx.Component:
    """The same, with a tint that comes with the row."""
    return rx.el.span(letters, class_name=joined("avatar avatar--", tint), aria_hidden="true")


def code(text: Text) -> rx.Component:
    """Print the number of an order, an FSIN, a reference: always left to right."""
    return rx.el.span(text, class_name="code")
