"""The orders of the buyer's store: what is coming, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import reflex as rx

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.orders import OrderState, OrderView, RejectedLine
from state import place
from state.account import journey
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.pictures import addresses
from state.reader import Reader

PATH: Final = "/orders"
PICTURES: Final = 4

ENDED: Final = {
    "done": (OrderState.DELIVERED, OrderState.CLOSED),
    "stopped": (OrderState.REJECTED, OrderState.EXPIRED, OrderState.CANCELED, OrderState.RETURNED),
}
VIEWS: Final[Mapping[str, tuple[OrderState, ...]]] = {
    "": (),
    "open": tuple(state for state in OrderState if state not in {*ENDED["done"], *ENDED["stopped"]}),
    **ENDED,
}
"""The views of the page, and the states that each shows; no state stands for all."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One parcel, ready to print."""

    number: str
    href: str
    store: str
    letter: str
    placed: str
    placed_exact: str
    state: str
    state_words: str
    headline: str
    things: str
    total: str
    pictures: list[str]

    @classmethod
    def of(cls, order: OrderView, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print an order for its buyer."""
        state, words = journey.standing(order, reader)
        lines = order.live_lines or order.lines
        return cls(
            number=order.number,
            href=f"{PATH}/{order.number}",
            store=order.store.name,
            letter=order.store.name[:1],
            placed=reader.date(order.placed_at),
            placed_exact=reader.exact(order.placed_at),
            state=state,
            state_words=words,
            headline=journey.meaning(order, reader)[0],
            things=reader.count("{count} piece", "{count} pieces", sum(line.quantity for line in lines)),
            total=reader.money(order.comes_to),
            pictures=[pictures[line.image] for line in lines if line.image and line.image in pictures][:PICTURES],
        )


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One order of the checkout that has just been done: its number, and the shop that sends it."""

    number: str
    href: str
    store: str

    @classmethod
    def of(cls, order: OrderView) -> Self:
        """Name it as it stands in the list below."""
        return cls(order.number, f"{PATH}/{order.number}", order.store.name)


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One thing that the checkout could not order: what it is, where anybody knows it still, and why."""

    id: str
    title: str
    why: str

    @classmethod
    def of(cls, line: RejectedLine, reader: Reader) -> Self:
        """Name it in the reader's language."""
        title = reader.title(line)
        return cls(str(line.listing_id), title, line.message)


class OrdersState(Loads, rx.State):
    """The orders of one view, newest first, and what a checkout has just come to."""

    rows: list[OrderRow] = []
    view: str = ""
    placed: list[PlacedRow] = []
    left_out: list[LeftOutRow] = []
    first: str = ""
    after: str = ""

    @handles(Permission.ORDERS_READ)
    async def load(self) -> None:
        """Fill the list; runs again whenever one of the orders moves."""
        asked = place.query_of(self)
        self.view = asked.get("state", "") if asked.get("state", "") in VIEWS else ""
        cursor = asked.get("after")
        page = await read(orders.newest, acting(), side="buyer", states=VIEWS[self.view], cursor=cursor)
        pictures = await addresses(line.image for order in page.items for line in order.lines)
        self.rows = [OrderRow.of(order, Reader.of(self), pictures) for order in page.items]
        self.first = place.address(PATH, "en", {"state": self.view}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"state": self.view, "after": more}) if more else ""
        await self._tell_placed(asked.get("placed", ""), page.items)
        watch(self, f"orders:store:{acting().store_id}")

    async def _tell_placed(self, number: str, newest: tuple[OrderView, ...]) -> None:
        group_id = next((order.group_id for order in newest if number and order.group_number == number), None)
        self.placed, self.left_out = [], []
        if group_id is not None:
            group = await read(orders.group, acting(), group_id=group_id)
            self.placed = [PlacedRow.of(order) for order in group.orders]
            self.left_out = [LeftOutRow.of(line, Reader.of(self)) for line in group.rejected_lines]
