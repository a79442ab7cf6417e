"""What a route asks of whoever calls it: a coarse gate and a label. About an object, only its slice's policy speaks."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class InTheHouse:
    """A permission that has to be held everywhere: the same one, held in a store of one's own, opens no desk."""

    permission: Permission

    @property
    def value(self) -> str:
        """What it is called where accesses are listed."""
        return f"house:{self.permission}"


Access = Open | Permission | InTheHouse

PUBLIC: Final = Open.PUBLIC
SIGNED_IN: Final = Open.SIGNED_IN
CATALOG: Final = Open.MEMBERS_OR_PUBLIC


def opens(actor: Actor, access: Access, *, catalog_is_public: bool) -> bool:
    """Whether the gate is open to the actor."""
    if access is PUBLIC or (access is CATALOG and catalog_is_public):
        return True
    if not actor.is_signed_in:
        return False
    match access:
        case Permission():
            return actor.has(access)
        case InTheHouse(permission):
            return actor.may(permission, store_id=None)
        case Open():
            return True


def admit(actor: Actor, access: Access, *, catalog_is_public: bool) -> None:
    """Let the actor through the gate, or say which way it is shut: 401 for nobody, 403 for the wrong one."""
    if opens(actor, access, catalog_is_public=catalog_is_public):
        return
    if not actor.is_signed_in:
        raise SignedOut("Sign in to go on.")
    permission = access.permission if isinstance(access, InTheHouse) else access
    raise Forbidden(
        "Your role does not include this: ask somebody whose role does.", code=f"access.needs_{permission.name.lower()}"
    )


def keys(actor: Actor, *, catalog_is_public: bool) -> list[str]:
    """Name every access whose gate is open to the actor: menus lead through no other."""
    gates: tuple[Access, ...] = (*Open, *Permission, *map(InTheHouse, Permission))
    return [gate.value for gate in gates if opens(actor, gate, catalog_is_public=catalog_is_public)]
