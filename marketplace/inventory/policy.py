"""Who may see and do what with stock. The only place that decides it."""

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from marketplace.inventory.models import Stock
from marketplace.kernel.actor import Actor, Everywhere, Permission


def visible(actor: Actor) -> ColumnElement[bool]:
    """The stock of the actor's active store; all of it for a role held everywhere."""
    store = actor.store_with(Permission.LISTINGS_READ)
    if store is Everywhere:
        return true()
    if store is None:
        return false()
    return col(Stock.store_id) == store


def can_count(actor: Actor, stock: Stock) -> bool:
    """Whoever keeps the listings of that store."""
    return actor.may(Permission.LISTINGS_EDIT, store_id=stock.store_id)
