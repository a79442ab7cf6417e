"""One order, for those who help with it."""

import reflex as rx

from pages.components.banner import banner, problem
from pages.components.button import button, submit
from pages.components.card import card, columns, facts, row, stack, sums
from pages.components.dialog import closes, confirmation, dialog, opens
from pages.components.door import is_open
from pages.components.field import text_field
from pages.components.frame import frame
from pages.components.kinds import Content
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import crumbs
from pages.components.price import tax_row
from pages.components.progress import timeline, timeline_step
from pages.components.select import select_field
from pages.components.skeleton import skeleton_rows
from pages.components.status import badge, code, status
from pages.components.table import Heading, cell, row_head, table
from pages.delivery.proof import proof, proof_button
from state.admin.order import HoldRow, HouseOrderState, LineRow, MoveRow
from state.installation import profile
from state.words import _, mark

DIALOG = "hold-order"
NEW_CODE = "new-code"
REASONS = (
    ("payment", mark("Payment")),
    ("license", mark("License")),
    ("fraud", mark("Suspected fraud")),
    ("stock", mark("Stock")),
    ("address", mark("Address")),
)

order = HouseOrderState.order


def order_page() -> rx.Component:
    """What it is, how it came here, and the hand on the brake."""
    body = stack(
        holds(),
        columns(stack(lines(), journey()), stack(about(), money_of_it()), kind="side"),
    )
    is_there = HouseOrderState.trouble == ""
    return frame(
        rx.cond(is_there & (order.number != ""), order.number, _("Order")),
        when_loaded(HouseOrderState, body, skeleton_rows(8, 4)),
        ask(),
        proof(HouseOrderState, order.number),
        ask_for_code(),
        acts=[brake()],
        aside=rx.cond(order.state, status(order.state, order.state_words)),
        way=crumbs((_("Orders"), "/admin/orders"), here=rx.cond(is_there, order.number, _("Order"))),
    )


def brake() -> rx.Component:
    """Hold it, or let it go on; unlock the door where its code was told wrong too often."""
    hold = button(_("Hold"), sign="pause", on_click=opens(DIALOG), data_testid="hold")
    resume = button(_("Let it go on"), kind="primary", on_click=HouseOrderState.resume, data_testid="resume")
    renew = button(_("New code for the buyer"), on_click=opens(NEW_CODE), data_testid="renew-code")
    return row(
        rx.cond(order.is_handed_over & is_open(HouseOrderState.see_proof), proof_button(HouseOrderState)),
        rx.cond(order.can_renew_code, renew),
        rx.cond(order.can_hold, hold),
        rx.cond(order.can_resume, resume),
        look="2",
    )


def holds() -> rx.Component:
    """Why it waits."""

    def one(hold: HoldRow) -> rx.Component:
        return banner(hold.words, hold.note, hold.since, tone="warn")

    return rx.cond(HouseOrderState.holds, stack(rx.foreach(HouseOrderState.holds, one), gap="2"))


def lines() -> rx.Component:
    """What was bought."""
    headings = (
        _("Product"),
        _("State"),
        Heading(_("Quantity"), is_number=True),
        Heading(_("Price"), is_number=True),
        Heading(_("Total"), is_number=True),
    )
    return card(table(headings, rx.foreach(HouseOrderState.lines, line)), title=_("Lines"), pads=False)


def line(one: LineRow) -> rx.Component:
    """One line; what is not sent is struck through."""
    look = rx.cond(one.is_dropped, "gone", "")
    return rx.el.tr(
        row_head(rx.el.span(one.title, class_name=look), rx.el.p(code(one.sku), class_name="muted t1")),
        cell(badge(one.state_words), place="3"),
        cell(one.quantity, rx.el.span(" × ", money(one.price), class_name="only-phone"), place="4", is_number=True),
        cell(money(one.price), is_number=True),
        cell(rx.el.span(money(one.total), class_name=look), place="2", is_number=True),
        key=one.id,
    )


def journey() -> rx.Component:
    """Every step, oldest first."""

    def step(move: MoveRow) -> rx.Component:
        return timeline_step(move.words, move.at, move.by, at="done")

    return card(timeline(rx.foreach(HouseOrderState.moves, step)), title=_("Journey"))


def about() -> rx.Component:
    """Who, where, by when."""
    return card(
        facts(
            (_("Buyer"), order.buyer),
            (_("Vendor"), order.store),
            (_("Address"), order.address),
            (_("Placed"), order.placed),
            (_("Promised by"), order.promise),
            (_("Note"), rx.cond(order.note, order.note, "–")),
        ),
        title=_("About it"),
    )


def money_of_it() -> rx.Component:
    """What it comes to, and what is still to be paid."""
    return card(
        sums(
            (_("Goods"), money(order.subtotal)),
            (_("Discount"), rx.cond(order.discount, money(order.discount), "–")),
            (_("Shipping"), money(order.shipping)),
            *tax(),
            total=(_("Total"), money(order.total)),
        ),
        title=_("Money"),
        end=badge(order.paid_words),
        foot=rx.cond(order.due, rx.el.span(_("Still to pay:"), " ", money(order.due)), rx.el.span(order.method)),
    )


def tax() -> tuple[tuple[Content, Content], ...]:
    """The line for tax: what the prices hold of it, or what is added to them."""
    if profile().prices_include_tax:
        return ((_("VAT in it"), rx.cond(order.tax, money(order.tax), "–")),)
    return tax_row(order.tax)


def ask() -> rx.Component:
    """Ask why it is to wait."""
    form = rx.el.form(
        stack(
            problem(HouseOrderState.problem),
            rx.el.p(code(order.number), class_name="medium"),
            select_field(
                "reason",
                _("Reason"),
                [(value, _(words)) for value, words in REASONS],
                error=HouseOrderState.errors["reason"],
            ),
            text_field("note", _("Note"), hint=_("The vendor reads it."), max_length=200),
            row(
                button(_("Back"), on_click=closes(DIALOG)),
                submit(_("Hold the order"), kind="danger-fill", data_testid="confirm-hold"),
            ),
            gap="5",
        ),
        on_submit=HouseOrderState.hold,
    )
    return dialog(DIALOG, _("Hold this order"), form)


def ask_for_code() -> rx.Component:
    """Ask before the code that the buyer has is worth nothing any more."""
    return confirmation(
        NEW_CODE,
        rx.fragment(_("New code for the buyer of"), " ", code(order.number)),
        _("The code that the buyer has will no longer open the door. We tell him to look at his order page."),
        act=_("Make a new code"),
        keep=_("Keep the old one"),
        on_confirm=HouseOrderState.renew_code,
        is_final=False,
    )
