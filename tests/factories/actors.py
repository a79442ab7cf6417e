"""Actors for tests: somebody who may do just this."""

from marketplace.kernel.actor import Actor, Everywhere, Grant, Permission
from marketplace.kernel.ids import StoreId, UserId, new_uuid


def officer(*permissions: Permission, user_id: UserId | None = None) -> Actor:
    """Somebody who may do just this, everywhere."""
    return Actor(
        name="officer",
        user_id=user_id or UserId(new_uuid()),
        grants=frozenset(Grant(permission, Everywhere) for permission in permissions),
    )


def clerk(store_id: StoreId, *permissions: Permission, user_id: UserId | None = None) -> Actor:
    """Somebody who may do just this in one store."""
    return Actor(
        name="clerk",
        user_id=user_id or UserId(new_uuid()),
        store_id=store_id,
        grants=frozenset(Grant(permission, store_id) for permission in permissions),
    )
