"""One order in front of its vendor: what was asked, and what is said to each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self
from uuid import UUID

import reflex as rx
from reflex.event import EventSpec

from marketplace import delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import OrderLineId
from marketplace.orders import Decision, LineDecision, LineState, LineView, MoveView, OrderView, RejectReason
from state.account.journey import step
from state.delivery.printing import whole
from state.delivery.proof import HANDED_OVER, Proven
from state.doors import AT_A_SHOP
from state.edge import acting, handles, once, read
from state.pictures import addresses
from state.reader import Reader
from state.vendor.sums import SumsRow
from state.words import _

SAYS_YES: Final = Decision.ACCEPT.value
SAYS_NO: Final = Decision.REJECT.value


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, and what the vendor is about to say to it."""

    id: str
    title: str
    sku: str
    picture: str
    quantity: str
    unit_price: str
    before: str
    line_total: str
    state: str
    state_words: str
    waits: bool
    is_dropped: bool
    reason: str
    says: str = SAYS_YES
    why: str = RejectReason.OUT_OF_STOCK.value

    @classmethod
    def of(cls, line: LineView, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print a line: what one piece comes to after its quantity price, and before it where there is one."""
        return cls(
            id=str(line.id),
            title=reader.title(line),
            sku=line.sku,
            picture=pictures.get(line.image or "", ""),
            quantity=reader.number(line.quantity),
            unit_price=reader.money(line.unit_price_paid),
            before=reader.money(line.unit_price) if line.discount else "",
            line_total=reader.money(line.line_total),
            state=line.state,
            state_words=reader.word(line.state),
            waits=line.state is LineState.PENDING,
            is_dropped=line.state in orders.DROPPED,
            reason=reader.word(line.reject_reason) if line.reject_reason else "",
        )

    def decision(self) -> LineDecision:
        """Say it."""
        verdict = Decision(self.says)
        reason = RejectReason(self.why) if verdict is Decision.REJECT else None
        return LineDecision(OrderLineId(UUID(self.id)), verdict, reason)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One step of the journey."""

    words: str
    state: str
    at: str
    exact: str
    by: str

    @classmethod
    def of(cls, move: MoveView, reader: Reader) -> Self:
        """Print a step."""
        return cls(
            words=step(move, reader),
            state=move.went_to,
            at=reader.date(move.at),
            exact=reader.exact(move.at),
            by=reader.word(move.side),
        )


@dataclass(frozen=True, slots=True)
class Detail:
    """An order as its vendor reads it."""

    id: str = ""
    number: str = ""
    version: int = 0
    state: str = ""
    state_words: str = ""
    buyer: str = ""
    placed: str = ""
    placed_exact: str = ""
    lapses: str = ""
    goes_to: str = ""
    recipient: str = ""
    phone: str = ""
    promised: str = ""
    paid_by: str = ""
    note: str = ""
    held: str = ""
    can_decide: bool = False
    can_ready: bool = False
    can_cancel: bool = False
    can_confirm_return: bool = False
    comes_to_nothing: bool = False
    is_handed_over: bool = False

    @classmethod
    def of(cls, order: OrderView, reader: Reader) -> Self:
        """Print an order."""
        place = order.address
        return cls(
            id=str(order.id),
            number=order.number,
            version=order.version,
            state="hold" if order.is_held else order.state,
            state_words=reader.word("hold" if order.is_held else order.state),
            buyer=order.buyer.name,
            placed=reader.ago(order.placed_at),
            placed_exact=reader.exact(order.placed_at),
            lapses=reader.date(order.decide_by),
            goes_to=whole(place),
            recipient=str(place.get("recipient", "")),
            phone=str(place.get("phone", "")),
            promised=reader.day(order.latest_on),
            paid_by=reader.word(order.payment_method),
            note=order.note,
            held=reader.series(reader.word(hold.reason) for hold in order.holds),
            can_decide="decide" in order.can,
            can_ready="ready" in order.can,
            can_cancel="cancel" in order.can,
            can_confirm_return=order.state is orders.OrderState.RETURNING,
            is_handed_over=order.state in HANDED_OVER,
            comes_to_nothing=order.state in {orders.OrderState.RETURNING, orders.OrderState.RETURNED},
        )


class Deciding(Proven, mixin=True):
    """The order that is open, its lines, and what can be said to them."""

    order: Detail = Detail()
    lines: list[LineRow] = []
    moves: list[MoveRow] = []
    sums: SumsRow = SumsRow()
    said_yes: int = 0
    said_no: int = 0

    @handles(Permission.ORDERS_DECIDE)
    async def say(self, line_id: str, says: str) -> None:
        """Mean to accept or to reject one line."""
        if says in set(Decision):
            await self._say([replace(line, says=says) if line.id == line_id else line for line in self.lines])

    @handles(Permission.ORDERS_DECIDE)
    async def say_all(self, says: str) -> None:
        """Mean the same of every line."""
        if says in set(Decision):
            await self._say([replace(line, says=says) for line in self.lines])

    @handles(Permission.ORDERS_DECIDE)
    async def say_why(self, line_id: str, why: RejectReason) -> None:
        """Say why a line is rejected."""
        await self._say([replace(line, why=why.value) if line.id == line_id else line for line in self.lines])

    @handles(Permission.ORDERS_DECIDE)
    async def decide(self) -> EventSpec | None:
        """Tell the buyer; what a second press finds decided is told already."""
        if not self.order.can_decide:
            return None
        said = [line.decision() for line in self.lines if line.waits]
        key = f"{self.order.id}:decide:{self.order.version}"
        order = await once(orders.decide, acting(), key, number=self.order.number, decisions=said)
        return await self._changed(order)

    @handles(Permission.ORDERS_FULFILL)
    async def ready(self) -> EventSpec | None:
        """Say that it is packed; pressed twice, it is said once."""
        if not self.order.can_ready:
            return None
        key = f"{self.order.id}:ready:{self.order.version}"
        order = await once(orders.ready, acting(), key, number=self.order.number)
        return await self._changed(order)

    @handles(Permission.ORDERS_CANCEL)
    async def cancel(self) -> EventSpec | None:
        """Call the order off: the buyer is told, and it counts as ours."""
        key = f"{self.order.id}:cancel:{self.order.version}"
        reason = orders.CancelReason.OUT_OF_STOCK
        order = await once(orders.cancel, acting(), key, number=self.order.number, reason=reason)
        return await self._changed(order)

    @handles(Permission.ORDERS_FULFILL)
    async def take_back(self) -> EventSpec | None:
        """Say that the parcel which could not be handed over is back: its stock returns with it."""
        if not self.order.can_confirm_return:
            return None
        key, number = f"{self.order.id}:take_back:{self.order.version}", self.order.number
        taken = await once(delivery.confirm_return, acting(), key, order_number=number)
        if taken is None:
            return None
        return await self._changed(await read(orders.by_number, acting(), number=number, side="vendor"))

    @handles(AT_A_SHOP)
    async def see_proof(self) -> EventSpec:
        """Look at how it was handed over."""
        return await self._look(self.order.number, "vendor")

    async def _show(self, order: OrderView) -> None:
        """Lay an order open; what was meant of lines that still wait stays meant."""
        reader, meant = Reader.of(self), {line.id: (line.says, line.why) for line in self.lines}
        pictures = await addresses(line.image for line in order.lines)
        self.order = Detail.of(order, reader)
        await self._say([_as_meant(LineRow.of(line, reader, pictures), meant) for line in order.lines])
        self.moves = [MoveRow.of(move, reader) for move in order.moves]

    def _show_none(self) -> None:
        self.order, self.lines, self.moves, self.sums = Detail(), [], [], SumsRow()

    async def _say(self, lines: Sequence[LineRow]) -> None:
        """Keep what is meant of each line, and show what the order would come to if that were said."""
        waiting = [line for line in lines if line.waits]
        no = [OrderLineId(UUID(line.id)) for line in waiting if line.says == SAYS_NO]
        outcome = await read(orders.outcome, acting(), number=self.order.number, rejecting=no)
        self.lines, self.sums = list(lines), SumsRow.of(outcome, Reader.of(self))
        self.said_yes, self.said_no = len(waiting) - len(no), len(no)

    async def _changed(self, order: OrderView | None) -> EventSpec | None:
        if order is None:
            return None
        await self._show(order)
        words = Reader.of(self).word(order.state)
        return rx.toast.success(_("{number}: {state}").format(number=order.number, state=words))


def _as_meant(line: LineRow, meant: dict[str, tuple[str, str]]) -> LineRow:
    says, why = meant.get(line.id, (line.says, line.why))
    return replace(line, says=says, why=why)
