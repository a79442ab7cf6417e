"""The cart."""

import reflex as rx

from pages.components.banner import empty, note
from pages.components.button import button, button_link, icon_button
from pages.components.card import columns, row, stack, sums
from pages.components.frame import frame
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.picture import picture
from pages.components.price import delivery_cost, piece_price, quantity_saving, tax_row, tax_said
from pages.components.skeleton import skeleton_rows
from pages.components.status import avatar
from pages.components.stepper import stepper
from state.shop.cart import CartGroupRow, CartLineRow, CartState
from state.words import _


def cart_page() -> rx.Component:
    """What was gathered, shop by shop, and the way to pay for it."""
    return frame(_("Cart"), when_loaded(CartState, content(), skeleton_rows(5, 4)))


def content() -> rx.Component:
    """The lines and the sum, or that there is nothing yet."""
    nothing = empty(
        _("Your cart is empty."),
        _("What you put in stays here, also when you come back later."),
        act=button_link(_("See what there is"), "/search", kind="primary"),
    )
    told = rx.foreach(CartState.totals.notices, lambda words: note(words, sign="warning", tone="warn"))
    full = columns(stack(told, rx.foreach(CartState.groups, group_card)), summary(), kind="side")
    return rx.cond(CartState.groups, full, nothing)


def group_card(group: CartGroupRow) -> rx.Component:
    """What one shop sends."""
    delivery = rx.cond(
        group.shipping,
        rx.fragment(_("Delivery"), " ", money(group.shipping)),
        rx.el.span(_("Free delivery"), class_name="good medium"),
    )
    head = rx.el.header(
        row(
            avatar(group.letter, tint="c", is_store=True),
            rx.el.div(
                rx.el.h2(link(group.store, group.href, look="plain"), class_name="card__title t3"),
                rx.cond(group.is_sent, rx.el.p(group.arrives, class_name="muted t1")),
            ),
        ),
        rx.cond(group.is_sent, rx.el.p(delivery, class_name="t2")),
        class_name="card__head",
    )
    free = rx.cond(
        group.free_over,
        rx.el.div(note(_("Delivery is free from"), " ", money(group.free_over), sign="truck"), class_name="pad"),
    )
    told = rx.foreach(
        group.notices, lambda words: rx.el.div(note(words, sign="warning", tone="warn"), class_name="pad")
    )
    lines = rx.foreach(group.lines, cart_line)
    return rx.el.section(head, lines, told, free, class_name="card", aria_label=group.store, key=group.href)


def cart_line(line: CartLineRow) -> rx.Component:
    """One thing: its price, how many, what it comes to."""
    take_left = button(
        line.take_left, size="small", on_click=CartState.want(line.id, line.left), data_testid="take-left"
    )
    words = rx.el.div(
        rx.cond(
            line.href, link(line.title, line.href, look="plain", class_name="t3 medium clip2"), rx.el.p(line.title)
        ),
        rx.el.p(piece_price(line.each, line.before), " ", _("each"), class_name="muted"),
        quantity_saving(line.saved),
        rx.foreach(line.notices, lambda told: note(told, sign="warning", tone="warn")),
        rx.cond(line.take_left, rx.el.div(take_left)),
        class_name="cline__main",
    )
    quantity = stepper(
        line.quantity,
        on_change=lambda typed: CartState.want(line.id, typed),
        on_less=CartState.want(line.id, line.less),
        on_more=CartState.want(line.id, line.more),
        least=line.least,
        most=line.most,
    )
    take_out = icon_button("trash", _("Remove"), on_click=CartState.want(line.id, 0), data_testid="remove")
    is_there = line.can_be_had | (line.left > 0)
    return rx.el.div(
        rx.cond(
            is_there,
            picture(line.picture, size="m"),
            picture(line.picture, size="m", is_gone=True),
        ),
        words,
        rx.el.div(rx.cond(is_there, quantity), take_out, class_name="cline__qty"),
        rx.cond(
            line.can_be_had,
            rx.el.p(money(line.total), class_name="cline__sum t3 strong"),
            rx.el.p(_("Not counted"), class_name="cline__sum muted"),
        ),
        class_name="cline",
        key=line.id,
        data_testid="cart-line",
    )


def small_print() -> rx.Component:
    """What of the sum is tax, and until when its prices hold."""
    held = rx.el.p(_("Prices held until"), " ", CartState.totals.held_until)
    return rx.el.div(rx.el.p(tax_said(CartState.totals.tax)), held, class_name="muted t1")


def way_on() -> rx.Component:
    """Go on with what can be ordered; the button says so where that is not everything."""
    words = rx.cond(CartState.totals.not_counted, _("Check out the rest"), _("Check out"))
    return button_link(words, "/checkout", kind="primary", size="large", is_wide=True, data_testid="checkout")


def nothing_to_order() -> rx.Component:
    """Say what to do where no line can be ordered."""
    return rx.el.p(
        _("Nothing here can be ordered as it is: take fewer, or take the line out."), data_testid="nothing-to-order"
    )


def summary() -> rx.Component:
    """What it comes to, and the way on."""
    sums_of = CartState.totals
    lines = sums(
        (_("Items"), money(sums_of.goods)),
        (_("Quantity prices"), rx.cond(sums_of.discount, money(sums_of.discount), "–")),
        (_("Delivery"), delivery_cost(sums_of.shipping)),
        *tax_row(sums_of.tax),
        total=(_("Total"), money(sums_of.total)),
    )
    return rx.el.aside(
        rx.el.div(
            rx.el.div(
                rx.el.h2(_("Summary"), class_name="t4"),
                lines,
                small_print(),
                rx.cond(sums_of.not_counted, note(sums_of.not_counted, sign="warning", tone="warn")),
                rx.cond(sums_of.pieces > 0, way_on(), nothing_to_order()),
                class_name="card__body stack",
            ),
            class_name="card",
        ),
        class_name="stack sticky",
    )
