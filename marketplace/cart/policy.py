"""Whose cart it is. The only place that decides it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from marketplace.cart.errors import MembersOnly, NoBuyer, NoDevice
from marketplace.cart.models import Cart
from marketplace.cart.states import CartState
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import DeviceId, StoreId


@dataclass(frozen=True, slots=True)
class Owner:
    """The buying store, or the device of somebody who is not signed in."""

    store_id: StoreId | None = None
    device_id: DeviceId | None = None


NOBODY = Owner()
"""Somebody whose browser has no name yet: he has gathered nothing."""


def reader(actor: Actor) -> Owner:
    """Whose cart the actor looks at; nobody's, where his browser has no name yet."""
    is_new = not actor.is_signed_in and actor.device_id is None and profile.chosen().catalog_access == "public"
    return NOBODY if is_new else owner(actor)


def can_own(actor: Actor) -> bool:
    """Whether the actor can have a cart at all."""
    if actor.is_signed_in:
        return actor.store_id is not None and actor.may(Permission.CART_EDIT, store_id=actor.store_id)
    return actor.device_id is not None and profile.chosen().catalog_access != "members"


def owner(actor: Actor) -> Owner:
    """Whose cart the actor fills: that of his active store, or that of his device."""
    if actor.is_signed_in:
        if actor.store_id is None or not actor.may(Permission.CART_EDIT, store_id=actor.store_id):
            raise NoBuyer
        return Owner(store_id=actor.store_id)
    if profile.chosen().catalog_access == "members":
        raise MembersOnly
    if actor.device_id is None:
        raise NoDevice
    return Owner(device_id=actor.device_id)


def own_cart(owner: Owner) -> ColumnElement[bool]:
    """The one cart that its owner is filling."""
    mine = col(Cart.store_id) == owner.store_id if owner.store_id else col(Cart.device_id) == owner.device_id
    return and_(mine, col(Cart.state) == CartState.ACTIVE)
