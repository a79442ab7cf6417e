"""The vendor's board."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button_link, icon_link
from pages.components.card import columns, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.kinds import length
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import unless_empty, when_loaded
from pages.components.money import money
from pages.components.navigation import pager, tab, tabs
from pages.components.sheet import sheet_link
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge, code, status
from pages.components.table import Heading, cell, group_row, row_head, table
from pages.delivery.proof import proof
from pages.vendor import deciding
from state.vendor.orders import CardRow, ColumnRow, OrdersState
from state.words import _


def orders_page() -> rx.Component:
    """What waits for the vendor, and the order that is open beside it."""
    pick_list = button_link(_("Pick list"), "/vendor/pick-list", sign="list")
    export = sheet_link("/api/v1/vendor/orders.csv")
    return frame(
        _("Orders"),
        choices(),
        when_loaded(OrdersState, board(), skeleton_rows(10, 5)),
        acts=[
            unless_empty(OrdersState, OrdersState.can_pick, pick_list),
            unless_empty(OrdersState, OrdersState.open_count + length(OrdersState.columns), export),
        ],
        aside=freshness(),
    )


def choices() -> rx.Component:
    """The stages of the work, with how many stand in each."""
    stages = (
        ("to_decide", _("To decide")),
        ("to_pack", _("To pack")),
        ("ready", _("Ready")),
        ("on_the_way", _("On the way")),
    )
    ends = (("done", _("Done")), ("stopped", _("Stopped")))
    return tabs(
        _("Orders by state"),
        tab(_("Open"), "/vendor/orders", is_current=OrdersState.tab == "open", number=OrdersState.open_count),
        *(
            tab(
                words,
                f"/vendor/orders?state={name}",
                is_current=OrdersState.tab == name,
                number=OrdersState.counts[name],
            )
            for name, words in stages
        ),
        *(tab(words, f"/vendor/orders?state={name}", is_current=OrdersState.tab == name) for name, words in ends),
    )


def board() -> rx.Component:
    """The table, and the panel beside it."""
    nothing = empty(_("No orders here."), _("They appear by themselves the moment somebody buys."))
    listed = stack(order_table(), rx.cond(OrdersState.first + OrdersState.after, pages()), gap="3")
    left = rx.cond(OrdersState.columns, listed, nothing)
    return rx.cond(OrdersState.order.number, columns(left, panel(), kind="panel"), left)


def order_table() -> rx.Component:
    """Orders as rows, under the stage they stand in."""
    headings = (
        _("Order"),
        _("Buyer"),
        Heading(_("Time"), is_number=True),
        _("Paid by"),
        Heading(_("Total"), is_number=True),
    )
    return table(headings, rx.foreach(OrdersState.columns, stage), label=_("Orders"), is_dense=True)


def stage(column: ColumnRow) -> rx.Component:
    """One stage with its orders."""
    return rx.fragment(
        group_row(column.name, 5, number=column.count), rx.foreach(column.cards, order_row), key=column.name
    )


def order_row(order: CardRow) -> rx.Component:
    """One order."""
    held = rx.cond(order.is_held, rx.fragment(" ", badge(_("On hold"), tone="warn")))
    return rx.el.tr(
        row_head(
            rx.el.span(
                status(order.state, order.state_words, is_silent=True),
                link(code(order.number), order.href, look="plain"),
                class_name="row row--2",
            )
        ),
        cell(order.buyer, held, place="3", fills=True),
        cell(rx.el.span(order.waits, class_name=rx.cond(order.is_late, "bad", "")), place="4", is_number=True),
        cell(order.paid_by),
        cell(money(order.total), place="2", is_number=True),
        key=order.number,
        data_testid="board-order",
        custom_attrs={"aria-current": rx.cond(order.number == OrdersState.order.number, "true", "false")},
    )


def pages() -> rx.Component:
    """The way on."""
    return pager("", before=OrdersState.first, after=OrdersState.after)


def panel() -> rx.Component:
    """The order that is open."""
    order = OrdersState.order
    head = rx.el.header(
        rx.el.div(
            rx.el.h2(code(order.number), class_name="card__title t3"),
            rx.el.p(order.buyer, " · ", date(order.placed, order.placed_exact), class_name="muted t1"),
        ),
        icon_link("external", _("Open on a page of its own"), "/vendor/orders/" + order.number),
        class_name="card__head",
    )
    return rx.el.aside(
        head,
        rx.el.div(deciding.who_and_where(OrdersState), class_name="pad stack"),
        deciding.lines_head(OrdersState),
        deciding.lines(OrdersState),
        rx.el.div(deciding.what_it_comes_to(OrdersState), deciding.one_act(OrdersState), class_name="pad stack"),
        deciding.ask_to_cancel(OrdersState),
        proof(OrdersState, OrdersState.order.number),
        class_name="card panel",
        aria_label=_("Order"),
        data_testid="order-panel",
    )
