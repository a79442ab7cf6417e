"""Who may order. The only place that decides it."""

from marketplace.kernel.actor import Actor, Permission


def can_place(actor: Actor) -> bool:
    """Whoever may order for his active store."""
    return actor.store_id is not None and actor.may(Permission.CHECKOUT_PLACE, store_id=actor.store_id)
