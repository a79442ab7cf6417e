"""One order of the vendor's, on a page of its own, and on paper."""

import reflex as rx

from pages.components.button import button_link
from pages.components.card import card, columns, row, stack
from pages.components.frame import frame
from pages.components.line import freshness
from pages.components.loading import when_loaded
from pages.components.navigation import crumbs
from pages.components.skeleton import skeleton_rows
from pages.components.status import code
from pages.delivery.proof import proof
from pages.vendor import deciding
from state.vendor.order import VendorOrderState
from state.words import _


def order_page() -> rx.Component:
    """Everything about one order, and what is to be done."""
    slip = button_link(
        _("Packing slip"),
        rx.Var.create("/vendor/orders/").to(str) + VendorOrderState.order.number + "/slip",
        sign="print",
    )
    return frame(
        _("Order"),
        when_loaded(VendorOrderState, content(), skeleton_rows(6, 3)),
        acts=[slip],
        aside=freshness(),
        way=crumbs(
            (_("Orders"), "/vendor/orders"),
            here=rx.cond(VendorOrderState.trouble, _("Order"), VendorOrderState.order.number),
        ),
    )


def content() -> rx.Component:
    """The lines on one side, the rest on the other."""
    what = card(
        deciding.lines_head(VendorOrderState),
        deciding.lines(VendorOrderState),
        title=row(code(VendorOrderState.order.number), look="2"),
        pads=False,
    )
    rest = stack(
        card(deciding.who_and_where(VendorOrderState), title=VendorOrderState.order.buyer),
        card(
            stack(deciding.what_it_comes_to(VendorOrderState), deciding.one_act(VendorOrderState)),
            title=_("What it comes to"),
        ),
        card(deciding.journey(VendorOrderState), title=_("What happened")),
        deciding.ask_to_cancel(VendorOrderState),
        proof(VendorOrderState, VendorOrderState.order.number),
    )
    return columns(what, rest, kind="panel")
