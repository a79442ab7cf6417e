"""Who may see and set prices. The only place that decides it."""

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId


def can_price(actor: Actor, store_id: StoreId) -> bool:
    """Whoever keeps the listings of that store."""
    return actor.may(Permission.LISTINGS_EDIT, store_id=store_id)
