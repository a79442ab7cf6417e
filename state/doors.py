"""Which pages are open to whom: asked by menus, of the very handlers that guard the pages."""

from typing import Any, Final

from reflex.state import BaseState, State

from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, Permission
from marketplace.rest import access

AT_A_SHOP: Final = Permission.ORDERS_FULFILL
"""The gate of a vendor's desk: whoever works in a selling store holds this, and nobody else does."""


def keys_of(actor: Actor) -> list[str]:
    """Name every access that is open to somebody; the browser compares them with those of the pages."""
    return access.keys(actor, catalog_is_public=profile.chosen().catalog_access == "public")


def key_to(load: Any) -> str:  # noqa: ANN401 (a handler, as the framework has wrapped it)
    """Name the access that a page asks for: that of the handler which fills it."""
    key: str = load.fn.access.value
    return key


def filled_by(load: Any) -> type[BaseState]:  # noqa: ANN401 (likewise)
    """Find the state of the page that a handler fills."""
    return State.get_class_substate(load.state_full_name)
