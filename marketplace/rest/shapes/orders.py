"""Orders, as the contract prints them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from marketplace import orders
from marketplace.kernel.ids import OrderLineId
from marketplace.kernel.pages import Page
from marketplace.orders import (
    CancelReason,
    GroupView,
    HoldReason,
    HoldView,
    LineDecision,
    LineState,
    LineView,
    MoveView,
    OrderState,
    OrderView,
    PaidState,
    RejectReason,
    Side,
)
from marketplace.payments import PaymentMethod
from marketplace.rest.shapes.base import Line, Listed, Moment, Money, Shape, Store, Totals, Wished


class OrderLine(Shape):
    """One line of an order."""

    id: UUID
    listing_id: UUID
    fsin: str
    title: str
    sku: str
    quantity: int
    unit_price: Money
    unit_price_paid: Money
    discount: Money
    line_total: Money
    state: LineState
    reject_reason: RejectReason | None
    fee: Money | None

    @classmethod
    def of(cls, line: LineView) -> "OrderLine":
        """Print a line."""
        return cls(
            id=line.id,
            listing_id=line.listing_id,
            fsin=line.fsin,
            title=line.title,
            sku=line.sku,
            quantity=line.quantity,
            unit_price=Money.of(line.unit_price),
            unit_price_paid=Money.of(line.unit_price_paid),
            discount=Money.of(line.discount),
            line_total=Money.of(line.line_total),
            state=line.state,
            reject_reason=line.reject_reason,
            fee=Money.maybe(line.fee),
        )


class Move(Shape):
    """One step of an order's journey."""

    from_: Annotated[OrderState | None, Field(serialization_alias="from")]
    to: OrderState
    at: Moment
    by: Side
    reason: str | None

    @classmethod
    def of(cls, move: MoveView) -> "Move":
        """Print a step: on which side it was taken, and never by whom."""
        return cls(from_=move.came_from, to=move.went_to, at=move.at, by=move.side, reason=move.reason)


class Hold(Shape):
    """Why an order may not go on."""

    reason: HoldReason
    placed_at: Moment

    @classmethod
    def of(cls, hold: HoldView) -> "Hold":
        """Print a hold."""
        return cls(reason=hold.reason, placed_at=hold.placed_at)


class Destination(Shape):
    """Where it goes."""

    recipient: str
    phone: str
    line1: str
    line2: str
    district: str
    city: str
    region: str
    postal_code: str
    country: str

    @classmethod
    def of(cls, address: Mapping[str, Any]) -> "Destination":
        """Print the address that was frozen with the order."""
        return cls(**{name: str(address.get(name, "")) for name in cls.model_fields})


class Order(Shape):
    """An order."""

    id: UUID
    number: str
    group_number: str
    state: OrderState
    payment_state: PaidState
    payment_method: PaymentMethod
    store: Store
    buyer: Store
    placed_at: Moment
    decide_by: Moment
    delivered_at: Moment | None
    delivery: "Promise | None"
    address: Destination
    note: str
    lines: tuple[OrderLine, ...]
    totals: Totals
    agreed_total: Money
    due: Money
    fee: Money | None
    payable: Money | None
    moves: tuple[Move, ...]
    holds: tuple[Hold, ...]
    cancel_reason: CancelReason | None
    retry_of: str | None
    retried_as: str | None
    version: int
    can: tuple[str, ...]
    delivery_code: str | None = None
    """Said to the buyer alone, once the parcel is on its way."""

    def with_code(self, code: str | None) -> "Order":
        """Tell the buyer what to say at the door."""
        return self.model_copy(update={"delivery_code": code})

    @classmethod
    def of(cls, order: OrderView) -> "Order":
        """Print an order."""
        return cls(
            id=order.id,
            number=order.number,
            group_number=order.group_number,
            state=order.state,
            payment_state=order.paid_state,
            payment_method=order.payment_method,
            store=Store.of(order.store),
            buyer=Store.of(order.buyer),
            placed_at=order.placed_at,
            decide_by=order.decide_by,
            delivered_at=order.delivered_at,
            delivery=Promise.of(order),
            address=Destination.of(order.address),
            note=order.note,
            lines=tuple(OrderLine.of(line) for line in order.lines),
            totals=Totals.of(order.totals),
            agreed_total=Money.of(order.agreed),
            due=Money.of(order.due),
            fee=Money.maybe(order.fee),
            payable=Money.maybe(order.payable),
            moves=tuple(Move.of(move) for move in order.moves),
            holds=tuple(Hold.of(hold) for hold in order.holds),
            cancel_reason=order.cancel_reason,
            retry_of=order.retry_of,
            retried_as=order.retried_as,
            version=order.version,
            can=tuple(sorted(order.can)),
        )


class Promise(Shape):
    """When it was promised to arrive, by when it must leave, and before when it must be accepted for that."""

    earliest_on: date
    latest_on: date
    ship_by: Moment | None
    accept_before: Moment

    @classmethod
    def of(cls, order: OrderView) -> "Promise | None":
        """Print the promise of an order."""
        if order.earliest_on is None or order.latest_on is None:
            return None
        return cls(
            earliest_on=order.earliest_on,
            latest_on=order.latest_on,
            ship_by=order.ship_by,
            accept_before=order.accept_before,
        )


class Orders(Listed[Order]):
    """A page of orders."""

    @classmethod
    def of(cls, page: Page[OrderView]) -> "Orders":
        """Print a page."""
        return cls(items=tuple(Order.of(order) for order in page.items), next_cursor=page.next_cursor)


class RejectedLine(Shape):
    """A line that was not ordered, and why."""

    listing_id: UUID
    title: str
    title_ar: str
    code: str
    message: str

    @classmethod
    def of(cls, line: orders.RejectedLine) -> "RejectedLine":
        """Print a line."""
        return cls(
            listing_id=line.listing_id,
            title=line.title,
            title_ar=line.title_ar,
            code=line.code,
            message=line.message,
        )


class Checkout(Shape):
    """What one checkout came to."""

    id: UUID
    number: str
    placed_at: Moment
    orders: tuple[Order, ...]
    rejected_lines: tuple[RejectedLine, ...]

    @classmethod
    def of(cls, group: GroupView) -> "Checkout":
        """Print a checkout."""
        return cls(
            id=group.id,
            number=group.number,
            placed_at=group.placed_at,
            orders=tuple(Order.of(order) for order in group.orders),
            rejected_lines=tuple(RejectedLine.of(line) for line in group.rejected_lines),
        )


class LineDecided(Wished):
    """Yes or no to one line; whoever says no says why."""

    line_id: UUID
    decision: orders.Decision
    reason: RejectReason | None = None


class DecisionWish(Wished):
    """Yes or no to every waiting line."""

    lines: Annotated[tuple[LineDecided, ...], Field(min_length=1, max_length=200)]

    def decisions(self) -> list[LineDecision]:
        """Read them."""
        return [LineDecision(OrderLineId(line.line_id), line.decision, line.reason) for line in self.lines]


class CancelWish(Wished):
    """Why an order is called off."""

    reason: CancelReason = CancelReason.OTHER


class HoldWish(Wished):
    """Why an order may not go on for now."""

    reason: HoldReason
    note: Line = ""


class ResumeWish(Wished):
    """Which hold is lifted; all of them where it is left out."""

    reason: HoldReason | None = None
