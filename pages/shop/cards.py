"""Products where many are browsed."""

import reflex as rx

from pages.components.product_card import Shown, card_grid, product_card, rail
from state.shop.cards import CardRow


def shown_card(row: CardRow) -> rx.Component:
    """One product."""
    shown = Shown(was=row.was, mark=row.cut, by=row.by, is_fast=row.is_fast, note=row.note, more=row.more)
    return product_card(row.title, row.href, row.image, row.price, shown)


def grid_of(rows: list[CardRow], *, columns: int | None = None) -> rx.Component:
    """Products in rows."""
    return card_grid(rx.foreach(rows, shown_card), columns=columns)


def rail_of(rows: list[CardRow], label: str) -> rx.Component:
    """Products in one row that scrolls."""
    return rail(rx.foreach(rows, shown_card), aria_label=label)
