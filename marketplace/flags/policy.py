"""Who may switch."""

from marketplace.kernel.actor import Actor, Permission


def can_edit(actor: Actor) -> bool:
    """Whoever may edit flags, everywhere."""
    return actor.may(Permission.FLAGS_EDIT, store_id=None)
