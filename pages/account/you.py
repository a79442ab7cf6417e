"""The places of somebody's account, in one list: on a phone the way to all of them."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button_link
from pages.components.card import card, row_line, rows, stack
from pages.components.door import any_open, is_open
from pages.components.frame import frame
from pages.components.icon import Icon, icon
from pages.components.shop_frame import sign_out
from pages.components.skeleton import skeleton_rows
from pages.components.status import count
from state.account.addresses import AddressesState
from state.account.orders import OrdersState
from state.admin.desks import DESKS
from state.delivery.stops import StopsState
from state.session import SessionState
from state.vendor.home import VendorHomeState
from state.words import _


def you_page() -> rx.Component:
    """What belongs to the one who is signed in, or the way in."""
    asked = empty(
        _("You are not signed in"),
        _("Orders, addresses and what we told you stand here."),
        act=button_link(_("Sign in"), "/sign-in?next=/account", kind="primary"),
    )
    inside = rx.cond(SessionState.is_signed_in, yours(), asked)
    return frame(_("Account"), rx.cond(SessionState.is_loaded, inside, skeleton_rows(5, 1)))


def yours() -> rx.Component:
    """Every place that is open to one."""
    unread = rx.cond(SessionState.unread > 0, count(SessionState.unread, is_hot=True))
    listed = rows(
        rx.cond(is_open(OrdersState.load), place("box", _("Orders"), "/orders")),
        rx.cond(is_open(AddressesState.write), place("pin", _("Addresses"), "/addresses")),
        place("bell", _("Notifications"), "/notifications", unread),
        rx.cond(SessionState.sells & is_open(VendorHomeState.load), place("store", _("Your shop"), "/vendor")),
        rx.cond(is_open(StopsState.load), place("truck", _("Your stops"), "/agent")),
        rx.cond(any_open([*DESKS.values()]), place("grid", _("Operations"), "/admin")),
        place("info", _("Help"), "/help"),
    )
    who = rx.el.p(_("You are signed in as"), " ", rx.el.bdi(SessionState.name), ".", class_name="t3 muted")
    return stack(who, card(listed, pads=False), rx.el.div(sign_out()), style={"maxInlineSize": "var(--w-form)"})


def place(sign: Icon, words: str, href: str, told: rx.Component | None = None) -> rx.Component:
    """Lead to one of them."""
    end = rx.el.span(*((told,) if told is not None else ()), icon("forward"), class_name="row row--2 muted")
    return row_line(rx.el.span(words, class_name="t3 medium"), start=icon(sign), end=end, href=href)
