"""Who may see and change stores and their addresses. The only place that decides it."""

from sqlalchemy import ColumnElement, and_, false, true
from sqlmodel import col

from marketplace.identity.models import Address, Store, StoreStanding
from marketplace.kernel.actor import Actor, Everywhere, Permission
from marketplace.kernel.ids import StoreId


def visible(actor: Actor) -> ColumnElement[bool]:
    """The actor's active store; all of them for a role of the house that may read all."""
    if actor.may(Permission.STORES_READ, store_id=None):
        return true()
    store = actor.store_with(Permission.STORE_READ)
    if store is None or store is Everywhere:
        return true() if store is Everywhere else false()
    return col(Store.id) == store


def has_shop_front() -> ColumnElement[bool]:
    """The stores that anybody may look at: those that sell, and are live."""
    return and_(col(Store.can_sell), col(StoreStanding.is_live))


def visible_addresses(actor: Actor) -> ColumnElement[bool]:
    """The addresses of the actor's active store, which everybody of that store may read."""
    if actor.store_id is None or not actor.may(Permission.STORE_READ, store_id=actor.store_id):
        return false()
    return and_(col(Address.store_id) == actor.store_id, col(Address.archived_at).is_(None))


def can_edit_store(actor: Actor, store_id: StoreId | None) -> bool:
    """Whoever leads the store."""
    return actor.may(Permission.STORE_EDIT, store_id=store_id)


def can_edit_addresses(actor: Actor, store_id: StoreId | None) -> bool:
    """Whoever leads the store."""
    return actor.may(Permission.ADDRESSES_EDIT, store_id=store_id)


def can_list_stores(actor: Actor) -> bool:
    """The roles of the house that look after stores."""
    return actor.may(Permission.STORES_READ, store_id=None)


def can_approve(actor: Actor) -> bool:
    """The roles of the house that decide who may trade."""
    return actor.may(Permission.STORES_APPROVE, store_id=None)
