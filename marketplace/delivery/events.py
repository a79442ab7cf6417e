"""The facts delivery publishes."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import CashExceptionId, HandOverId, OrderId, StoreId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFact(Event):
    """Something that happened to a parcel on the road."""

    order_id: OrderId
    number: str
    store_id: StoreId
    buyer_store_id: StoreId
    agent_id: UserId

    @property
    def aggregate(self) -> str:
        """The order, so that its facts arrive in order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(ParcelFact):
    """An order was given to an agent."""

    topic: ClassVar[str] = "delivery.assigned.v1"

    from_agent_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(ParcelFact):
    """An order was taken off an agent's round, as it no longer goes anywhere."""

    topic: ClassVar[str] = "delivery.withdrawn.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedUp(ParcelFact):
    """The agent has the parcel."""

    topic: ClassVar[str] = "delivery.picked_up.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(ParcelFact):
    """The parcel could not be handed over."""

    topic: ClassVar[str] = "delivery.failed.v1"

    reason: str
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRenewed(ParcelFact):
    """The buyer has another code to say at his door; which one, only his order page says."""

    topic: ClassVar[str] = "delivery.code_renewed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCollected(ParcelFact):
    """The agent took the cash for an order."""

    topic: ClassVar[str] = "delivery.cash_collected.v1"

    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CashWentOverdue(Event):
    """An agent has carried cash for longer than he should."""

    topic: ClassVar[str] = "delivery.cash_went_overdue.v1"

    agent_id: UserId
    amount_minor: int
    currency: str

    @property
    def aggregate(self) -> str:
        """The agent."""
        return f"agent:{self.agent_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashExceptionRaised(ParcelFact):
    """A buyer offered another sum than the one due."""

    topic: ClassVar[str] = "delivery.cash_exception_raised.v1"

    exception_id: CashExceptionId
    due_minor: int
    offered_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CashExceptionDecided(ParcelFact):
    """The dispatcher has decided about a sum."""

    topic: ClassVar[str] = "delivery.cash_exception_decided.v1"

    exception_id: CashExceptionId
    is_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFact(Event):
    """Something that happened to cash on its way to the safe."""

    hand_over_id: HandOverId
    agent_id: UserId

    @property
    def aggregate(self) -> str:
        """The hand-over."""
        return f"hand_over:{self.hand_over_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(HandOverFact):
    """An agent has brought his cash."""

    topic: ClassVar[str] = "delivery.handed_over.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAccepted(HandOverFact):
    """The cash was counted and is in the safe."""

    topic: ClassVar[str] = "delivery.hand_over_accepted.v1"

    counted_minor: int
    variance_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverDisputed(HandOverFact):
    """The count differs by more than is tolerated: somebody has to look into it."""

    topic: ClassVar[str] = "delivery.hand_over_disputed.v1"

    variance_minor: int
    currency: str
