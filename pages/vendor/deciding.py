"""One order in front of its vendor, as parts: who gets what, line by line, and the one act at the end."""

from typing import Any

import reflex as rx

from pages.components.banner import banner, note
from pages.components.button import button
from pages.components.card import facts, row, stack, sum_line, sums
from pages.components.choice import segments
from pages.components.date import date
from pages.components.dialog import confirmation, opens
from pages.components.icon import icon
from pages.components.money import money
from pages.components.picture import picture
from pages.components.price import piece_price
from pages.components.select import select
from pages.components.status import code, status
from pages.delivery.proof import proof_button
from state.vendor.deciding import LineRow
from state.words import _, mark

Opened = Any
"""A state class that mixes in Deciding: its vars stand for what the browser holds."""

CANCEL = "cancel-order"
REASONS = (
    ("out_of_stock", mark("Not enough stock")),
    ("wrong_price", mark("The price is wrong")),
    ("cannot_ship", mark("Cannot ship there")),
    ("damaged", mark("Damaged")),
    ("not_available", mark("Not sold any more")),
    ("other", mark("Another reason")),
)


def who_and_where(state: Opened) -> rx.Component:
    """Where it goes, by when, how it is paid, and what the buyer wrote."""
    order = state.order
    return stack(
        row(
            status(order.state, order.state_words),
            rx.cond(
                order.can_decide,
                rx.el.span(_("Lapses by itself"), " ", order.lapses, class_name="muted t1"),
            ),
            look="apart wrap",
        ),
        rx.cond(order.held, banner(_("This order is on hold."), order.held, tone="warn")),
        facts(
            (_("Goes to"), order.goes_to),
            (_("For"), rx.fragment(order.recipient, " · ", rx.el.span(order.phone, class_name="muted", dir="ltr"))),
            (_("Promised"), order.promised),
            (_("Paid by"), order.paid_by),
            (_("Note"), rx.cond(order.note, order.note, "–")),
        ),
    )


def lines_head(state: Opened) -> rx.Component:
    """How many lines, and the way to say the same of all."""
    both = row(
        button(_("Accept all"), kind="quiet", size="small", on_click=state.say_all("accept"), data_testid="accept-all"),
        button(_("Reject all"), kind="quiet", size="small", on_click=state.say_all("reject"), data_testid="reject-all"),
        look="2",
    )
    return rx.el.div(
        rx.el.h3(_("Lines"), " ", state.lines.length(), class_name="strong"),
        rx.cond(state.order.can_decide, both),
        class_name="dhead",
    )


def lines(state: Opened) -> rx.Component:
    """Every line, with what is said to it."""

    def line(row_of: LineRow) -> rx.Component:
        return line_item(state, row_of)

    return rx.el.ul(rx.foreach(state.lines, line), class_name="dlines")


def line_item(state: Opened, line: LineRow) -> rx.Component:
    """One line; what is not sent, or would not be, is struck through."""
    is_no = line.waits & (line.says == "reject")
    is_gone = line.is_dropped | is_no
    figure = rx.el.p(
        rx.el.span(line.quantity, " × ", piece_price(line.unit_price, line.before), class_name="muted"),
        rx.el.br(),
        rx.el.b(money(line.line_total), class_name=rx.cond(is_gone, "medium gone", "medium")),
        class_name="dline__sum",
    )
    stands = rx.cond(line.reason, rx.fragment(line.state_words, ": ", line.reason), line.state_words)
    words = rx.el.div(
        rx.el.p(line.title, class_name=rx.cond(line.is_dropped, "medium clip2 gone", "medium clip2")),
        rx.el.p(code(line.sku), " ", rx.cond(line.waits, "", stands), class_name="muted t1"),
        rx.cond(line.before, rx.el.p(_("Quantity price"), class_name="good t1")),
        class_name="dline__main",
    )
    return rx.el.li(
        rx.cond(line.is_dropped, picture(line.picture, size="s", is_gone=True), picture(line.picture, size="s")),
        words,
        figure,
        rx.cond(state.order.can_decide & line.waits, verdict(state, line)),
        rx.cond(state.order.can_decide & is_no, why(state, line)),
        class_name="dline",
        key=line.id,
        data_testid="order-line",
    )


def verdict(state: Opened, line: LineRow) -> rx.Component:
    """Accept or reject."""
    options = (
        ("accept", rx.fragment(icon("check"), _("Accept"))),
        ("reject", rx.fragment(icon("close"), _("Reject"))),
    )
    chosen = segments(
        line.title,
        line.id,
        options,
        chosen=line.says,
        on_change=lambda says: state.say(line.id, says),
        decides=True,
    )
    return rx.el.div(chosen, class_name="dline__seg")


def why(state: Opened, line: LineRow) -> rx.Component:
    """Say why not."""
    listed = select(
        [(value, _(words)) for value, words in REASONS],
        value=line.why,
        on_change=lambda reason: state.say_why(line.id, reason),
        aria_label=_("Why"),
    )
    return rx.el.div(listed, class_name="dline__why")


def what_it_comes_to(state: Opened) -> rx.Component:
    """The buyer's sum, what the house takes, and what is the vendor's: as said so far while lines wait."""
    figures = state.sums
    was = rx.cond(figures.was, rx.el.span(_("was"), " ", money(figures.was), class_name="block muted t1"))
    counted = sums(
        (_("Items"), money(figures.goods)),
        rx.cond(figures.off, sum_line(figures.off_words, money(figures.off))),
        (_("Delivery"), money(figures.shipping)),
        rx.cond(figures.tax, sum_line(_("Tax"), money(figures.tax))),
        (_("The buyer pays"), rx.fragment(rx.el.b(money(figures.total), class_name="medium"), was)),
        rx.foreach(figures.fees, lambda fee: sum_line(fee.words, money(fee.amount))),
        rx.cond(figures.vat, sum_line(figures.vat_words, money(figures.vat))),
        total=(_("Yours"), money(figures.payable)),
    )
    nothing = note(_("It could not be handed over: the buyer pays nothing, and no fee is taken."))
    shown = rx.cond(state.order.comes_to_nothing, nothing, counted)
    return rx.el.div(shown, aria_live="polite", data_testid="order-sums")


def one_act(state: Opened) -> rx.Component:
    """What is to be done now, and only that."""
    order = state.order
    decide = stack(
        note(_("The buyer is told at once. What is rejected goes back to stock and counts as your cancellation.")),
        button(
            rx.cond(
                state.said_no > 0,
                rx.fragment(_("Accept"), " ", state.said_yes, " · ", _("reject"), " ", state.said_no),
                _("Accept the order"),
            ),
            kind="primary",
            is_wide=True,
            on_click=state.decide,
            data_testid="decide",
        ),
        gap="3",
    )
    pack = button(_("It is packed"), kind="primary", is_wide=True, on_click=state.ready, data_testid="ready")
    cancel = button(_("Cancel the order"), kind="quiet", is_wide=True, on_click=opens(CANCEL))
    return stack(
        rx.cond(order.can_decide, decide),
        rx.cond(order.can_ready, pack),
        rx.cond(order.can_confirm_return, back_again(state)),
        rx.cond(order.is_handed_over, proof_button(state, is_wide=True)),
        rx.cond(order.can_cancel & ~order.can_decide, cancel),
        gap="3",
    )


def back_again(state: Opened) -> rx.Component:
    """Confirm that the parcel which nobody took is back in the shop."""
    return stack(
        note(_("The agent brings it back. Its stock is free again once you have it."), sign="return", tone="warn"),
        button(
            _("It is back with us"), kind="primary", is_wide=True, on_click=state.take_back, data_testid="take-back"
        ),
        gap="3",
    )


def journey(state: Opened) -> rx.Component:
    """What happened so far."""
    return rx.el.ol(
        rx.foreach(
            state.moves,
            lambda move: rx.el.li(
                status(move.state, move.words, is_soft=False),
                " ",
                date(move.at, move.exact),
                " ",
                rx.el.span(move.by, class_name="muted"),
                class_name="row row--2",
            ),
        ),
        class_name="stack stack--2",
    )


def ask_to_cancel(state: Opened) -> rx.Component:
    """Ask before the order is called off, naming it."""
    return confirmation(
        CANCEL,
        rx.fragment(_("Cancel"), " ", code(state.order.number)),
        _("The buyer is told, the stock is free again, and it counts as your cancellation."),
        act=_("Cancel the order"),
        keep=_("Keep it"),
        on_confirm=state.cancel,
    )
