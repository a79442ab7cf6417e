"""One order, on a page of its own."""

from typing import Final

import reflex as rx

from marketplace import orders
from state import place
from state.doors import AT_A_SHOP
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.vendor.deciding import Deciding

PATH: Final = "/vendor/orders/"


class VendorOrderState(Loads, Deciding, rx.State):
    """The order that the address names."""

    @handles(AT_A_SHOP)
    async def load(self) -> None:
        """Lay it open; runs again whenever it moves."""
        number = place.path_of(self).removeprefix(PATH).partition("/")[0]
        if number != self.order.number:
            self._show_none()
        order = await read(orders.by_number, acting(), number=number, side="vendor")
        await self._show(order)
        watch(self, f"order:{order.id}")
