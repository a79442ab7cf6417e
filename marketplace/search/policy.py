"""Who may see products. The only place that decides it."""

from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.search.errors import MembersOnly


def can_look(actor: Actor) -> bool:
    """Whether somebody may see products at all: anyone, or members only, as the profile says."""
    return actor.is_system or actor.is_signed_in or profile.chosen().catalog_access == "public"


def ask_to_look(actor: Actor) -> None:
    """Go on for those who may see products; ask others to sign in."""
    if not can_look(actor):
        raise MembersOnly
