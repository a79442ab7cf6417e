"""All orders, for those who help with them."""

import reflex as rx

from pages.components.banner import empty
from pages.components.card import stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import filter_bar, pager, search_box, tab, tabs
from pages.components.skeleton import skeleton_rows
from pages.components.status import code, status
from pages.components.table import Heading, cell, row_head, table
from state.admin.orders import HouseOrderRow, HouseOrdersState
from state.words import _


def orders_page() -> rx.Component:
    """Every order, and the way to one by its number."""
    search = search_box("number", _("Number of an order"), on_submit=HouseOrdersState.find, max_length=40)
    return frame(
        _("Orders"),
        filter_bar(search, label=_("Find an order")),
        choices(),
        when_loaded(HouseOrdersState, listed(), skeleton_rows(10, 6)),
        aside=freshness(),
    )


def choices() -> rx.Component:
    """By how far they have come."""
    known = (
        ("", _("All")),
        ("decide", _("To decide")),
        ("pack", _("To pack")),
        ("ready", _("Ready")),
        ("road", _("On the road")),
        ("done", _("Delivered")),
        ("stopped", _("Stopped")),
    )
    views = (
        tab(words, f"/admin/orders?state={view}", is_current=HouseOrdersState.tab == view) for view, words in known
    )
    return tabs(_("Orders by state"), *views)


def listed() -> rx.Component:
    """The table, or why there is none."""
    nothing = empty(_("No orders here."), _("They appear by themselves."))
    headings = (
        _("Order"),
        _("State"),
        _("Buyer"),
        _("Vendor"),
        _("Placed"),
        _("Payment"),
        Heading(_("Total"), is_number=True),
    )
    rows = table(headings, rx.foreach(HouseOrdersState.rows, order), label=_("Orders"))
    pages = pager("", before=HouseOrdersState.first, after=HouseOrdersState.after)
    return rx.cond(HouseOrdersState.rows, stack(rows, pages, gap="3"), nothing)


def order(row: HouseOrderRow) -> rx.Component:
    """One order."""
    return rx.el.tr(
        row_head(link(code(row.number), row.href, look="plain")),
        cell(status(row.state, row.state_words), place="3"),
        cell(row.buyer, place="4"),
        cell(row.store),
        cell(date(row.placed, row.placed_exact)),
        cell(row.paid_words),
        cell(money(row.total), place="2", is_number=True),
        key=row.number,
        data_testid="order",
    )
