"""What stands while a page loads, and instead of it when it cannot be shown."""

from collections.abc import Mapping
from typing import Any, Final

import reflex as rx

from pages.building import Audience, building
from pages.components.banner import banner, empty
from pages.components.button import button, button_link
from pages.components.kinds import Content
from state.session import SessionState
from state.words import _

ROOTS: Final[Mapping[Audience, str]] = {"vendor": "/vendor", "agent": "/agent", "admin": "/admin"}
"""Where those who work here begin; everybody else begins in the shop."""


def when_loaded(state: Any, content: Content, meanwhile: Content, *, title: str = "") -> rx.Component:
    """Show the content of a page whose state mixes in `Loads`: first its skeleton, or why it cannot be shown.

    `title` is said where the content that brings the page's heading is not there.
    """
    shown = rx.cond(state.trouble, trouble(state), rx.cond(state.is_loaded, content, meanwhile))
    if not title:
        return shown
    stands_in = (state.trouble != "") | ~state.is_loaded
    return rx.fragment(rx.cond(stands_in, rx.el.h1(title, class_name="sr")), shown)


def unless_empty(state: Any, things: Any, act: Content) -> rx.Component:
    """Show an act while what it acts upon is there, or may still come."""
    return rx.cond(state.is_loaded & ~things.bool(), rx.fragment(), act)


def trouble(state: Any) -> rx.Component:
    """Say why a page cannot be shown, and what to do."""
    back = button_link(_("To the home page"), ROOTS.get(building().audience, "/"))
    return rx.match(
        state.trouble_kind,
        ("missing", empty(_("There is nothing here"), state.trouble, act=back)),
        ("forbidden", shut(state)),
        ("away", banner(_("This did not load"), state.trouble, tone="warn", act=again(state))),
        banner(_("This cannot be shown"), state.trouble, tone="bad", act=anew()),
    )


def shut(state: Any) -> rx.Component:
    """Say that a page is closed to the reader; at a vendor's, who only buys is led to a shop of his own."""
    closed = empty(_("This is not open to you"), state.trouble, act=button_link(_("To the home page"), "/"))
    if building().audience != "vendor":
        return closed
    opening = empty(
        _("You have no shop here"),
        _("You are signed in to buy. To sell, open a shop with another account."),
        act=button_link(_("Sell here"), "/register?as=vendor", kind="primary"),
    )
    return rx.cond((SessionState.store != "") & ~SessionState.sells, opening, closed)


def anew() -> rx.Component:
    """Lead to the page as it is without what its address asked for: that is what was refused."""
    path = building().path
    return button_link(_("Start from the beginning"), "/" if "[" in path else path)


def again(state: Any) -> rx.Component:
    """Ask for the page once more."""
    return button(_("Try again"), on_click=state.load)
