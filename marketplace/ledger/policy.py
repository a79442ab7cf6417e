"""Who may read the books. The only place that decides it."""

from marketplace.kernel.actor import Actor, Permission


def can_read(actor: Actor) -> bool:
    """Whoever may read the ledger of the whole house."""
    return actor.may(Permission.LEDGER_READ, store_id=None)
