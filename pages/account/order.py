"""One order of a buyer's, on the screen and on paper."""

import reflex as rx

from pages.components.banner import banner, note
from pages.components.button import button
from pages.components.card import card, columns, facts, row, row_line, rows, stack, sums
from pages.components.date import date
from pages.components.dialog import confirmation, opens
from pages.components.door_code import door_code
from pages.components.frame import frame
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import crumbs
from pages.components.paper import paper_only, print_button, screen_only
from pages.components.picture import picture
from pages.components.price import piece_price, quantity_saving, tax_row, tax_said
from pages.components.progress import timeline, timeline_step, track, track_step
from pages.components.select import select
from pages.components.skeleton import skeleton_rows
from pages.components.status import avatar, badge, code, status
from pages.delivery.proof import proof, proof_button
from state.account.order import BuyerOrderState, SiblingRow, ThingRow
from state.words import _, mark

CANCEL = "cancel-order"
REASONS = (
    ("buyer_changed_mind", mark("I changed my mind")),
    ("ordered_by_mistake", mark("I ordered it by mistake")),
    ("too_slow", mark("It takes too long")),
    ("other", mark("Another reason")),
)


def order_page() -> rx.Component:
    """Where the parcel is, what is in it, and what can still be done."""
    order = BuyerOrderState.order
    return frame(
        rx.fragment(_("Order"), " ", rx.el.span(order.number, class_name="code", data_testid="order-number")),
        when_loaded(BuyerOrderState, content(), skeleton_rows(8, 3)),
        ask_to_cancel(),
        proof(BuyerOrderState, order.number),
        acts=[print_button(_("Receipt"))],
        aside=freshness(),
        way=crumbs((_("Orders"), "/orders"), here=rx.cond(order.number, code(order.number), _("Order"))),
    )


def content() -> rx.Component:
    """The parcel, and beside it what happened, what it costs and where it goes."""
    beside = rx.el.aside(screen_only(what_happened()), payment(), goes_to(), screen_only(others()), class_name="stack")
    return columns(parcel(), beside, kind="side")


def parcel() -> rx.Component:
    """What one shop sends, and where it is."""
    order = BuyerOrderState.order
    head = rx.el.header(
        row(
            avatar(order.store_letter, tint="c", is_store=True),
            rx.el.div(
                rx.el.h2(link(order.store, order.store_href, look="plain"), class_name="card__title t3"),
                rx.el.p(_("Placed"), " ", date(order.placed, order.placed_exact), class_name="muted t1"),
            ),
        ),
        rx.el.span(
            status(order.state, order.state_words), data_testid="order-state", custom_attrs={"data-code": order.state}
        ),
        class_name="card__head",
    )
    body = stack(
        rx.el.div(
            rx.el.p(order.headline, class_name="t4 strong"),
            rx.cond(order.text, rx.el.p(order.text, class_name="muted")),
            role="status",
        ),
        way(),
        rx.cond(BuyerOrderState.code, screen_only(door_code(BuyerOrderState.code, order.cash_due))),
        ordered_again(),
        rx.el.ul(rx.foreach(BuyerOrderState.things, thing), class_name="stack stack--3"),
        acts(),
        gap="5",
    )
    return rx.el.section(
        paper_only(rx.el.p(_("Receipt"), class_name="t5 pad")),
        head,
        rx.el.div(body, class_name="card__body card__body--roomy"),
        class_name="card",
        aria_label=order.store,
    )


def way() -> rx.Component:
    """The way to the door: what is behind, what comes."""
    steps = rx.foreach(BuyerOrderState.track, lambda step: track_step(step.title, step.time, at=step.at))
    return screen_only(rx.cond(BuyerOrderState.track, track(_("The way of this order"), steps)))


def thing(line: ThingRow) -> rx.Component:
    """One thing, and why it does not come where it does not."""
    look = rx.cond(line.is_dropped, "nowrap gone", "nowrap")
    return rx.el.li(
        picture(line.picture, size="m"),
        rx.el.div(
            link(line.title, line.href, look="plain", class_name="medium"),
            rx.el.p(line.quantity, " × ", piece_price(line.each, line.before), class_name="muted"),
            quantity_saving(line.saved),
            rx.cond(line.told, note(_("Does not come:"), " ", line.told, sign="warning", tone="warn")),
            class_name="grow stack stack--1",
        ),
        rx.el.p(money(line.total), class_name=look),
        class_name="oline",
        key=line.id,
        data_testid="order-line",
    )


def ordered_again() -> rx.Component:
    """Name the order that this one was tried from, or as."""
    order = BuyerOrderState.order
    return rx.fragment(
        rx.cond(
            order.retried_as,
            note(
                _("Ordered again as"), " ", link(code(order.retried_as), "/orders/" + order.retried_as), sign="refresh"
            ),
        ),
        rx.cond(
            order.retry_of,
            note(_("Ordered again from"), " ", link(code(order.retry_of), "/orders/" + order.retry_of), sign="refresh"),
        ),
    )


def acts() -> rx.Component:
    """What can still be done."""
    order = BuyerOrderState.order
    return row(
        rx.cond(
            order.can_retry,
            button(
                _("Order it again"), kind="primary", sign="refresh", on_click=BuyerOrderState.retry, data_testid="retry"
            ),
        ),
        rx.cond(
            order.can_nudge,
            button(_("Remind the shop"), sign="bell", on_click=BuyerOrderState.nudge, data_testid="nudge"),
        ),
        rx.cond(
            order.can_cancel,
            button(_("Cancel this order"), kind="danger", on_click=opens(CANCEL), data_testid="cancel"),
        ),
        rx.cond(order.is_handed_over, proof_button(BuyerOrderState)),
        look="wrap 2",
    )


def what_happened() -> rx.Component:
    """Every step, the newest first."""
    steps = rx.foreach(
        BuyerOrderState.steps,
        lambda step: timeline_step(step.title, date(step.time, step.exact), step.text, at=step.at),
    )
    return card(timeline(steps), title=_("What happened"))


def sent_free() -> rx.Component:
    """Say that delivery is free; a receipt keeps the figure, for those who reckon with it."""
    return rx.fragment(screen_only(_("Free")), paper_only(money(BuyerOrderState.order.shipping)))


def payment() -> rx.Component:
    """What it comes to, and whether it is paid."""
    order = BuyerOrderState.order
    paid = rx.cond(order.is_paid, badge(_("Paid"), tone="good"), badge(order.paid_by))
    lines = sums(
        (_("Items"), money(order.goods)),
        (_("Quantity prices"), rx.cond(order.discount, money(order.discount), "–")),
        (_("Delivery"), rx.cond(order.is_sent_free, sent_free(), money(order.shipping))),
        *tax_row(order.tax),
        total=(_("Total"), money(order.total)),
    )
    less = rx.cond(
        order.agreed,
        rx.el.p(_("It was"), " ", money(order.agreed), " ", _("when you ordered."), class_name="muted t1"),
    )
    tax = rx.el.p(tax_said(order.tax), class_name="muted t1")
    due = rx.cond(order.cash_due, banner(rx.fragment(_("To pay at the door"), " ", money(order.cash_due)), tone="info"))
    return card(stack(lines, less, tax, due, gap="3"), title=_("Payment"), end=paid)


def goes_to() -> rx.Component:
    """Where it goes, and what was written with it."""
    order = BuyerOrderState.order
    return card(
        facts(
            (_("For"), order.recipient),
            (_("Address"), order.goes_to),
            (_("Phone"), rx.el.span(order.phone, dir="ltr")),
            (_("Note"), rx.cond(order.note, order.note, "–")),
        ),
        title=_("Goes to"),
    )


def others() -> rx.Component:
    """What else came of the same checkout."""
    listed = card(rows(rx.foreach(BuyerOrderState.siblings, other)), title=_("Ordered together"), pads=False)
    return rx.cond(BuyerOrderState.siblings, listed)


def other(order: SiblingRow) -> rx.Component:
    """Another parcel."""
    return row_line(
        rx.el.p(order.store, class_name="medium"),
        rx.el.p(code(order.number), class_name="muted t1"),
        end=status(order.state, order.state_words),
        href=order.href,
    )


def ask_to_cancel() -> rx.Component:
    """Ask before the order is called off, naming it, and why."""
    reasons = select(
        [(value, _(words)) for value, words in REASONS],
        value=BuyerOrderState.why,
        on_change=BuyerOrderState.say_why,
        aria_label=_("Why"),
    )
    return confirmation(
        CANCEL,
        rx.fragment(_("Cancel"), " ", code(BuyerOrderState.order.number)),
        _("The shop is told at once, and you pay nothing. Why do you cancel?"),
        reasons,
        act=_("Cancel the order"),
        keep=_("Keep it"),
        on_confirm=BuyerOrderState.cancel,
    )
