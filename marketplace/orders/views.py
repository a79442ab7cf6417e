"""What leaves the slice of orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self

from marketplace import rates
from marketplace.identity import StoreRef
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import CartId, CheckoutId, ListingId, OrderId, OrderLineId, ProductId, UserId
from marketplace.kernel.money import Money
from marketplace.orders import policy
from marketplace.orders.models import Order, OrderHold, OrderLine, OrderMove
from marketplace.orders.rules import RejectedLine
from marketplace.orders.states import (
    DROPPED,
    CancelReason,
    Decision,
    HoldReason,
    LineState,
    OrderState,
    PaidState,
    RejectReason,
    Side,
)
from marketplace.payments import PaymentMethod


@dataclass(frozen=True, slots=True)
class Totals:
    """What an order comes to."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of an order."""

    id: OrderLineId
    listing_id: ListingId
    product_id: ProductId
    fsin: str
    title: str
    title_ar: str
    sku: str
    image: str | None
    quantity: int
    unit_price: Money
    unit_price_paid: Money
    discount: Money
    line_total: Money
    state: LineState
    reject_reason: RejectReason | None
    fee: Money | None

    @classmethod
    def of(cls, line: OrderLine, *, with_fee: bool) -> Self:
        """Show a line; what the house takes of it only to the vendor."""
        return cls(
            id=line.id,
            listing_id=line.listing_id,
            product_id=line.product_id,
            fsin=line.fsin,
            title=line.title,
            title_ar=line.title_ar,
            sku=line.sku,
            image=line.image,
            quantity=line.quantity,
            unit_price=Money(line.unit_price_minor, line.currency),
            unit_price_paid=line.unit_price_paid,
            discount=Money(line.discount_minor, line.currency),
            line_total=Money(line.line_total_minor, line.currency),
            state=line.state,
            reject_reason=line.reject_reason,
            fee=Money(line.fee_minor + line.fee_vat_minor, line.currency) if with_fee else None,
        )


@dataclass(frozen=True, slots=True)
class MoveView:
    """One step of the journey."""

    came_from: OrderState | None
    went_to: OrderState
    at: datetime
    by: str
    side: Side
    reason: str | None

    @classmethod
    def of(cls, move: OrderMove) -> Self:
        """Show a step."""
        return cls(move.came_from, move.went_to, move.at, move.by, move.side, move.reason)


@dataclass(frozen=True, slots=True)
class HoldView:
    """Why an order may not go on."""

    reason: HoldReason
    note: str
    placed_at: datetime

    @classmethod
    def of(cls, hold: OrderHold) -> Self:
        """Show a hold that still stands."""
        return cls(hold.reason, hold.note, hold.placed_at)


@dataclass(frozen=True, slots=True)
class Kin:
    """What stands around an order: its stores, its group, the vendor's time, the orders it was retried from and as."""

    store: StoreRef
    buyer: StoreRef
    group_number: str
    time_zone: str
    retry_of: str | None = None
    retried_as: str | None = None


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order, as one of its sides sees it.

    The days of arrival are those that were promised with it, and hold for a yes before `accept_before`; a later yes
    promises them anew.
    """

    id: OrderId
    number: str
    group_id: CheckoutId
    group_number: str
    state: OrderState
    paid_state: PaidState
    payment_method: PaymentMethod
    store: StoreRef
    buyer: StoreRef
    placed_by: UserId
    address: Mapping[str, Any]
    note: str
    placed_at: datetime
    decide_by: datetime
    decided_at: datetime | None
    ready_at: datetime | None
    picked_up_at: datetime | None
    delivered_at: datetime | None
    settled_at: datetime | None
    ended_at: datetime | None
    earliest_on: date | None
    latest_on: date | None
    ship_by: datetime | None
    accept_before: datetime
    lines: tuple[LineView, ...]
    moves: tuple[MoveView, ...]
    holds: tuple[HoldView, ...]
    totals: Totals
    agreed: Money
    fee: Money | None
    payable: Money | None
    cancel_reason: CancelReason | None
    canceled_by: Side | None
    attempts: int
    is_held: bool
    retry_of: str | None
    retried_as: str | None
    version: int
    can: frozenset[str]

    @property
    def live_lines(self) -> tuple[LineView, ...]:
        """The lines that will be sent."""
        return tuple(line for line in self.lines if line.state not in DROPPED)

    @property
    def comes_to(self) -> Money:
        """What is paid for the lines that will be sent; where there are none, what was agreed."""
        return self.totals.total if self.live_lines else self.agreed

    @property
    def due(self) -> Money:
        """What the buyer still pays: nothing once it is paid, goes back or has ended."""
        is_owed = self.paid_state is PaidState.UNPAID and self.state is not OrderState.RETURNING
        return self.totals.total if is_owed else Money.zero(self.agreed.currency)

    @classmethod
    def of(
        cls,
        order: Order,
        *,
        lines: Sequence[OrderLine],
        moves: Sequence[OrderMove],
        holds: Sequence[OrderHold] = (),
        kin: Kin,
        seen_by: Actor,
    ) -> Self:
        """Show an order to somebody who may see it."""
        with_fee = policy.sees_fees(seen_by, order)
        return cls(
            **{name: getattr(order, name) for name in _AS_KEPT},
            store=kin.store,
            buyer=kin.buyer,
            group_number=kin.group_number,
            accept_before=rates.accept_before(order.placed_at, time_zone=kin.time_zone, calendar=rates.calendar()),
            retry_of=kin.retry_of,
            retried_as=kin.retried_as,
            lines=tuple(LineView.of(line, with_fee=with_fee) for line in lines),
            moves=tuple(MoveView.of(move) for move in moves),
            holds=tuple(HoldView.of(hold) for hold in holds),
            totals=totals_of(order),
            agreed=Money(order.agreed_minor, order.currency),
            fee=order.fee + order.fee_vat if with_fee else None,
            payable=order.total - order.fee - order.fee_vat if with_fee else None,
            can=policy.open_to(seen_by, order, is_retried=kin.retried_as is not None),
        )


_AS_KEPT: Final = (
    "id",
    "number",
    "group_id",
    "state",
    "paid_state",
    "payment_method",
    "placed_by",
    "address",
    "note",
    "placed_at",
    "decide_by",
    "decided_at",
    "ready_at",
    "picked_up_at",
    "delivered_at",
    "settled_at",
    "ended_at",
    "earliest_on",
    "latest_on",
    "ship_by",
    "cancel_reason",
    "canceled_by",
    "attempts",
    "is_held",
    "version",
)
"""What a view says of an order just as its row has it."""


def totals_of(order: Order) -> Totals:
    """Show what an order comes to, as it stands."""
    amounts = (
        order.subtotal_minor,
        order.discount_minor,
        order.shipping_minor,
        order.tax_minor,
        order.total_minor,
    )
    return Totals(*(Money(minor, order.currency) for minor in amounts))


@dataclass(frozen=True, slots=True)
class FeeView:
    """What the house takes of some lines before VAT, and by which rule; the bounds hold for each line."""

    bps: int
    least: Money | None
    most: Money | None
    vat_bps: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order comes to for its vendor: as it stands, or were some of its lines rejected.

    `taken_off` is what its lines that are not sent came to; `is_rejected` where it was the vendor who said no to each.
    """

    goods: Money
    taken_off: Money
    lines_off: int
    is_rejected: bool
    shipping: Money
    tax_on_top: Money
    total: Money
    agreed: Money
    fees: tuple[FeeView, ...]
    fee_vat: Money
    payable: Money


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What a vendor says to one line; whoever rejects says why."""

    line_id: OrderLineId
    decision: Decision
    reason: RejectReason | None = None


@dataclass(frozen=True, slots=True)
class PlacingLine:
    """A line as it was quoted, to be ordered at exactly that; or why it cannot be."""

    listing_id: ListingId
    product_id: ProductId
    fsin: str
    title: str
    title_ar: str
    sku: str
    image: str | None
    category: str
    quantity: int
    unit_price: Money
    discount: Money
    line_total: Money
    tax_rate_bps: int
    tax: Money
    refused: RejectedLine | None = None


@dataclass(frozen=True, slots=True)
class PlacingParcel:
    """What is ordered from one vendor, and what he sends it for."""

    store: StoreRef
    time_zone: str
    shipping: Money
    shipping_tax: Money
    earliest_on: date | None
    latest_on: date | None
    ship_by: datetime | None
    lines: tuple[PlacingLine, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Everything that is agreed when an order is placed."""

    buyer: StoreRef
    placed_by: UserId
    parcels: tuple[PlacingParcel, ...]
    address: Mapping[str, Any]
    payment_method: PaymentMethod
    is_all_or_nothing: bool
    cart_id: CartId | None = None
    left_out: tuple[RejectedLine, ...] = ()
    retry_of: OrderId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """What one checkout came to."""

    id: CheckoutId
    number: str
    placed_at: datetime
    orders: tuple[OrderView, ...]
    rejected_lines: tuple[RejectedLine, ...]


@dataclass(frozen=True, slots=True)
class BoardCard:
    """An order on the vendor's board."""

    number: str
    state: OrderState
    buyer: str
    placed_at: datetime
    decide_by: datetime
    ship_by: datetime | None
    payment_method: PaymentMethod
    total: Money
    pieces: int
    is_held: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One stage of the vendor's work: how many stand there, and the oldest of them."""

    name: str
    count: int
    cards: tuple[BoardCard, ...]
