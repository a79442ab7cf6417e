"""Who may see and replay what has died."""

from marketplace.kernel.actor import Actor, Permission


def can_replay(actor: Actor) -> bool:
    """Whoever may replay events, everywhere."""
    return actor.may(Permission.EVENTS_REPLAY, store_id=None)
