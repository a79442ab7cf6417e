"""Who may check and repair the house. The only place that decides it."""

from marketplace.kernel.actor import Actor, Permission


def can_check_books(actor: Actor) -> bool:
    """Whoever may read the ledger of the whole house."""
    return actor.may(Permission.LEDGER_READ, store_id=None)


def can_replay(actor: Actor) -> bool:
    """Whoever may replay events, everywhere."""
    return actor.may(Permission.EVENTS_REPLAY, store_id=None)
