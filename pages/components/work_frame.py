"""The frame of those who work here all day: a side nav, a thin bar, and all the room for the work."""

from collections.abc import Sequence

import reflex as rx

from pages.building import building, to
from pages.components.around import around, language_link, logo, theme_menu
from pages.components.card import page_head
from pages.components.door import is_open
from pages.components.icon import icon
from pages.components.kinds import Content, Text
from pages.components.link import area_link
from pages.components.menu import account_menu, menu, menu_line, menu_link, opens_menu
from pages.components.native_form import hidden, native_form
from pages.components.nav import ADMIN, VENDOR, Group, side_items
from pages.components.shop_frame import sign_out
from pages.components.status import avatar
from state.account.addresses import AddressesState
from state.delivery.stops import StopsState
from state.session import SessionState, StoreRow
from state.words import _


def work_frame(
    title: Text,
    *content: Content,
    acts: Sequence[Content] = (),
    aside: Content | None = None,
    way: Content | None = None,
    heads: bool = True,
) -> rx.Component:
    """Put a page into the vendor's or the operator's frame."""
    head = page_head(title, *acts, aside=aside) if heads else rx.fragment()
    above = (way,) if way is not None else ()
    page = rx.el.main(*above, head, *content, class_name="app__page", id="main", tab_index=-1)
    side = rx.el.nav(head_of_side(), side_items(_groups()), foot_of_side(), class_name="side", aria_label=_area())
    drawer = rx.el.nav(
        side_items(_groups()),
        class_name="side side--drawer",
        id="places",
        aria_label=_("Places"),
        custom_attrs={"popover": "auto"},
    )
    return around(rx.el.div(side, rx.el.div(top_bar(title), page, class_name="app__main"), class_name="app"), drawer)


def top_bar(title: Text) -> rx.Component:
    """What stands over a working page: on a phone also the way to the side nav."""
    open_places = rx.el.button(
        icon("menu"),
        type="button",
        aria_label=_("Places"),
        class_name="btn btn--quiet btn--icon only-narrow",
        **opens_menu("places"),
    )
    tools = rx.el.span(bell(), account(), class_name="row row--2 end")
    return rx.el.header(open_places, rx.el.p(title, class_name="medium"), tools, class_name="app__bar")


def bell() -> rx.Component:
    """Lead to what one has been told."""
    href = "/vendor/notifications" if building().audience == "vendor" else "/notifications"
    number = rx.cond(SessionState.unread > 0, rx.el.span(SessionState.unread, class_name="count count--hot"))
    return area_link(icon("bell"), number, href=href, aria_label=_("Notifications"), class_name="top__act")


def account() -> rx.Component:
    """Hold what belongs to the one who works."""
    return account_menu(
        menu_link(_("To the shop"), "/", sign="cart"),
        rx.cond(is_open(AddressesState.write), menu_link(_("Addresses"), "/addresses", sign="pin")),
        rx.cond(is_open(StopsState.load), menu_link(_("Your stops"), "/agent", sign="truck")),
        menu_line(),
        sign_out(),
    )


def head_of_side() -> rx.Component:
    """Say for whom this is: the vendor's store, with the way to another one, or the operator."""
    if building().audience == "admin":
        return logo()
    name = rx.el.span(SessionState.store, class_name="medium clip block")
    trigger = rx.el.button(
        avatar(rx.cond(SessionState.store, SessionState.store[0], ""), tint="c", is_store=True),
        rx.el.span(name, rx.el.small(SessionState.store_kind)),
        icon("down"),
        type="button",
        class_name="store",
        aria_haspopup="menu",
        **opens_menu("stores-menu"),
    )
    return menu("stores-menu", trigger, rx.foreach(SessionState.stores, store_choice), label=_("Your stores"))


def store_choice(store: StoreRow) -> rx.Component:
    """Switch to another of one's stores; the browser posts it and comes back."""
    sign = rx.cond(store.is_active, icon("check"), icon("store"))
    return native_form(
        hidden("store_id", store.id),
        hidden("next", to("/vendor")),
        rx.el.button(sign, store.name, type="submit", class_name="menu__item"),
        action="/session/store",
        key=store.id,
    )


def foot_of_side() -> rx.Component:
    """The language and the theme."""
    return rx.el.div(
        language_link(class_name="side__item"),
        theme_menu("theme-menu"),
        class_name="side__foot",
    )


def _groups() -> tuple[Group, ...]:
    return ADMIN if building().audience == "admin" else VENDOR


def _area() -> str:
    return _("Operations") if building().audience == "admin" else _("Vendor")
