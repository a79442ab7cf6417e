"""File drops: a target that can also be pressed; each file shows its way to the store."""

from typing import Any, Final

import reflex as rx

from pages.components.button import icon_button
from pages.components.icon import icon
from pages.components.kinds import Number, Text
from pages.components.picture import picture
from pages.components.progress import bar
from pages.components.sending import sender
from state.words import _


def file_drop(
    name: str, words: Text, text: Text, *, accept: str, on_change: Any, takes_many: bool = False, **attributes: Any
) -> rx.Component:
    """Take files by drop, press or camera; the browser sends them straight to the object store."""
    chooser = rx.el.input(
        type="file", id=name, accept=accept, multiple=takes_many, aria_label=words, on_change=on_change, **attributes
    )
    return rx.el.label(
        icon("upload", large=True),
        rx.el.span(words, class_name="medium"),
        rx.el.span(text, class_name="t1"),
        chooser,
        class_name="drop",
    )


SEND_PICTURES: Final = """(async () => {
  const chooser = document.getElementById('NAME'), found = [], send = SENDER;
  chooser.closest('.drop')?.setAttribute('aria-busy', 'true');
  for (const file of chooser.files ?? []) found.push(await send(file, 'KIND'));
  chooser.closest('.drop')?.removeAttribute('aria-busy');
  chooser.value = '';
  return found;
})()"""
"""Sends all that were chosen, one after another; gives their ids, or why there is none."""


def picture_drop(name: str, words: Text, text: Text, *, kind: str, on_sent: Any, **attributes: Any) -> rx.Component:
    """Take pictures, as one more tile beside those that are there; the handler is told of all of them at once."""
    script = SEND_PICTURES.replace("NAME", name).replace("KIND", kind).replace("SENDER", sender())
    chooser = rx.el.input(
        type="file",
        id=name,
        name="",  # sent by the script alone, never with a form around it
        accept="image/jpeg,image/png,image/webp",
        multiple=True,
        aria_label=words,
        on_change=rx.call_script(script, callback=on_sent),
        **attributes,
    )
    return rx.el.label(
        icon("upload", large=True),
        rx.el.span(words, class_name="medium"),
        rx.el.span(text, class_name="t1"),
        chooser,
        class_name="drop drop--tile",
    )


def picture_tile(source: Text, *acts: Any, badge: Text = "", **attributes: Any) -> rx.Component:
    """Show one picture that was sent, with what can be done to it."""
    caption = rx.cond(badge, rx.el.figcaption(badge, class_name="badge"))
    return rx.el.div(
        rx.el.figure(picture(source, size="m"), caption, class_name="pic"),
        rx.el.div(*acts, class_name="row row--2"),
        class_name="stack stack--1",
        **attributes,
    )


def pictures(*tiles: Any) -> rx.Component:
    """Set pictures out as tiles."""
    return rx.el.div(*tiles, class_name="media")


def file_line(name: Text, progress: Text, percent: Number, *, on_stop: Any | None = None) -> rx.Component:
    """Show how far one file is."""
    return rx.el.div(
        rx.el.span(icon("document"), class_name="file__pic"),
        rx.el.span(name, " ", rx.el.span(progress, class_name="muted t1"), class_name="clip"),
        icon_button("close", _("Stop"), size="small", on_click=on_stop) if on_stop is not None else rx.el.span(),
        bar(percent, name, runs=True),
        class_name="file",
    )
