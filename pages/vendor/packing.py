"""On paper: what to take off the shelf, and what lies in a parcel."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button, button_link
from pages.components.card import card, facts, row, stack, sum_line, sums
from pages.components.frame import frame
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import crumbs
from pages.components.picture import picture
from pages.components.skeleton import skeleton_rows
from pages.components.status import code
from pages.components.table import Heading, cell, row_head, table
from state.session import SessionState
from state.vendor.deciding import LineRow
from state.vendor.order import VendorOrderState
from state.vendor.packing import PackingState, PickRow
from state.words import _


def pick_list_page() -> rx.Component:
    """Everything that the accepted orders need, by its place on the shelf."""
    return frame(
        _("Pick list"),
        when_loaded(PackingState, picking(), skeleton_rows(8, 4)),
        acts=[rx.cond(PackingState.rows, _print())],
        way=crumbs((_("Orders"), "/vendor/orders"), here=_("Pick list")),
    )


def picking() -> rx.Component:
    """The list, or why there is none."""
    headings = (_("Product"), _("SKU"), Heading(_("Quantity"), is_number=True), _("Orders"))
    listed = stack(
        rx.el.p(PackingState.count, " · ", PackingState.printed, class_name="muted"),
        table(headings, rx.foreach(PackingState.rows, pick_row), label=_("Pick list")),
        gap="3",
    )
    nothing = empty(
        _("Nothing is to be packed."),
        _("Accepted orders appear here."),
        act=button_link(_("Orders"), "/vendor/orders"),
    )
    return rx.cond(PackingState.rows, listed, nothing)


def pick_row(pick: PickRow) -> rx.Component:
    """One thing on the shelf."""
    return rx.el.tr(
        row_head(row(picture(pick.picture, size="xs"), rx.el.span(pick.title, class_name="clip2"), look="2")),
        cell(code(pick.sku), place="3"),
        cell(rx.el.b(pick.quantity, class_name="t3"), place="2", is_number=True),
        cell(code(pick.orders), place="4"),
        key=pick.sku,
        data_testid="pick",
    )


def slip_page() -> rx.Component:
    """What lies in one parcel, for the one who opens it."""
    order = VendorOrderState.order
    return frame(
        _("Packing slip"),
        when_loaded(VendorOrderState, slip(), skeleton_rows(6, 3)),
        acts=[_print()],
        way=crumbs((_("Orders"), "/vendor/orders"), here=rx.cond(VendorOrderState.trouble, _("Order"), order.number)),
    )


def slip() -> rx.Component:
    """Where it goes, what is in it, what is to be paid."""
    order = VendorOrderState.order
    headings = (_("Product"), _("SKU"), Heading(_("Quantity"), is_number=True), Heading(_("Total"), is_number=True))
    where = facts(
        (_("Order"), code(order.number)),
        (_("Vendor"), SessionState.store),
        (_("Buyer"), order.buyer),
        (_("For"), rx.fragment(order.recipient, " ", rx.el.span(order.phone, dir="ltr"))),
        (_("Goes to"), order.goes_to),
        (_("Promised"), order.promised),
        (_("Paid by"), order.paid_by),
        (_("Note"), rx.cond(order.note, order.note, "–")),
    )
    lines = table(headings, rx.foreach(VendorOrderState.lines, slip_row), label=_("Lines"))
    figures = VendorOrderState.sums
    total = sums(
        (_("Items"), money(figures.goods)),
        rx.cond(figures.off, sum_line(figures.off_words, money(figures.off))),
        (_("Delivery"), money(figures.shipping)),
        rx.cond(figures.tax, sum_line(_("Tax"), money(figures.tax))),
        total=(_("The buyer pays"), money(figures.total)),
    )
    return stack(card(where, title=order.recipient), lines, card(total), gap="5")


def slip_row(line: LineRow) -> rx.Component:
    """One line; what was not accepted is not in the parcel."""
    shown = rx.el.tr(
        row_head(line.title),
        cell(code(line.sku), place="3"),
        cell(
            line.quantity, rx.el.span(" × ", money(line.unit_price), class_name="only-phone"), place="4", is_number=True
        ),
        cell(money(line.line_total), place="2", is_number=True),
        key=line.id,
    )
    return rx.cond(line.is_dropped, rx.fragment(), shown)


def _print() -> rx.Component:
    return button(_("Print"), sign="print", kind="primary", on_click=rx.call_script("window.print()"))
