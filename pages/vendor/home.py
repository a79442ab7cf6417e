"""The vendor's first page."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button_link
from pages.components.card import card, columns, rows, stack, sums
from pages.components.date import date
from pages.components.door import for_those_who_may
from pages.components.frame import frame
from pages.components.line import freshness
from pages.components.link import link, more_link
from pages.components.loading import unless_empty, when_loaded
from pages.components.money import money
from pages.components.need import need
from pages.components.skeleton import skeleton_rows
from pages.components.status import code, status
from pages.components.table import Heading, cell, row_head, table
from state.installation import profile
from state.vendor.editing import EditingState
from state.vendor.home import TO_DECIDE, LatestRow, VendorHomeState
from state.vendor.orders import OrdersState
from state.words import _


def home_page() -> rx.Component:
    """What needs the vendor now."""
    decide = button_link(_("Decide orders"), TO_DECIDE, kind="primary")
    return frame(
        _("Home"),
        when_loaded(VendorHomeState, content(), skeleton_rows(10, 3)),
        acts=[
            for_those_who_may(EditingState.save, button_link(_("New listing"), "/vendor/listings/new", sign="plus")),
            for_those_who_may(OrdersState.decide, unless_empty(VendorHomeState, VendorHomeState.can_decide, decide)),
        ],
        aside=freshness(),
    )


def content() -> rx.Component:
    """What waits and what came on one side, money on the other."""
    hello = rx.el.p(rx.el.span(VendorHomeState.hello, class_name="medium"), " · ", VendorHomeState.today)
    return stack(hello, columns(stack(waiting(), latest(), gap="5"), money_card(), kind="side"), gap="3")


def waiting() -> rx.Component:
    """Everything that is to be done, the most urgent first."""
    listed = rows(
        rx.foreach(
            VendorHomeState.needs,
            lambda one: need(one.words, one.text, one.act, one.href, sign=one.sign, tone=one.tone),
        )
    )
    nothing = empty(_("Nothing waits for you."), _("New orders appear here by themselves."))
    return card(rx.cond(VendorHomeState.needs, listed, nothing), title=_("Needs you now"), pads=False)


def latest() -> rx.Component:
    """The latest orders."""
    headings = (
        _("Order"),
        _("State"),
        _("Buyer"),
        Heading(_("Lines"), is_number=True),
        Heading(_("Total"), is_number=True),
        _("Placed"),
    )
    nothing = empty(
        _("No orders yet."),
        _("They come once your listings are in the shop."),
        act=for_those_who_may(EditingState.save, button_link(_("New listing"), "/vendor/listings/new")),
    )
    listed = table(headings, rx.foreach(VendorHomeState.latest, order_row), label=_("Latest orders"))
    return card(
        rx.cond(VendorHomeState.latest, listed, nothing),
        title=_("Latest orders"),
        end=more_link(_("All orders"), "/vendor/orders"),
        pads=False,
    )


def order_row(order: LatestRow) -> rx.Component:
    """One order."""
    return rx.el.tr(
        row_head(link(code(order.number), order.href, look="plain")),
        cell(status(order.state, order.state_words), place="4"),
        cell(order.buyer, place="3", fills=True),
        cell(order.lines, is_number=True),
        cell(money(order.total), place="2", is_number=True),
        cell(date(order.placed, order.placed_exact)),
        key=order.number,
    )


def money_card() -> rx.Component:
    """Where the vendor's money is, for those who may see it."""
    purse = VendorHomeState.purse
    shown = card(
        stack(
            rx.el.p(money(purse.next), class_name="t5"),
            sums(
                (_("Ready to be paid"), money(purse.available)),
                (_("Being paid"), money(purse.proposed)),
                (held(), money(purse.pending)),
                (_("Paid so far"), money(purse.paid)),
            ),
            gap="3",
        ),
        title=_("Next payout"),
    )
    return rx.el.aside(rx.cond(purse.next, shown), class_name="stack stack--5")


def held() -> str:
    """Until when the money of delivered orders is not paid out yet: the profile says."""
    words = {
        "matured": _("Held until returns close"),
        "cash_handed_over": _("Held until the cash is in the safe"),
    }
    return words[profile().payable_when]
