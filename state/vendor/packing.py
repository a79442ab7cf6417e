"""What is to be taken off the shelf for the orders that were accepted, all at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import reflex as rx

from marketplace import bootstrap, orders
from marketplace.kernel.actor import Permission
from marketplace.orders import LineView, OrderState, OrderView
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.pictures import addresses
from state.reader import Reader

TO_PACK: Final = (OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED)
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class PickRow:
    """One thing to take off the shelf: how many, and for which orders."""

    sku: str
    title: str
    picture: str
    quantity: str
    orders: str


class PackingState(Loads, rx.State):
    """The pick list."""

    rows: list[PickRow] = []
    count: str = ""
    printed: str = ""

    @handles(Permission.ORDERS_FULFILL)
    async def load(self) -> None:
        """Add up what the accepted orders need; runs again whenever one moves."""
        reader = Reader.of(self)
        page = await read(orders.newest, acting(), side="vendor", states=TO_PACK, limit=MOST)
        due = [order for order in page.items if not order.is_held]
        self.rows = await _picked(due, reader)
        self.count = reader.count("{count} order", "{count} orders", len(due))
        self.printed = reader.date(bootstrap.database().now())
        watch(self, f"orders:store:{acting().store_id}")


async def _picked(due: Iterable[OrderView], reader: Reader) -> list[PickRow]:
    wanted: defaultdict[str, list[tuple[OrderView, LineView]]] = defaultdict(list)
    for order in due:
        for line in order.live_lines:
            wanted[line.sku].append((order, line))
    pictures = await addresses(found[0][1].image for found in wanted.values())
    return [_row(sku, wanted[sku], reader, pictures) for sku in sorted(wanted)]


def _row(sku: str, found: list[tuple[OrderView, LineView]], reader: Reader, pictures: dict[str, str]) -> PickRow:
    first = found[0][1]
    return PickRow(
        sku=sku,
        title=reader.title(first),
        picture=pictures.get(first.image or "", ""),
        quantity=reader.number(sum(line.quantity for _order, line in found)),
        orders=", ".join(f"{order.number} × {reader.number(line.quantity)}" for order, line in found),
    )
