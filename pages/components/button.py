"""Buttons: what acts. A link that acts looks like a button; a button that goes nowhere does not exist."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from pages.building import to
from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Flag, Text, classes

Kind = Literal["secondary", "primary", "quiet", "danger", "danger-fill"]
Size = Literal["small", "usual", "large", "thumb"]

KINDS: dict[Kind, str] = {
    "secondary": "",
    "primary": "btn--primary",
    "quiet": "btn--quiet",
    "danger": "btn--danger",
    "danger-fill": "btn--danger-fill",
}
SIZES: dict[Size, str] = {"small": "btn--s", "usual": "", "large": "btn--l", "thumb": "btn--xl"}


def button(
    words: Content,
    *,
    kind: Kind = "secondary",
    size: Size = "usual",
    sign: Icon | None = None,
    is_wide: bool = False,
    is_busy: Flag | None = None,
    **attributes: Any,
) -> rx.Component:
    """Act. `primary` stands once in a view; `danger-fill` only in the dialog that names what will be lost.

    A busy button keeps its width and takes no second press.
    """
    if is_busy is not None:
        attributes["aria_busy"] = is_busy
    attributes.setdefault("type", "button")
    return rx.el.button(*_content(words, sign), **{**attributes, "class_name": _look(kind, size, is_wide, attributes)})


def submit(words: Content, *, is_busy: Flag | None = None, **attributes: Any) -> rx.Component:
    """Send the form it stands in."""
    return button(words, **{"kind": "primary", "is_busy": is_busy, "type": "submit", **attributes})


def icon_button(
    sign: Icon, words: Text, *, kind: Kind = "quiet", size: Size = "usual", is_large: bool = False, **attributes: Any
) -> rx.Component:
    """Act, shown by an icon alone; the words are said, and shown on hover."""
    attributes.setdefault("type", "button")
    look = classes(_look(kind, size, False, attributes), "btn--icon")  # noqa: FBT003 (narrow: the third of `_look`)
    return rx.el.button(icon(sign, large=is_large), aria_label=words, title=words, **{**attributes, "class_name": look})


def button_link(
    words: Content,
    href: Text,
    *,
    kind: Kind = "secondary",
    size: Size = "usual",
    sign: Icon | None = None,
    is_wide: bool = False,
    **attributes: Any,
) -> rx.Component:
    """Lead to one of our pages, looking like the act it begins."""
    return ReactRouterLink.create(
        *_content(words, sign), to=to(href), **{**attributes, "class_name": _look(kind, size, is_wide, attributes)}
    )


def icon_link(sign: Icon, words: Text, href: Text, *, size: Size = "usual", **attributes: Any) -> rx.Component:
    """Lead to one of our pages, shown by an icon alone."""
    look = classes(_look("quiet", size, False, attributes), "btn--icon")  # noqa: FBT003 (likewise)
    return ReactRouterLink.create(
        icon(sign, large=size == "large"), to=to(href), aria_label=words, **{**attributes, "class_name": look}
    )


def _look(kind: Kind, size: Size, is_wide: bool, attributes: dict[str, Any]) -> str:  # noqa: FBT001 (private)
    return classes("btn", KINDS[kind], SIZES[size], "btn--wide" if is_wide else "", attributes.get("class_name", ""))


def _content(words: Content, sign: Icon | None) -> tuple[Content, ...]:
    return (icon(sign), words) if sign else (words,)
