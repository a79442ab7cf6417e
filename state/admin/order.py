"""One order, for those who help with it."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.text import Line
from marketplace.orders import DROPPED, HoldReason, HoldView, LineView, MoveView, OrderView
from marketplace.rest.access import InTheHouse
from state import place
from state.account.journey import step
from state.delivery.printing import whole
from state.delivery.proof import HANDED_OVER, Proven
from state.edge import acting, handles, once, read, transact
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.words import _

PATH: Final = "/admin/orders/"


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order, ready to print."""

    number: str = ""
    state: str = ""
    state_words: str = ""
    buyer: str = ""
    store: str = ""
    address: str = ""
    placed: str = ""
    promise: str = ""
    paid_words: str = ""
    method: str = ""
    subtotal: str = ""
    discount: str = ""
    shipping: str = ""
    tax: str = ""
    total: str = ""
    due: str = ""
    note: str = ""
    version: str = ""
    can_hold: bool = False
    can_resume: bool = False
    can_renew_code: bool = False
    is_handed_over: bool = False

    @classmethod
    def of(cls, order: OrderView, reader: Reader, *, can_renew_code: bool = False) -> Self:
        """Print what is true of the whole order."""
        state = "hold" if order.is_held else order.state
        return cls(
            number=order.number,
            state=state,
            state_words=reader.word(state),
            buyer=order.buyer.name,
            store=order.store.name,
            address=whole(order.address),
            placed=reader.date(order.placed_at),
            promise=reader.day(order.latest_on),
            paid_words=reader.word(order.paid_state),
            method=reader.word(order.payment_method),
            subtotal=reader.money(order.totals.subtotal),
            discount=reader.money(-order.totals.discount) if order.totals.discount else "",
            shipping=reader.money(order.totals.shipping),
            tax=reader.money(order.totals.tax) if order.totals.tax else "",
            total=reader.money(order.totals.total),
            due=reader.money(order.due) if order.due else "",
            note=order.note,
            version=str(order.version),
            can_hold="hold" in order.can,
            can_resume="resume" in order.can,
            can_renew_code=can_renew_code,
            is_handed_over=order.state in HANDED_OVER,
        )


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of it."""

    id: str
    title: str
    sku: str
    quantity: str
    price: str
    total: str
    state_words: str
    is_dropped: bool

    @classmethod
    def of(cls, line: LineView, reader: Reader) -> Self:
        """Print a line."""
        title = reader.title(line)
        return cls(
            id=str(line.id),
            title=title,
            sku=line.sku,
            quantity=reader.number(line.quantity),
            price=reader.money(line.unit_price),
            total=reader.money(line.line_total),
            state_words=reader.word(line.state),
            is_dropped=line.state in DROPPED,
        )


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One step of its journey."""

    words: str
    at: str
    by: str

    @classmethod
    def of(cls, move: MoveView, reader: Reader) -> Self:
        """Print a step."""
        why = f": {reader.words(move.reason)}" if move.reason else ""
        return cls(step(move, reader), reader.date(move.at), f"{reader.word(move.side)}{why}")


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Why it may not go on."""

    words: str
    note: str
    since: str

    @classmethod
    def of(cls, hold: HoldView, reader: Reader) -> Self:
        """Print a hold."""
        return cls(reader.word(hold.reason), hold.note, reader.ago(hold.placed_at))


class Hold(BaseModel):
    """Why an order is to wait."""

    reason: HoldReason
    note: Annotated[Line, Field(max_length=200)] = ""


class HouseOrderState(Loads, Asks, Proven, rx.State):
    """The order that the address names."""

    order: OrderFacts = OrderFacts()
    lines: list[LineRow] = []
    moves: list[MoveRow] = []
    holds: list[HoldRow] = []

    @handles(InTheHouse(Permission.ORDERS_READ))
    async def load(self) -> None:
        """Lay it open; runs again whenever it moves."""
        number = place.path_of(self).removeprefix(PATH).partition("/")[0]
        if number != self.order.number:
            self.order = OrderFacts()
        order, reader = await read(orders.by_number, acting(), number=number, side="house"), Reader.of(self)
        can_renew_code = await read(delivery.can_renew_code, acting(), number=number)
        self.order = OrderFacts.of(order, reader, can_renew_code=can_renew_code)
        self.lines = [LineRow.of(line, reader) for line in order.lines]
        self.moves = [MoveRow.of(move, reader) for move in order.moves]
        self.holds = [HoldRow.of(hold, reader) for hold in order.holds]
        watch(self, f"order:{order.id}")

    @handles(Permission.ORDERS_HOLD)
    async def hold(self, form: Hold) -> list[EventSpec]:
        """Keep the order from going on."""
        key = f"{self.order.number}:hold:{self.order.version}"
        await once(orders.hold, acting(), key, number=self.order.number, reason=form.reason, note=form.note)
        await self.load()
        said = _("Order {number} waits now.").format(number=self.order.number)
        return [rx.call_script("document.getElementById('hold-order')?.close()"), rx.toast.success(said)]

    @handles(Permission.ORDERS_HOLD)
    async def resume(self) -> EventSpec | None:
        """Let the order go on; pressed twice, it goes on once."""
        if not self.order.can_resume:
            return None
        key = f"{self.order.number}:resume:{self.order.version}"
        await once(orders.resume, acting(), key, number=self.order.number)
        await self.load()
        return rx.toast.success(_("Order {number} goes on.").format(number=self.order.number))

    @handles(InTheHouse(Permission.DISPATCH_ASSIGN))
    async def see_proof(self) -> EventSpec:
        """Look at how it was handed over; that somebody looked is written down."""
        return await self._look(self.order.number, "house")

    @handles(Permission.DISPATCH_ASSIGN)
    async def renew_code(self) -> EventSpec:
        """Give the buyer another code to tell at the door, with all its tries."""
        number = self.order.number
        await transact(delivery.renew_code, acting(), order_number=number)
        await self.load()
        return rx.toast.success(_("The buyer of {number} has a new code.").format(number=number))
