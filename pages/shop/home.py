"""The home page, and the page of all shops."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button_link
from pages.components.card import columns, section, stack
from pages.components.frame import frame
from pages.components.given import given
from pages.components.hero import hero, promises, round_links
from pages.components.icon import Icon, icon
from pages.components.link import area_link, link, more_link
from pages.components.loading import when_loaded
from pages.components.picture import picture
from pages.components.skeleton import skeleton, skeleton_cards
from pages.shop.cards import grid_of, rail_of
from state.installation import profile
from state.shop.home import CategoryRow, HomeState, ShopRow, ShopsState
from state.words import _


def home_page() -> rx.Component:
    """What a visitor sees first."""
    top = members_hero() if profile().catalog_access == "members" else open_hero()
    inside = rx.cond(HomeState.is_open, window())
    return frame(
        _("Marketplace"), stack(top, when_loaded(HomeState, inside, meanwhile()), promised(), gap="7"), heads=False
    )


def shops_page() -> rx.Component:
    """Every shop that sells something."""
    first = button_link(_("Sell here"), "/register?as=vendor", kind="primary")
    nobody = empty(_("No shop is open yet"), _("Come back soon, or open the first one."), act=first)
    listed = rx.cond(ShopsState.rows, columns(rx.foreach(ShopsState.rows, shop_card), kind="3"), nobody)
    return frame(_("Shops"), when_loaded(ShopsState, listed, shops_meanwhile()))


def open_hero() -> rx.Component:
    """Begin where anyone may look and buy."""
    return hero(
        _("The coffee corner"),
        _("Brew at home like you mean it"),
        _("Kettles, beans and hand-hammered dallahs from shops all over the Kingdom. Pay in cash at your door."),
        button_link(_("Shop coffee and tea"), "/c/coffee-tea", kind="primary", size="large"),
        link(_("See what costs less now"), "/search?badge=reduced", look="plain", class_name="hero__link"),
        art="/art/shelf-saudi",
        label=_("To begin with"),
    )  # fmt: skip


def members_hero() -> rx.Component:
    """Begin where only members look and buy."""
    inside = button_link(_("See all products"), "/search", kind="primary", size="large")
    outside = (
        button_link(_("Sign in"), "/sign-in", kind="primary", size="large"),
        link(_("Open an account"), "/register", look="plain", class_name="hero__link"),
    )
    return hero(
        _("For licensed businesses"),
        _("Every grower and maker, one order"),
        _("Compare by case and by tier, order from many vendors at once, and pay in cash when it is at your door."),
        rx.cond(HomeState.is_open, inside, rx.fragment(*outside)),
        art="/art/shelf-oklahoma",
        label=_("To begin with"),
    )


def window() -> rx.Component:
    """What can be had."""
    rounds = round_links(rx.foreach(HomeState.categories, round_category))
    less = section(
        _("Costs less now"),
        rail_of(HomeState.reduced, _("Costs less now")),
        end=more_link(_("All of them"), "/search?badge=reduced"),
    )
    shops = section(
        _("Shops to know"),
        columns(rx.foreach(HomeState.shops, shop_card), kind="3"),
        end=more_link(_("All shops"), "/shops"),
    )
    fresh = section(
        _("New here"), grid_of(HomeState.fresh, columns=5), end=more_link(_("All new things"), "/search?sort=newest")
    )
    nothing = empty(_("The shelves are being filled"), _("Nothing is for sale yet. Come back soon."))
    return stack(
        rounds,
        rx.cond(HomeState.reduced, less),
        rx.cond(HomeState.shops, shops),
        rx.cond(HomeState.fresh, fresh, nothing),
        gap="7",
    )


def meanwhile() -> rx.Component:
    """Hold its place."""
    return stack(skeleton("100%", "8rem"), skeleton("12rem", "1.5rem"), skeleton_cards(10), gap="5")


def shops_meanwhile() -> rx.Component:
    """Hold the place of the shops."""
    return columns(*(skeleton("100%", "12rem") for _card in range(6)), kind="3", aria_busy="true")


def round_category(category: CategoryRow) -> rx.Component:
    """Lead to one category."""
    drawn = rx.el.span(rx.el.img(src=category.image, alt="", width="104", height="104"), class_name="catrow__pic")
    return rx.el.li(area_link(drawn, rx.el.span(category.name), href=category.href))


def shop_card(shop: ShopRow) -> rx.Component:
    """Lead to one shop, behind three of its things."""
    named = rx.el.span(
        given(shop.name, class_name="t3 strong clip block"),
        rx.el.span(rx.cond(shop.place, rx.fragment(given(shop.place), " · ")), shop.products, class_name="muted"),
        class_name="grow",
    )
    shown = rx.el.span(*(picture(shop.images[place]) for place in range(3)), class_name="shopcard__pics")
    return area_link(shown, rx.el.span(named, class_name="row pad"), href=shop.href, class_name="card shopcard")


def promised() -> rx.Component:
    """What holds for everything here."""
    return promises(
        _("What holds here"),
        promise("truck", _("One cart, many shops"), _("Each shop sends its own parcel; you follow them in one place.")),
        promise("cash", _("Cash at the door"), _("The exact amount, when it is handed to you. Nothing before.")),
        promise("shield", _("Handed over by your code"), _("Six digits that only you have. No code, no parcel.")),
        promise("store", _("You see who sells"), _("Every offer names its shop, its price and its delivery.")),
    )


def promise(sign: Icon, title: str, words: str) -> rx.Component:
    """One of them."""
    said = rx.el.p(rx.el.b(title), rx.el.br(), rx.el.span(words, class_name="muted"))
    return rx.el.div(icon(sign, large=True), said)
