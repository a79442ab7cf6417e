"""All orders, for those who help with them."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Invalid
from marketplace.kernel.text import Line, typed_code
from marketplace.orders import OrderState, OrderView
from marketplace.rest.access import InTheHouse
from state import place
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.words import mark

PATH: Final = "/admin/orders"
NO_NUMBER: Final = mark("Write the number of an order, such as 26-1119-S96B-T.")

VIEWS: Final = {
    "": (),
    "decide": (OrderState.PLACED,),
    "pack": (OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED),
    "ready": (OrderState.READY,),
    "road": (OrderState.IN_TRANSIT, OrderState.DELIVERY_FAILED, OrderState.RETURNING),
    "done": (OrderState.DELIVERED, OrderState.CLOSED),
    "stopped": (OrderState.REJECTED, OrderState.EXPIRED, OrderState.CANCELED, OrderState.RETURNED),
}
"""The tabs, and the states each shows."""


@dataclass(frozen=True, slots=True)
class HouseOrderRow:
    """One order, ready to print."""

    number: str
    href: str
    state: str
    state_words: str
    buyer: str
    store: str
    placed: str
    placed_exact: str
    paid: str
    paid_words: str
    total: str

    @classmethod
    def of(cls, order: OrderView, reader: Reader) -> Self:
        """Print an order."""
        state = "hold" if order.is_held else order.state
        return cls(
            number=order.number,
            href=f"{PATH}/{order.number}",
            state=state,
            state_words=reader.word(state),
            buyer=order.buyer.name,
            store=order.store.name,
            placed=reader.ago(order.placed_at),
            placed_exact=reader.exact(order.placed_at),
            paid=order.paid_state,
            paid_words=reader.word(order.paid_state),
            total=reader.money(order.totals.total),
        )


class Search(BaseModel):
    """The number somebody read out."""

    number: Annotated[Line, Field(max_length=40)]


class HouseOrdersState(Loads, rx.State):
    """Orders, newest first, in one view or all."""

    rows: list[HouseOrderRow] = []
    tab: str = ""
    first: str = ""
    after: str = ""

    @handles(InTheHouse(Permission.ORDERS_READ))
    async def load(self) -> None:
        """Fill the table; runs again every few seconds."""
        asked, reader = place.query_of(self), Reader.of(self)
        view, cursor = asked.get("state", ""), asked.get("after")
        self.tab = view if view in VIEWS else ""
        page = await read(orders.newest, acting(), side="house", states=VIEWS[self.tab], cursor=cursor)
        self.rows = [HouseOrderRow.of(order, reader) for order in page.items]
        self.first = place.address(PATH, "en", {"state": self.tab}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"state": self.tab, "after": more}) if more else ""
        watch(self, "dispatch")

    @handles(InTheHouse(Permission.ORDERS_READ))
    async def find(self, form: Search) -> EventSpec:
        """Go to the order of a number."""
        number = typed_code(form.number)
        if not number:
            raise Invalid(NO_NUMBER)
        order = await read(orders.by_number, acting(), number=number)
        return rx.redirect(Reader.of(self).address(f"{PATH}/{order.number}"))
