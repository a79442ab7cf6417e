"""What leaves the slice of delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from marketplace.delivery import policy
from marketplace.delivery.models import Assignment, HandOver
from marketplace.delivery.rules import is_too_much
from marketplace.delivery.states import (
    AssignmentState,
    ExceptionState,
    FailureReason,
    HandOverState,
    ProofKind,
    StopKind,
    StopState,
)
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import AssetId, AssignmentId, CashExceptionId, HandOverId, OrderId, StopId, StoreId, UserId
from marketplace.kernel.money import Money


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """One parcel with its agent."""

    id: AssignmentId
    order_id: OrderId
    number: str
    agent_id: UserId
    state: AssignmentState
    cash_due: Money
    assigned_at: datetime

    @classmethod
    def of(cls, assignment: Assignment) -> Self:
        """Show a parcel and who has it."""
        return cls(
            assignment.id,
            assignment.order_id,
            assignment.number,
            assignment.agent_id,
            assignment.state,
            assignment.cash_due,
            assignment.assigned_at,
        )


@dataclass(frozen=True, slots=True)
class StopView:
    """An address on the round, with what is to be done there; of a parcel that goes back, the shop's."""

    id: StopId
    assignment_id: AssignmentId
    order_id: OrderId
    number: str
    kind: StopKind
    state: StopState
    address: Mapping[str, Any]
    contact_name: str
    contact_phone: str
    cash_due: Money | None
    cash_taken: Money | None
    cash_asked: Money | None
    cash_declined: Money | None
    is_cash_blocked: bool
    promised_on: date | None
    pieces: int
    attempts: int
    last_failure: FailureReason | None
    code_tries_left: int
    done_at: datetime | None
    can: frozenset[str]


@dataclass(frozen=True, slots=True)
class DoorView:
    """What came of a try to hand over: delivered, or a code that was not the buyer's."""

    stop: StopView
    was_code_wrong: bool = False


@dataclass(frozen=True, slots=True)
class CashView:
    """What came of cash at the door: taken, or a question to the dispatcher about another sum."""

    stop: StopView
    exception_id: CashExceptionId | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the money changed hands."""
        return self.exception_id is None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An order that is packed and waits for an agent."""

    order_id: OrderId
    number: str
    store_id: StoreId
    store_name: str
    store_city: str
    buyer_name: str
    address: Mapping[str, Any]
    pieces: int
    cash_due: Money
    latest_on: date | None
    ready_at: datetime
    offered_to: UserId | None
    offered_to_name: str | None


@dataclass(frozen=True, slots=True)
class AgentView:
    """Somebody who works the road, and what he has on him."""

    user_id: UserId
    name: str
    phone: str | None
    parcels: int
    parcel_limit: int
    cash_in_hand: Money
    cash_expected: Money
    cash_limit: Money
    oldest_cash_at: datetime | None
    is_cash_overdue: bool
    is_blocked: bool

    @property
    def is_full(self) -> bool:
        """Whether he has as many parcels as he may."""
        return self.parcels >= self.parcel_limit

    def cash_with(self, due: Money) -> Money:
        """What he would carry at the end of the day, were he given an order of that sum as well."""
        return self.cash_in_hand + self.cash_expected + due

    def has_room_for(self, due: Money) -> bool:
        """Whether giving him an order of that sum is worth a try; the command looks again."""
        is_over = is_too_much(due, beside=self.cash_in_hand + self.cash_expected, limit=self.cash_limit)
        return not self.is_full and not is_over and not (self.is_blocked and bool(due))


@dataclass(frozen=True, slots=True)
class CollectionView:
    """Cash taken for one order."""

    order_id: OrderId
    number: str
    amount: Money
    collected_at: datetime


@dataclass(frozen=True, slots=True)
class HandOverView:
    """Cash on its way to the safe; its sums are hidden from whoever may still count it, until it is through."""

    id: HandOverId
    agent_id: UserId
    agent_name: str
    state: HandOverState
    orders: int
    declared: Money | None
    expected: Money | None
    counted: Money | None
    variance: Money | None
    note: str | None
    handed_at: datetime
    counted_at: datetime | None
    counted_by_name: str | None
    can: frozenset[str]

    @classmethod
    def of(
        cls,
        hand_over: HandOver,
        *,
        agent_name: str,
        counted_by_name: str | None,
        orders: int,
        seen_by: Actor,
    ) -> Self:
        """Show a hand-over to the agent or to the cashier."""
        open_eyes = policy.sees_sums(seen_by, hand_over)
        is_counted = open_eyes and hand_over.counted_minor is not None
        counted = Money(hand_over.counted_minor or 0, hand_over.currency) if is_counted else None
        return cls(
            id=hand_over.id,
            agent_id=hand_over.agent_id,
            agent_name=agent_name,
            state=hand_over.state,
            orders=orders,
            declared=Money(hand_over.declared_minor, hand_over.currency) if open_eyes else None,
            expected=hand_over.expected if open_eyes else None,
            counted=counted,
            variance=None if counted is None else hand_over.variance(counted),
            note=hand_over.note,
            handed_at=hand_over.handed_at,
            counted_at=hand_over.counted_at,
            counted_by_name=counted_by_name,
            can=_open_to(seen_by, hand_over),
        )


@dataclass(frozen=True, slots=True)
class CashInHandView:
    """What an agent carries, and what he may carry."""

    total: Money
    limit: Money
    collections: tuple[CollectionView, ...]
    oldest_cash_at: datetime | None
    is_overdue: bool
    is_blocked: bool
    open_hand_over: HandOverView | None


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """A question about a sum of cash."""

    id: CashExceptionId
    order_id: OrderId
    number: str
    agent_id: UserId
    agent_name: str
    due: Money
    offered: Money
    state: ExceptionState
    raised_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CodeView:
    """The six digits a buyer tells the agent, and whether they still count."""

    number: str
    code: str
    tries_left: int


@dataclass(frozen=True, slots=True)
class RenewedCodeView:
    """That a buyer has another code, for one who is not to learn it."""

    number: str
    tries_left: int


@dataclass(frozen=True, slots=True)
class ProofView:
    """How a parcel is known to be handed over; the photo is a private picture."""

    number: str
    kind: ProofKind
    photo_id: AssetId | None
    given_at: datetime


def _open_to(actor: Actor, hand_over: HandOver) -> frozenset[str]:
    if not policy.can_count(actor) or not policy.can_count_this(actor, hand_over):
        return frozenset()
    verbs = {HandOverState.DECLARED: "accept", HandOverState.INVESTIGATING: "clear"}
    verb = verbs.get(hand_over.state)
    return frozenset({verb}) if verb else frozenset()
