"""Banners, notes and empty places: what is true of the whole page, of a line, of nothing yet."""

from typing import Literal

import reflex as rx

from pages.components.icon import Icon, drawing, icon
from pages.components.kinds import Content, Text, classes, text
from pages.components.whole import kept_whole, whole

Tone = Literal["info", "good", "warn", "bad"]

SIGNS: dict[Tone, Icon] = {"info": "info", "good": "check", "warn": "warning", "bad": "warning"}


def banner(
    title: Content,
    *text: Content,
    tone: Tone = "info",
    act: Content | None = None,
    listed: Content | None = None,
    is_flush: bool = False,
) -> rx.Component:
    """Say what is true of the whole page, and what can be done about it; stays until it is true no more.

    `listed` names the things that the title is about, one under the other.
    """
    things = () if listed is None else (rx.el.ul(listed, class_name="stack stack--1"),)
    told = (rx.el.p(kept_whole(words)) for words in text)
    body = [rx.el.p(kept_whole(title), class_name="banner__title"), *things, *told]
    return rx.el.div(
        icon(SIGNS[tone]),
        rx.el.div(*body, class_name="banner__body"),
        *((act,) if act is not None else ()),
        class_name=classes("banner", f"banner--{tone}", "banner--flush" if is_flush else ""),
        role="alert" if tone == "bad" else "status",
    )


def problem(sentence: Text) -> rx.Component:
    """Say what went wrong with what was just asked; empty until then, and what was typed stays."""
    return rx.cond(text(sentence) != "", banner(whole(sentence), tone="bad"))


def note(*words: Content, sign: Icon = "info", tone: Literal["muted", "good", "warn", "bad"] = "muted") -> rx.Component:
    """Say one line about the thing it stands by."""
    return rx.el.p(icon(sign), rx.el.span(*map(kept_whole, words)), class_name=classes("note", tone))


def empty(title: Text, text: Text = "", *, act: Content | None = None) -> rx.Component:
    """Say what this place is for while nothing is in it, and the next step."""
    return rx.el.div(
        drawing("nothing-here", "0 0 112 88", class_name="empty__pic"),
        rx.el.p(title, class_name="empty__title"),
        rx.el.p(kept_whole(text)),
        *((act,) if act is not None else ()),
        class_name="empty",
    )
