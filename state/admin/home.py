"""The door of the house: everybody is led to the desk that is theirs."""

import reflex as rx
from reflex.event import EventSpec

from marketplace.kernel.errors import Forbidden
from marketplace.rest.access import SIGNED_IN
from state.admin.desks import DESKS
from state.doors import key_to, keys_of
from state.edge import acting, handles
from state.forms import Loads
from state.reader import Reader


class HouseState(Loads, rx.State):
    """Holds nothing: it only shows the way."""

    @handles(SIGNED_IN)
    async def load(self) -> EventSpec:
        """Lead on to the first desk that is open."""
        keys = keys_of(acting())
        desk = next((path for path, load in DESKS.items() if key_to(load) in keys), None)
        if desk is None:
            raise Forbidden("This is for those who run the marketplace. Ask an admin for a role.")
        return rx.redirect(Reader.of(self).address(desk), replace=True)
