"""What a route asks of whoever calls it: a coarse gate and a label. About an object, only its slice's policy speaks."""

from enum import Enum
from typing import Final

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.errors import Forbidden, SignedOut


class Open(Enum):
    """Who may call a route that asks no permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBERS_OR_PUBLIC = "catalog"
    """Anyone where the catalog is public, else whoever is signed in."""


Access = Open | Permission

PUBLIC: Final = Open.PUBLIC
SIGNED_IN: Final = Open.SIGNED_IN
CATALOG: Final = Open.MEMBERS_OR_PUBLIC


def admit(actor: Actor, access: Access, *, catalog_is_public: bool, is_of_the_house: bool = False) -> None:
    """Let the actor through the gate, or say which way it is shut: 401 for nobody, 403 for the wrong one.

    In an area of the house a permission counts that is held in the house: what somebody may do in his own store opens
    nothing there.
    """
    if access is PUBLIC or (access is CATALOG and catalog_is_public):
        return
    if not actor.is_signed_in:
        raise SignedOut("Sign in to go on.")
    if not isinstance(access, Permission):
        return
    if not (actor.may(access, store_id=None) if is_of_the_house else actor.has(access)):
        raise Forbidden(
            "Your role does not include this: ask somebody whose role does.", code=f"access.needs_{access.name.lower()}"
        )
