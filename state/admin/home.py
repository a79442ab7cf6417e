"""The door of the house: everybody is led to the desk that is theirs."""

from collections.abc import Mapping
from typing import Final

import reflex as rx
from reflex.event import EventSpec

from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.rest.access import SIGNED_IN
from state.edge import acting, handles
from state.forms import Loads
from state.reader import Reader

DESKS: Final[Mapping[Permission, str]] = {
    Permission.DISPATCH_ASSIGN: "/admin/dispatch",
    Permission.CASH_COUNT: "/admin/hand-overs",
    Permission.PAYOUTS_CONFIRM: "/admin/payouts",
    Permission.STORES_APPROVE: "/admin/stores",
}
"""Where each work of the house is done; the first that somebody may do is his."""


class HouseState(Loads, rx.State):
    """Holds nothing: it only shows the way."""

    @handles(SIGNED_IN)
    async def load(self) -> EventSpec:
        """Lead on."""
        for permission, desk in DESKS.items():
            if acting().may(permission, store_id=None):
                return rx.redirect(Reader.of(self).address(desk), replace=True)
        raise Forbidden("This is for those who run the marketplace. Ask an admin for a role.")
