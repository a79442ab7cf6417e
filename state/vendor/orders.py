"""The vendor's board: what waits, for how long, and the order that is open beside it."""

from dataclasses import dataclass
from typing import Final, Self

import reflex as rx

from marketplace import bootstrap, orders
from marketplace.orders import BoardCard, BoardColumn, OrderState, OrderView
from state import place
from state.doors import AT_A_SHOP
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.vendor.deciding import Deciding

PATH: Final = "/vendor/orders"

ENDED: Final = {
    "done": (OrderState.DELIVERED, OrderState.CLOSED),
    "stopped": (OrderState.REJECTED, OrderState.EXPIRED, OrderState.CANCELED, OrderState.RETURNED),
}
"""The views of what is over."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One order on the board."""

    number: str
    href: str
    state: str
    state_words: str
    buyer: str
    waits: str
    paid_by: str
    total: str
    is_held: bool
    is_late: bool

    @classmethod
    def of(cls, card: BoardCard, reader: Reader, tab: str) -> Self:
        """Print a card: how long it has waited, and whether that is too long."""
        now = bootstrap.database().now()
        return cls(
            number=card.number,
            href=place.address(PATH, "en", {"state": tab, "order": card.number}),
            state="hold" if card.is_held else card.state,
            state_words=reader.word("hold" if card.is_held else card.state),
            buyer=card.buyer,
            waits=reader.span(now - card.placed_at),
            paid_by=reader.word(card.payment_method),
            total=reader.money(card.total),
            is_held=card.is_held,
            is_late=card.ship_by is not None and card.ship_by < now,
        )

    @classmethod
    def ended(cls, order: OrderView, reader: Reader, tab: str) -> Self:
        """Print an order that is over."""
        return cls(
            number=order.number,
            href=place.address(PATH, "en", {"state": tab, "order": order.number}),
            state=order.state,
            state_words=reader.word(order.state),
            buyer=order.buyer.name,
            waits=reader.date(order.ended_at or order.delivered_at or order.placed_at),
            paid_by=reader.word(order.payment_method),
            total=reader.money(order.comes_to),
            is_held=order.is_held,
            is_late=False,
        )


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One stage of the work, and the orders in it."""

    name: str
    count: int
    cards: list[CardRow]

    @classmethod
    def of(cls, column: BoardColumn, reader: Reader, tab: str) -> Self:
        """Print a stage."""
        return cls(reader.word(column.name), column.count, [CardRow.of(card, reader, tab) for card in column.cards])


class OrdersState(Loads, Deciding, rx.State):
    """The open orders by what they wait for, oldest first; or those that are over, newest first."""

    columns: list[ColumnRow] = []
    counts: dict[str, int] = {}
    open_count: int = 0
    can_pick: bool = False
    tab: str = ""
    first: str = ""
    after: str = ""

    @handles(AT_A_SHOP)
    async def load(self) -> None:
        """Fill the board; runs again whenever one of its orders moves."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab = asked.get("state", "open")
        board = await read(orders.board, acting())
        self.counts = {column.name: column.count for column in board}
        self.open_count = sum(self.counts.values())
        self.can_pick = any(not card.is_held for column in board if column.name == "to_pack" for card in column.cards)
        self.first = self.after = ""
        if self.tab in ENDED:
            await self._load_ended(asked.get("after"), reader)
        else:
            shown = [column for column in board if column.count and self.tab in ("open", column.name)]
            self.columns = [ColumnRow.of(column, reader, self.tab) for column in shown]
        await self._open(asked.get("order", ""))
        watch(self, f"orders:store:{acting().store_id}")

    async def _load_ended(self, cursor: str | None, reader: Reader) -> None:
        states = ENDED[self.tab]
        page = await read(orders.newest, acting(), side="vendor", states=states, cursor=cursor)
        cards = [CardRow.ended(order, reader, self.tab) for order in page.items]
        self.columns = [ColumnRow(reader.word(self.tab), len(cards), cards)] if cards else []
        self.first = place.address(PATH, "en", {"state": self.tab}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"state": self.tab, "after": more}) if more else ""

    async def _open(self, number: str) -> None:
        if number:
            await self._show(await read(orders.by_number, acting(), number=number, side="vendor"))
        else:
            self._show_none()
