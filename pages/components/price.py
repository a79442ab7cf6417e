"""Prices: now first and large, before struck and said, and how it falls with the quantity."""

from typing import Any

import reflex as rx

from pages.components.banner import note
from pages.components.kinds import Content, Text, classes
from pages.components.money import money
from state.installation import profile
from state.words import _


def piece_price(each: Text, before: Text) -> rx.Component:
    """Say what one piece comes to; `before` is what it costs without its quantity price, or empty."""
    without = rx.el.s(rx.el.span(_("without the quantity price"), " ", class_name="sr"), money(before))
    return rx.fragment(money(each), rx.cond(before, rx.fragment(" ", without)))


def quantity_saving(saved: Text) -> rx.Component:
    """Name the quantity price that applies to a line, with what it takes off; nothing where none does."""
    return rx.cond(saved, note(_("Quantity price: you save"), " ", money(saved), sign="check", tone="good"))


def price(now: Text, *, was: Text = "", saved: Text = "", unit: Content = "", is_large: bool = False) -> rx.Component:
    """Say what something costs; `was` and `saved` may be empty."""
    return rx.el.div(
        rx.el.span(money(now), class_name="price__now"),
        _if(was, lambda: rx.el.s(rx.el.span(_("was"), " ", class_name="sr"), money(was), class_name="price__was")),
        _if(saved, lambda: rx.el.span(_("Save"), " ", money(saved), class_name="price__off")),
        _if(unit, lambda: rx.el.span(unit, class_name="price__unit")),
        class_name=classes("price", "price--l" if is_large else ""),
    )


def delivery_cost(amount: Text) -> rx.Component:
    """Say what delivery costs; `amount` is empty where it is free."""
    return rx.cond(amount, money(amount), _("Free"))


def tax_row(tax: Text) -> tuple[tuple[Content, Content], ...]:
    """The line for tax in a sum, a dash where `tax` is empty; where prices hold their tax there is no such line."""
    if profile().prices_include_tax:
        return ()
    return ((_("Tax"), rx.cond(tax, money(tax), "–")),)


def tax_said(tax: Text) -> rx.Component:
    """Say what of a sum is tax, or that none is added to it."""
    if profile().prices_include_tax:
        return rx.cond(tax, rx.fragment(_("Contains VAT of"), " ", money(tax)))
    return rx.cond(tax, rx.fragment(), rx.fragment(_("No tax is added: the goods are bought for resale")))


def tier_table(rows: Content) -> rx.Component:
    """Show how the price falls as the quantity grows: `rows` are `tier_row`s or a `foreach` of them."""
    headings = (_("Quantity"), _("Each"), _("You save"))
    return rx.el.table(
        rx.el.caption(_("Price by quantity"), class_name="sr"),
        rx.el.thead(rx.el.tr(*(rx.el.th(words, scope="col") for words in headings))),
        rx.el.tbody(rows),
        class_name="tiers",
    )


def tier_row(quantity: Text, each: Text, saved: Text, *, is_current: Any = False) -> rx.Component:
    """Show one step; the one in force is marked."""
    current = {"aria-current": rx.cond(is_current, "true", "false")}
    return rx.el.tr(rx.el.td(quantity), rx.el.td(money(each)), rx.el.td(saved), custom_attrs=current)


def _if(words: Content, part: Any) -> Content:
    if isinstance(words, rx.Var):
        return rx.cond(words, part())
    return part() if words else rx.fragment()
