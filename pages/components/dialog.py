"""Dialogs and sheets: the browser's own, so focus, Escape and the page behind are its work."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from pages.components.button import button
from pages.components.kinds import Content, Text, classes, joined
from state.words import _


def opens(name: Text) -> EventSpec:
    """Open a dialog by its id."""
    return rx.call_script(joined("document.getElementById('", name, "')?.showModal()"))


def closes(name: Text) -> EventSpec:
    """Close a dialog by its id."""
    return rx.call_script(joined("document.getElementById('", name, "')?.close()"))


def dialog(
    name: Text, title: Content, *body: Content, foot: Content | None = None, is_sheet: bool = False
) -> rx.Component:
    """Ask or show one thing over the page; on the road it is a sheet within the thumb's reach."""
    heading = rx.el.h2(title, class_name="dialog__title", id=joined(name, "-title"))
    return rx.el.dialog(
        rx.el.div(heading, class_name="dialog__head") if not is_sheet else heading,
        rx.el.div(*body, class_name="dialog__body"),
        *((rx.el.div(foot, class_name="dialog__foot"),) if foot is not None else ()),
        id=name,
        class_name=classes("sheet" if is_sheet else "dialog"),
        aria_labelledby=joined(name, "-title"),
    )


def confirmation(
    name: Text,
    title: Content,
    text: Content,
    *more: Content,
    act: Text,
    on_confirm: Any,
    keep: Text = "",
    is_final: bool = True,
) -> rx.Component:
    """Ask before what cannot be undone: the title names it, the safe answer comes first; `more` follows the text."""
    steps = on_confirm if isinstance(on_confirm, list) else [on_confirm]
    foot = rx.fragment(
        button(keep or _("Keep it"), on_click=closes(name)),
        button(act, kind="danger-fill" if is_final else "primary", on_click=[closes(name), *steps]),
    )
    return dialog(name, title, rx.el.p(text), *more, foot=foot)
