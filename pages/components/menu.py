"""Menus: popovers of acts, the dangerous one last."""

from typing import Any

import reflex as rx

from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Text, classes
from pages.components.link import area_link
from pages.components.status import avatar
from state.session import SessionState
from state.words import _


def menu(name: Text, trigger: rx.Component, *items: Content, label: Text) -> rx.Component:
    """Hang acts under what opens them; `trigger` is a button made with `opens_menu(name)`."""
    return rx.fragment(
        trigger,
        rx.el.div(*items, id=name, class_name="menu", role="group", aria_label=label, custom_attrs={"popover": "auto"}),
    )


def account_menu(*items: Content, is_large: bool = False) -> rx.Component:
    """Hang what belongs to the one who works under the letters of his name."""
    trigger = rx.el.button(
        avatar(SessionState.initials, tint="d"),
        type="button",
        class_name=classes("btn btn--quiet btn--icon", "btn--l" if is_large else ""),
        aria_label=_("Account"),
        **opens_menu("account-menu"),
    )
    return menu("account-menu", trigger, *items, label=_("Account"))


def opens_menu(name: Text) -> dict[str, Any]:
    """Make a button open a menu; the browser closes it again."""
    return {"custom_attrs": {"popoverTarget": name}}


def menu_item(
    words: Content, *, sign: Icon | None = None, is_dangerous: bool = False, **attributes: Any
) -> rx.Component:
    """Act from a menu."""
    look = classes("menu__item", "menu__item--danger" if is_dangerous else "")
    attributes.setdefault("type", "button")
    return rx.el.button(*((icon(sign),) if sign else ()), words, class_name=look, **attributes)


def menu_link(words: Content, href: Text, *, sign: Icon | None = None) -> rx.Component:
    """Lead to a page from a menu."""
    return area_link(*((icon(sign),) if sign else ()), words, href=href, class_name="menu__item")


def menu_line() -> rx.Component:
    """Divide a menu."""
    return rx.el.hr(class_name="menu__line")
