"""File drops: a target that can also be pressed; each file shows its way to the store."""

from typing import Any

import reflex as rx

from pages.components.button import icon_button
from pages.components.icon import icon
from pages.components.kinds import Number, Text
from pages.components.progress import bar
from state.words import _


def file_drop(
    name: str, words: Text, text: Text, *, accept: str, on_change: Any, takes_many: bool = False
) -> rx.Component:
    """Take files by drop, press or camera; the browser sends them straight to the object store."""
    chooser = rx.el.input(
        type="file", id=name, accept=accept, multiple=takes_many, aria_label=words, on_change=on_change
    )
    return rx.el.label(
        icon("upload", large=True),
        rx.el.span(words, class_name="medium"),
        rx.el.span(text, class_name="t1"),
        chooser,
        class_name="drop",
    )


def file_line(name: Text, progress: Text, percent: Number, *, on_stop: Any | None = None) -> rx.Component:
    """Show how far one file is."""
    return rx.el.div(
        rx.el.span(icon("document"), class_name="file__pic"),
        rx.el.span(name, " ", rx.el.span(progress, class_name="muted t1"), class_name="clip"),
        icon_button("close", _("Stop"), size="small", on_click=on_stop) if on_stop is not None else rx.el.span(),
        bar(percent, name, runs=True),
        class_name="file",
    )
