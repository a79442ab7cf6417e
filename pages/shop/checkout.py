"""Checking out."""

import reflex as rx

from pages.account.address_form import address_fields
from pages.components.banner import banner, empty, note, problem
from pages.components.button import button, button_link, submit
from pages.components.card import card, columns, row, stack, sums
from pages.components.choice import choice_card, choice_cards, tick
from pages.components.dialog import closes, dialog
from pages.components.door import for_those_who_may
from pages.components.frame import frame
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.picture import picture
from pages.components.price import delivery_cost, piece_price, quantity_saving, tax_row, tax_said
from pages.components.skeleton import skeleton_rows
from state.account.address_form import AddressRow
from state.installation import profile
from state.shop.cart import CartGroupRow, CartLineRow
from state.shop.checkout import NEW_ADDRESS, CheckoutState
from state.words import _


def checkout_page() -> rx.Component:
    """Three answers, and one press."""
    return frame(_("Check out"), when_loaded(CheckoutState, content(), skeleton_rows(6, 3)), ask_for_address())


def content() -> rx.Component:
    """The questions and the sum, or that there is nothing to pay for."""
    nothing = empty(
        _("Your cart is empty."),
        _("Put something in, then come back."),
        act=button_link(_("See what there is"), "/search", kind="primary"),
    )
    questions = stack(changed(), where_to(), when(), how_to_pay())
    stuck = empty(
        _("Nothing in your cart can be ordered as it is."),
        _("Take fewer of what is short, or take it out: your cart says why."),
        act=button_link(_("Back to the cart"), "/cart", kind="primary"),
    )
    asked = rx.cond(CheckoutState.totals.pieces > 0, columns(questions, summary(), kind="side"), stuck)
    return rx.cond(CheckoutState.groups, asked, nothing)


def changed() -> rx.Component:
    """What is different from what was shown before."""
    listed = rx.el.span(rx.foreach(CheckoutState.changes, lambda words: rx.el.span(words, ". ")))
    return rx.cond(
        CheckoutState.changes,
        banner(_("Something has changed since you looked."), listed, tone="warn"),
        trouble(),
    )


def trouble() -> rx.Component:
    """Say why it was not ordered; what is wrong with an address is said in its form."""
    return rx.cond(CheckoutState.errors, rx.fragment(), problem(CheckoutState.problem))


def step(number: str, title: str, *answers: rx.Component) -> rx.Component:
    """One question with its number."""
    return card(
        stack(*answers),
        title=row(rx.el.span(number, class_name="stepno"), title, look="2"),
    )


def where_to() -> rx.Component:
    """The addresses, and the way to a new one."""
    known = rx.foreach(CheckoutState.addresses, address_card)
    return step(
        "1",
        _("Where to"),
        choice_cards(_("Address"), known),
        for_those_who_may(
            CheckoutState.write_address,
            row(
                button(
                    _("New address"),
                    sign="plus",
                    on_click=CheckoutState.write_address,
                    data_testid="new-address",
                )
            ),
        ),
    )


def address_card(address: AddressRow) -> rx.Component:
    """One address to choose."""
    return choice_card(
        address.title,
        rx.fragment(address.words, rx.el.br(), rx.el.span(address.phone, dir="ltr")),
        name="address",
        value=address.id,
        checked=CheckoutState.address_id == address.id,
        on_change=CheckoutState.send_to(address.id),
        key=address.id,
    )


def when() -> rx.Component:
    """When each shop's parcel arrives."""
    return step("2", _("When"), rx.foreach(CheckoutState.groups, arrival))


def arrival(group: CartGroupRow) -> rx.Component:
    """One parcel."""
    words = rx.el.div(
        rx.el.p(group.store, class_name="medium"),
        rx.el.p(group.arrives, class_name="muted t1"),
    )
    return rx.cond(group.is_sent, row(words, delivery_cost(group.shipping), look="apart", key=group.href))


def how_to_pay() -> rx.Component:
    """Cash at the door, and whether all of it must come."""
    cash = choice_card(
        _("Cash at the door"),
        _("One payment for each parcel. The driver takes the exact sum."),
        sign="cash",
        name="payment",
        value="cash",
        checked=True,
        read_only=True,
    )
    return step(
        "3",
        _("How to pay"),
        choice_cards(_("Payment"), cash),
        tick(
            _("If one shop cannot supply everything, cancel the whole order"),
            checked=CheckoutState.all_or_nothing,
            on_change=CheckoutState.insist,
        ),
        note(_("Otherwise we send what is there and take the rest off.")),
    )


def summary() -> rx.Component:
    """What is ordered, what it comes to, and the one press."""
    totals = CheckoutState.totals
    lines = sums(
        (_("Items"), money(totals.goods)),
        (_("Quantity prices"), rx.cond(totals.discount, money(totals.discount), "–")),
        (_("Delivery"), delivery_cost(totals.shipping)),
        *tax_row(totals.tax),
        total=(_("Total"), money(totals.total)),
    )
    press = button(
        rx.fragment(_("Place order"), " ", money(totals.total)),
        kind="primary",
        size="large",
        is_wide=True,
        on_click=CheckoutState.place,
        data_testid="place-order",
    )
    return rx.el.aside(
        card(
            stack(
                rx.foreach(CheckoutState.groups, parcel),
                left_out(),
                lines,
                rx.el.div(
                    rx.el.p(tax_said(totals.tax)),
                    rx.el.p(_("Prices held until"), " ", totals.held_until),
                    class_name="muted t1",
                ),
                trouble(),
                press,
                way_back(),
            ),
            title=_("Your order"),
        ),
        class_name="stack sticky",
    )


def way_back() -> rx.Component:
    """Until when a buyer may call the order off by himself."""
    words = {
        "accepted": _("You can cancel free of charge until a shop accepts."),
        "picked_up": _("You can cancel free of charge until the order is picked up."),
    }
    return rx.el.p(words[profile().buyer_cancels_until], class_name="muted t1")


def parcel(group: CartGroupRow) -> rx.Component:
    """What one shop sends."""
    lines = rx.foreach(group.lines, ordered)
    return rx.cond(group.is_sent, stack(rx.el.p(group.store, class_name="muted t1"), lines, gap="3", key=group.href))


def ordered(line: CartLineRow) -> rx.Component:
    """One thing."""
    return rx.cond(
        line.can_be_had,
        row(
            picture(line.picture, size="s"),
            rx.el.div(
                rx.el.p(line.title, class_name="clip2"),
                rx.el.p(line.quantity, " × ", piece_price(line.each, line.before), class_name="muted t1"),
                quantity_saving(line.saved),
                class_name="grow stack stack--1",
            ),
            rx.el.p(money(line.total), class_name="nowrap"),
            key=line.id,
            data_testid="checkout-line",
        ),
    )


def left_out() -> rx.Component:
    """Name what is not ordered, and why; it stays in the cart."""
    told = banner(
        _("Not in this order"),
        link(_("Change it in the cart"), "/cart"),
        listed=rx.foreach(CheckoutState.left_out, not_ordered),
        tone="warn",
    )
    return rx.cond(CheckoutState.left_out, rx.el.div(told, data_testid="left-out"))


def not_ordered(line: CartLineRow) -> rx.Component:
    """One thing that is not ordered."""
    told = rx.foreach(line.notices, lambda words: rx.el.span(words, " ", class_name="block"))
    return rx.el.li(rx.el.span(line.title, class_name="medium block"), told, key=line.id)


def ask_for_address() -> rx.Component:
    """Write an address down."""
    form = rx.el.form(
        stack(
            problem(CheckoutState.problem),
            address_fields(CheckoutState.errors, mended=CheckoutState.mended),
            row(
                button(_("Not now"), on_click=closes(NEW_ADDRESS), type="button"),
                submit(_("Send it there"), data_testid="save-address"),
            ),
            gap="3",
        ),
        on_submit=CheckoutState.add_address,
        key=CheckoutState.form_key,
    )
    return dialog(NEW_ADDRESS, _("New address"), form)
