"""The orders of a buyer."""

import reflex as rx

from pages.components.banner import banner, empty
from pages.components.button import button_link
from pages.components.card import card, row, row_line, rows, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.given import given
from pages.components.kinds import length
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import pager, tab, tabs
from pages.components.picture import picture
from pages.components.skeleton import skeleton_rows
from pages.components.status import avatar, code, status
from state.account.orders import LeftOutRow, OrderRow, OrdersState, PlacedRow
from state.words import _


def orders_page() -> rx.Component:
    """Every parcel of the store, newest first; after a checkout, that it went well."""
    return frame(
        _("Orders"),
        placed(),
        views(),
        when_loaded(OrdersState, content(), skeleton_rows(6, 3)),
        aside=freshness(),
    )


def placed() -> rx.Component:
    """Say that the checkout went well, by the numbers that stand in the list, and what was left out of it."""
    is_several = length(OrdersState.placed) > 1
    several = _("Each shop sends its own parcel. You see here as soon as one answers.")
    one = _("The shop was told. You see here as soon as it answers.")
    told = rx.el.div(
        banner(
            rx.cond(is_several, _("Thank you. Your orders are placed:"), _("Thank you. Your order is placed:")),
            rx.cond(is_several, several, one),
            listed=rx.foreach(OrdersState.placed, placed_order),
            tone="good",
        ),
        role="status",
        data_testid="placed",
    )
    missing = rx.cond(
        OrdersState.left_out,
        banner(
            _("Not everything could be ordered. What is missing is still in your cart."),
            link(_("Change it in the cart"), "/cart"),
            listed=rx.foreach(OrdersState.left_out, not_ordered),
            tone="warn",
        ),
    )
    return rx.cond(OrdersState.placed, stack(told, missing, gap="3"))


def placed_order(order: PlacedRow) -> rx.Component:
    """One order of it."""
    return rx.el.li(
        link(code(order.number), order.href, look="tap"), " ", given(order.store, class_name="muted"), key=order.number
    )


def not_ordered(line: LeftOutRow) -> rx.Component:
    """One thing that is missing, and why."""
    named = rx.cond(line.title, given(line.title, class_name="medium block"))
    return rx.el.li(named, rx.el.span(line.why, class_name="block"), key=line.id)


def views() -> rx.Component:
    """All of them, or those that still come, that came, that did not."""
    ways = (
        ("", _("All"), "/orders"),
        ("open", _("On their way"), "/orders?state=open"),
        ("done", _("Delivered"), "/orders?state=done"),
        ("stopped", _("Stopped"), "/orders?state=stopped"),
    )
    return tabs(
        _("Orders by state"), *(tab(words, href, is_current=OrdersState.view == view) for view, words, href in ways)
    )


def content() -> rx.Component:
    """The list, or that there is nothing yet."""
    nothing = empty(
        _("No orders here."),
        _("What you buy stands here, from the first minute to the door."),
        act=button_link(_("See what there is"), "/search", kind="primary"),
    )
    pages = rx.cond(OrdersState.first + OrdersState.after, pager("", before=OrdersState.first, after=OrdersState.after))
    listed = stack(card(rows(rx.foreach(OrdersState.rows, order_line)), pads=False), pages)
    return rx.cond(OrdersState.rows, listed, nothing)


def order_line(order: OrderRow) -> rx.Component:
    """One parcel: where it stands first, then what is in it."""
    head = row(
        rx.el.span(order.store, class_name="medium"),
        status(order.state, order.state_words),
        look="2 wrap",
    )
    figures = row(
        code(order.number),
        date(order.placed, order.placed_exact),
        rx.el.span(order.things),
        look="wrap base",
        class_name="muted t1 says",
    )
    pictures = row(
        rx.foreach(order.pictures, lambda source: picture(source, size="s")), look="2", class_name="not-phone"
    )
    return row_line(
        stack(head, rx.el.p(order.headline), figures, gap="1"),
        start=avatar(order.letter, tint="c", is_store=True),
        end=row(pictures, rx.el.span(money(order.total), class_name="strong nowrap")),
        href=order.href,
        data_testid="parcel",
    )
