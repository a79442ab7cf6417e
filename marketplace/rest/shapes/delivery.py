"""The road, as the contract prints it."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from marketplace.delivery import (
    AgentView,
    AssignmentState,
    AssignmentView,
    CashInHandView,
    Evidence,
    ExceptionState,
    ExceptionView,
    FailureReason,
    HandOverState,
    HandOverView,
    Place,
    QueueItem,
    StopKind,
    StopState,
    StopView,
)
from marketplace.kernel.ids import AssetId
from marketplace.rest.shapes.base import FullLine, Line, Moment, Money, Shape, Wished, WishedMoney
from marketplace.rest.shapes.orders import Order

MICRO = 1_000_000


class Contact(Shape):
    """Whom to ring."""

    name: str
    phone: str


class Stop(Shape):
    """An address on the round, with what is to be done there; of a parcel that goes back, the shop's."""

    id: UUID
    order_number: str
    state: StopState
    kind: StopKind
    address: dict[str, Any]
    contact: Contact
    cash_due: Money | None
    cash_taken: Money | None
    cash_asked: Money | None
    cash_declined: Money | None
    is_cash_blocked: bool
    promised_by: date | None
    pieces: int
    attempts: int
    last_failure: FailureReason | None
    code_tries_left: int
    done_at: Moment | None
    can: list[str]

    @classmethod
    def of(cls, stop: StopView) -> "Stop":
        """Print a stop."""
        return cls(
            id=stop.id,
            order_number=stop.number,
            state=stop.state,
            kind=stop.kind,
            address=dict(stop.address),
            contact=Contact(name=stop.contact_name, phone=stop.contact_phone),
            cash_due=Money.maybe(stop.cash_due),
            cash_taken=Money.maybe(stop.cash_taken),
            cash_asked=Money.maybe(stop.cash_asked),
            cash_declined=Money.maybe(stop.cash_declined),
            is_cash_blocked=stop.is_cash_blocked,
            promised_by=stop.promised_on,
            pieces=stop.pieces,
            attempts=stop.attempts,
            last_failure=stop.last_failure,
            code_tries_left=stop.code_tries_left,
            done_at=stop.done_at,
            can=sorted(stop.can),
        )


class Position(Wished):
    """Where on earth, in degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]

    def place(self) -> Place:
        """Read it."""
        return Place(latitude_micro=round(self.latitude * MICRO), longitude_micro=round(self.longitude * MICRO))


class ProofWish(Wished):
    """How we know that the parcel was handed over: the buyer's six digits, or a photo that was uploaded before."""

    kind: Literal["code", "photo"] | None = None
    code: Annotated[Line, Field(max_length=12)] | None = None
    asset_id: UUID | None = None
    location: Position | None = None

    @model_validator(mode="after")
    def _is_one_of_them(self) -> "ProofWish":
        if (self.code is None) == (self.asset_id is None):
            raise ValueError("send either a code or the asset_id of a photo")
        return self

    def evidence(self) -> Evidence:
        """Read it."""
        return Evidence(
            code=self.code,
            photo_id=None if self.asset_id is None else AssetId(self.asset_id),
            place=None if self.location is None else self.location.place(),
        )


class DeliveryWish(Wished):
    """The parcel is handed over."""

    proof: ProofWish


class CashWish(Wished):
    """The sum that the buyer gives."""

    amount: WishedMoney


class FailureWish(Wished):
    """The parcel could not be handed over."""

    reason: FailureReason


class CashAsked(Shape):
    """The sum is not the sum due: the dispatcher decides."""

    exception_id: UUID
    stop: Stop


class QueuedOrder(Shape):
    """An order that is packed and waits for an agent."""

    order: Order
    waiting_since: Moment
    promised_by: date | None
    pieces: int
    cash_due: Money | None
    from_city: str
    to_city: str
    offered_to: UUID | None
    offered_to_name: str | None

    @classmethod
    def of(cls, item: QueueItem, order: Order) -> "QueuedOrder":
        """Print an order of the queue."""
        return cls(
            order=order,
            waiting_since=item.ready_at,
            promised_by=item.latest_on,
            pieces=item.pieces,
            cash_due=Money.of(item.cash_due) if item.cash_due else None,
            from_city=item.store_city,
            to_city=str(item.address.get("city", "")),
            offered_to=item.offered_to,
            offered_to_name=item.offered_to_name,
        )


class Agent(Shape):
    """Somebody who works the road, and what he carries."""

    id: UUID
    name: str
    phone: str | None
    parcels: int
    parcel_limit: int
    cash_in_hand: Money
    cash_expected: Money
    cash_limit: Money
    is_cash_overdue: bool
    is_blocked: bool

    @classmethod
    def of(cls, agent: AgentView) -> "Agent":
        """Print an agent."""
        return cls(
            id=agent.user_id,
            name=agent.name,
            phone=agent.phone,
            parcels=agent.parcels,
            parcel_limit=agent.parcel_limit,
            cash_in_hand=Money.of(agent.cash_in_hand),
            cash_expected=Money.of(agent.cash_expected),
            cash_limit=Money.of(agent.cash_limit),
            is_cash_overdue=agent.is_cash_overdue,
            is_blocked=agent.is_blocked,
        )


class AssignmentWish(Wished):
    """Who takes which order; naming the present agent moves it from one to another."""

    order_number: FullLine
    agent_id: UUID
    instead_of: UUID | None = None


class Assignment(Shape):
    """One order with its agent."""

    id: UUID
    order_number: str
    agent_id: UUID
    state: AssignmentState
    cash_due: Money | None
    assigned_at: Moment

    @classmethod
    def of(cls, assignment: AssignmentView) -> "Assignment":
        """Print it."""
        return cls(
            id=assignment.id,
            order_number=assignment.number,
            agent_id=assignment.agent_id,
            state=assignment.state,
            cash_due=Money.of(assignment.cash_due) if assignment.cash_due else None,
            assigned_at=assignment.assigned_at,
        )


class CashException(Shape):
    """A question about a sum of cash."""

    id: UUID
    order_number: str
    agent_id: UUID
    agent_name: str
    due: Money
    offered: Money
    state: ExceptionState
    raised_at: Moment
    decided_at: Moment | None

    @classmethod
    def of(cls, asked: ExceptionView) -> "CashException":
        """Print it."""
        return cls(
            id=asked.id,
            order_number=asked.number,
            agent_id=asked.agent_id,
            agent_name=asked.agent_name,
            due=Money.of(asked.due),
            offered=Money.of(asked.offered),
            state=asked.state,
            raised_at=asked.raised_at,
            decided_at=asked.decided_at,
        )


class ExceptionDecision(Wished):
    """Take that sum, or insist on the exact one."""

    accept: bool


class HandOverWish(Wished):
    """What the agent brings, as he counted it."""

    counted: WishedMoney
    note: Annotated[Line, Field(max_length=200)] | None = None


class CountWish(Wished):
    """What the cashier counted."""

    counted: WishedMoney


class ClearWish(Wished):
    """What a second person counted, and what became of the difference."""

    counted: WishedMoney
    note: FullLine


class HandOver(Shape):
    """Cash on its way to the safe; its sums are missing for whoever may still count it, until it is through."""

    id: UUID
    agent_id: UUID
    agent_name: str
    state: HandOverState
    orders: int
    declared: Money | None
    expected: Money | None
    counted: Money | None
    variance: Money | None
    note: str | None
    handed_at: Moment
    counted_at: Moment | None
    counted_by: str | None
    can: list[str]

    @classmethod
    def of(cls, handed: HandOverView) -> "HandOver":
        """Print it."""
        return cls(
            id=handed.id,
            agent_id=handed.agent_id,
            agent_name=handed.agent_name,
            state=handed.state,
            orders=handed.orders,
            declared=Money.maybe(handed.declared),
            expected=Money.maybe(handed.expected),
            counted=Money.maybe(handed.counted),
            variance=Money.maybe(handed.variance),
            note=handed.note,
            handed_at=handed.handed_at,
            counted_at=handed.counted_at,
            counted_by=handed.counted_by_name,
            can=sorted(handed.can),
        )


class Collection(Shape):
    """Cash taken for one order."""

    order_number: str
    amount: Money
    collected_at: Moment


class CashInHand(Shape):
    """What an agent carries, and what he may carry."""

    total: Money
    limit: Money
    collections: tuple[Collection, ...]
    is_overdue: bool
    is_blocked: bool
    open_hand_over: HandOver | None

    @classmethod
    def of(cls, cash: CashInHandView) -> "CashInHand":
        """Print it."""
        return cls(
            total=Money.of(cash.total),
            limit=Money.of(cash.limit),
            collections=tuple(
                Collection(order_number=one.number, amount=Money.of(one.amount), collected_at=one.collected_at)
                for one in cash.collections
            ),
            is_overdue=cash.is_overdue,
            is_blocked=cash.is_blocked,
            open_hand_over=HandOver.of(cash.open_hand_over) if cash.open_hand_over else None,
        )
