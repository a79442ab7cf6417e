"""The frame of the shop: search, categories, cart, account; and what stands under every page."""

from collections.abc import Sequence

import reflex as rx

from pages.building import building, to
from pages.components.around import around, language_link, logo, theme_menu
from pages.components.door import any_open, invites, is_open
from pages.components.finder import finder
from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Number, Text
from pages.components.link import area_link, link
from pages.components.menu import menu, menu_item, menu_line, menu_link, opens_menu
from pages.components.native_form import hidden, native_form
from pages.components.status import avatar
from state.account.addresses import AddressesState
from state.account.orders import OrdersState
from state.admin.desks import DESKS
from state.delivery.stops import StopsState
from state.installation import profile
from state.session import SessionState
from state.shop.frame import CategoryLink, ShopFrameState
from state.vendor.home import VendorHomeState
from state.words import _


def shop_frame(
    title: Text,
    *content: Content,
    acts: Sequence[Content] = (),
    aside: Content | None = None,
    way: Content | None = None,
    heads: bool = True,
) -> rx.Component:
    """Put a page into the shop."""
    named = rx.el.h1(title, class_name="t5")
    heading = rx.el.div(named, aside, class_name="row row--2 row--wrap") if aside is not None else named
    head = rx.el.div(heading, *acts, class_name="row row--apart row--wrap row--base")
    return around(
        header(),
        rx.el.main(
            rx.el.div(
                *((way,) if way is not None else ()),
                head if heads else rx.fragment(),
                *content,
                class_name="wrap stack stack--5",
                style={"paddingBlock": "var(--s5)"},
            ),
            id="main",
            tab_index=-1,
        ),
        footer(),
        places(),
        class_name="shop",
    )


def plain_frame(*content: Content, drawn: Content) -> rx.Component:
    """Frame the pages before signing in: a picture and a column, nothing that leads astray."""
    column = rx.el.main(
        rx.el.div(logo(), language_link(), class_name="row row--apart"),
        rx.el.div(*content, class_name="signin__form"),
        class_name="signin__main",
        id="main",
        tab_index=-1,
    )
    return around(
        rx.el.div(rx.el.div(drawn, class_name="signin__art", aria_hidden="true"), column, class_name="signin")
    )


def header() -> rx.Component:
    """What stands over every page of the shop."""
    return rx.el.header(
        rx.el.div(
            logo(),
            rx.cond(SessionState.place, deliver_to()),
            finder(),
            rx.el.nav(
                language_link(class_name="top__act top__wide"),
                rx.cond(invites(OrdersState.load), orders()),
                rx.cond(SessionState.is_signed_in, bell()),
                rx.cond(SessionState.is_signed_in, account(), sign_in()),
                cart(),
                class_name="top__acts",
                aria_label=_("Account"),
            ),
            class_name="top__in",
        ),
        rx.el.nav(
            rx.foreach(ShopFrameState.categories, category_link), class_name="top__cats", aria_label=_("Categories")
        ),
        class_name="top",
    )


def category_link(category: CategoryLink) -> rx.Component:
    """Lead to one category."""
    is_here = rx.cond(ShopFrameState.current == category.slug, "true", "false")
    return area_link(category.name, href=category.href, custom_attrs={"aria-current": is_here})


def orders() -> rx.Component:
    """Lead to what one has bought."""
    return area_link(
        icon("box"),
        rx.el.span(_("Orders"), class_name="top__wide"),
        rx.el.span(_("Orders"), class_name="sr"),
        href="/orders",
        class_name="top__act top__notphone",
    )


def deliver_to() -> rx.Component:
    """Say where things would be sent."""
    words = rx.el.span(rx.el.small(_("Deliver to")), SessionState.place, class_name="top__two")
    return area_link(icon("pin"), words, href="/addresses", class_name="top__act top__wide")


def bell() -> rx.Component:
    """Lead to what one has been told."""
    return area_link(
        icon("bell"),
        rx.cond(SessionState.unread > 0, hot(SessionState.unread)),
        href="/notifications",
        class_name="top__act",
        aria_label=_("Notifications"),
    )


def cart() -> rx.Component:
    """Lead to the cart, and tell how many things are in it."""
    return area_link(
        icon("cart", large=True),
        rx.cond(SessionState.cart_count > 0, hot(SessionState.cart_count)),
        rx.el.span(_("Cart"), class_name="sr"),
        href="/cart",
        class_name="top__act",
    )


def hot(number: Number) -> rx.Component:
    """Tell how many, on an icon."""
    return rx.el.span(number, class_name="count count--hot")


def sign_in() -> rx.Component:
    """Lead a visitor in."""
    return area_link(
        icon("user"), rx.el.span(_("Sign in"), class_name="top__wide"), rx.el.span(_("Sign in"), class_name="sr"),
        href="/sign-in", class_name="top__act",
    )  # fmt: skip


def account() -> rx.Component:
    """Hold what belongs to the one who is signed in."""
    name = rx.el.span(SessionState.name, class_name="top__wide")
    trigger = rx.el.button(
        avatar(SessionState.initials, tint="b"),
        name,
        rx.el.span(_("Account"), class_name="sr"),
        type="button",
        class_name="top__act",
        **opens_menu("account-menu"),
    )
    return menu(
        "account-menu",
        trigger,
        rx.cond(is_open(OrdersState.load), menu_link(_("Orders"), "/orders", sign="box")),
        rx.cond(is_open(AddressesState.write), menu_link(_("Addresses"), "/addresses", sign="pin")),
        menu_link(_("Notifications"), "/notifications", sign="bell"),
        rx.cond(SessionState.sells & is_open(VendorHomeState.load), menu_link(_("Your shop"), "/vendor", sign="store")),
        rx.cond(is_open(StopsState.load), menu_link(_("Your stops"), "/agent", sign="truck")),
        rx.cond(any_open([*DESKS.values()]), menu_link(_("Operations"), "/admin", sign="grid")),
        menu_line(),
        sign_out(),
        label=_("Account"),
    )


def sign_out() -> rx.Component:
    """Leave; the browser posts it, so that the cookie goes."""
    return native_form(
        hidden("back", to("/")),
        menu_item(_("Sign out"), sign="leave", type="submit"),
        action="/session/end",
    )


def footer() -> rx.Component:
    """What stands under every page of the shop."""
    tax = _("VAT included in every price") if profile().prices_include_tax else _("Prices are without tax")
    return rx.el.footer(
        rx.el.div(
            rx.el.span("© ", _("Marketplace")),
            link(_("Help"), "/help", look="plain"),
            link(_("Sell here"), "/register?as=vendor", look="plain"),
            link(_("Terms"), "/terms", look="plain"),
            link(_("Privacy"), "/privacy", look="plain"),
            link(_("Contact"), "/contact", look="plain"),
            language_link(class_name=""),
            theme_menu("theme-menu"),
            rx.el.span(icon("shield"), tax, class_name="end row row--2"),
            class_name="foot__in",
        ),
        class_name="foot",
    )


def places() -> rx.Component:
    """The places of the shop within the thumb's reach."""
    return rx.el.nav(
        place("home", _("Home"), "/"),
        place("search", _("Search"), "/search"),
        place("cart", _("Cart"), "/cart"),
        rx.cond(invites(OrdersState.load), place("box", _("Orders"), "/orders")),
        place("user", _("Account"), "/account"),
        class_name="tabbar",
        aria_label=_("Places"),
    )


def place(sign: Icon, words: Text, href: str) -> rx.Component:
    """Lead to one place."""
    here = {"aria_current": "page"} if building().path == href else {}
    return area_link(icon(sign), words, href=href, **here)
