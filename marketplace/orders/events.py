"""The facts that orders publish."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import OrderId, StoreId, UserId
from marketplace.orders.states import CancelReason, HoldReason, OrderState, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact(Event):
    """What every fact about an order carries: which one, whose, and who bought."""

    topic: ClassVar[str]

    order_id: OrderId
    number: str
    store_id: StoreId
    buyer_store_id: StoreId
    placed_by: UserId

    @property
    def aggregate(self) -> str:
        """Facts of one order arrive in order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(OrderFact):
    """A buyer has ordered; the vendor is to decide."""

    topic: ClassVar[str] = "orders.order_placed.v1"

    total_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDecided(OrderFact):
    """The vendor took all of it, some of it or nothing."""

    topic: ClassVar[str] = "orders.order_decided.v1"

    state: OrderState
    total_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReady(OrderFact):
    """The parcel is packed and waits for an agent."""

    topic: ClassVar[str] = "orders.order_ready.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHeld(OrderFact):
    """The order may not go on for now."""

    topic: ClassVar[str] = "orders.order_held.v1"

    reason: HoldReason


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderResumed(OrderFact):
    """A hold was lifted; where another stands, the order is still held."""

    topic: ClassVar[str] = "orders.order_resumed.v1"

    reason: HoldReason
    is_still_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPickedUp(OrderFact):
    """The parcel is on its way."""

    topic: ClassVar[str] = "orders.order_picked_up.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(OrderFact):
    """The buyer has the parcel."""

    topic: ClassVar[str] = "orders.order_delivered.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDeliveryFailed(OrderFact):
    """The parcel could not be handed over; after the last attempt it goes back."""

    topic: ClassVar[str] = "orders.order_delivery_failed.v1"

    reason: str
    attempts: int
    is_returning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReturned(OrderFact):
    """The vendor has the undelivered parcel back."""

    topic: ClassVar[str] = "orders.order_returned.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCanceled(OrderFact):
    """The order was called off."""

    topic: ClassVar[str] = "orders.order_canceled.v1"

    reason: CancelReason
    by: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(OrderFact):
    """The vendor did not answer in time."""

    topic: ClassVar[str] = "orders.order_expired.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNudged(OrderFact):
    """The vendor was reminded, by the buyer or by the clock."""

    topic: ClassVar[str] = "orders.order_nudged.v1"

    by: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSettled(OrderFact):
    """The buyer has paid."""

    topic: ClassVar[str] = "orders.order_settled.v1"

    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClosed(OrderFact):
    """Nothing is left to do: delivered, paid out, and past its return window."""

    topic: ClassVar[str] = "orders.order_closed.v1"
