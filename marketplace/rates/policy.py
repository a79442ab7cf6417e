"""Who may set a store's delivery terms. The only place that decides it."""

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId


def store_of(actor: Actor) -> StoreId | None:
    """The store whose delivery terms the actor may set."""
    if actor.store_id is not None and actor.may(Permission.LISTINGS_EDIT, store_id=actor.store_id):
        return actor.store_id
    return None
