"""Delivery tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.delivery.rules import stop_state
from marketplace.delivery.states import (
    ASSIGNMENT,
    HAND_OVER,
    LIVE,
    AssignmentAction,
    AssignmentState,
    ExceptionState,
    FailureReason,
    HandOverAction,
    HandOverState,
    ProofKind,
    StopKind,
    StopState,
)
from marketplace.kernel import columns
from marketplace.kernel.ids import (
    AssetId,
    AssignmentId,
    CashExceptionId,
    HandOverId,
    OrderId,
    StopId,
    StoreId,
    UserId,
)
from marketplace.kernel.money import Money

_LIVE = text("state IN ({})".format(", ".join(f"'{state}'" for state in LIVE)))


class Agent(SQLModel, table=True):
    """What the house knows of somebody who works the road, beside his role."""

    __tablename__ = "agents"

    user_id: UserId = columns.ref("users", primary_key=True)
    float_limit_minor: int | None = columns.maybe_minor_units()
    parcel_limit: int | None = None
    is_blocked: bool = False


class Assignment(SQLModel, table=True):
    """One parcel given to one agent: an order has at most one that is live."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("cash_due_minor >= 0", name="cash_not_negative"),
        Index("uq_assignments_live_order", "order_id", unique=True, postgresql_where=_LIVE),
        Index("ix_assignments_agent_live", "agent_id", postgresql_where=_LIVE),
        Index("ix_assignments_agent_newest", "agent_id", "assigned_at"),
    )

    id: AssignmentId = columns.key()
    order_id: OrderId = columns.ref("orders", index=True)
    number: str = Field(max_length=16)
    store_id: StoreId = columns.ref("stores")
    buyer_store_id: StoreId = columns.ref("stores")
    agent_id: UserId = columns.ref("users")
    state: AssignmentState = columns.one_of(AssignmentState, default=AssignmentState.OFFERED)
    cash_due_minor: int = columns.minor_units()
    currency: str = columns.currency()
    assigned_by: str
    assigned_at: datetime = columns.instant()
    picked_up_at: datetime | None = columns.maybe_instant()
    ended_at: datetime | None = columns.maybe_instant()

    @property
    def cash_due(self) -> Money:
        """What is to be collected at the door, as it stood when the parcel was given out."""
        return Money(self.cash_due_minor, self.currency)

    def check(self, action: AssignmentAction) -> None:
        """Refuse what the journey does not allow from here."""
        ASSIGNMENT.after(self.state, action)

    def act(self, action: AssignmentAction, *, at: datetime) -> None:
        """Move on where the journey allows it."""
        self.state = ASSIGNMENT.after(self.state, action)
        if action is AssignmentAction.PICK_UP:
            self.picked_up_at = at
        if self.state not in LIVE:
            self.ended_at = at


class Stop(SQLModel, table=True):
    """An address on an agent's round: where a parcel is fetched, or where it goes."""

    __tablename__ = "stops"
    __table_args__ = (UniqueConstraint("assignment_id", "kind", name="uq_stops_assignment_kind"),)

    id: StopId = columns.key()
    assignment_id: AssignmentId = columns.ref("assignments")
    kind: StopKind = columns.one_of(StopKind)
    address: dict[str, Any] = columns.document()
    contact_name: str
    contact_phone: str
    promised_on: date | None = columns.maybe_day()

    def state_with(self, assignment: Assignment) -> StopState:
        """Where this stop stands."""
        return stop_state(self.kind, assignment.state)


class Attempt(SQLModel, table=True):
    """One time a parcel could not be handed over."""

    __tablename__ = "delivery_attempts"

    id: UUID = columns.key()
    assignment_id: AssignmentId = columns.ref("assignments", index=True)
    order_id: OrderId = columns.ref("orders", index=True)
    reason: FailureReason = columns.one_of(FailureReason)
    failed_at: datetime = columns.instant()


class DeliveryCode(SQLModel, table=True):
    """The six digits that the buyer tells the agent at the door."""

    __tablename__ = "delivery_codes"
    __table_args__ = (CheckConstraint("tries_left >= 0", name="tries_not_negative"),)

    order_id: OrderId = columns.ref("orders", primary_key=True)
    code: str = Field(max_length=6)
    tries_left: int


class Proof(SQLModel, table=True):
    """How we know that a parcel was handed over."""

    __tablename__ = "proofs"
    __table_args__ = (CheckConstraint("(kind = 'photo') = (asset_id IS NOT NULL)", name="photo_has_asset"),)

    assignment_id: AssignmentId = columns.ref("assignments", primary_key=True)
    kind: ProofKind = columns.one_of(ProofKind)
    asset_id: AssetId | None = columns.maybe_ref("assets")
    latitude_micro: int | None = None
    longitude_micro: int | None = None
    given_at: datetime = columns.instant()


class CashCollection(SQLModel, table=True):
    """Cash that an agent took for one order: once, and never edited but for its hand-over and the warning before it."""

    __tablename__ = "cash_collections"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        Index("ix_cash_collections_agent_in_hand", "agent_id", postgresql_where=text("hand_over_id IS NULL")),
    )

    order_id: OrderId = columns.ref("orders", primary_key=True)
    assignment_id: AssignmentId = columns.ref("assignments")
    agent_id: UserId = columns.ref("users")
    amount_minor: int = columns.minor_units()
    due_minor: int = columns.minor_units()
    currency: str = columns.currency()
    collected_at: datetime = columns.instant()
    warned_at: datetime | None = columns.maybe_instant()
    hand_over_id: HandOverId | None = columns.maybe_ref("hand_overs", index=True)

    @property
    def amount(self) -> Money:
        """What was taken."""
        return Money(self.amount_minor, self.currency)

    @property
    def due(self) -> Money:
        """What was owed."""
        return Money(self.due_minor, self.currency)


class CashException(SQLModel, table=True):
    """A sum offered at the door that is not the sum due: the dispatcher decides."""

    __tablename__ = "cash_exceptions"
    __table_args__ = (
        CheckConstraint("offered_minor >= 0", name="offered_not_negative"),
        Index("uq_cash_exceptions_open_order", "order_id", unique=True, postgresql_where=text("state = 'open'")),
    )

    id: CashExceptionId = columns.key()
    order_id: OrderId = columns.ref("orders", index=True)
    assignment_id: AssignmentId = columns.ref("assignments")
    agent_id: UserId = columns.ref("users")
    due_minor: int = columns.minor_units()
    offered_minor: int = columns.minor_units()
    currency: str = columns.currency()
    state: ExceptionState = columns.one_of(ExceptionState, default=ExceptionState.OPEN)
    raised_at: datetime = columns.instant()
    decided_by: str | None = None
    decided_at: datetime | None = columns.maybe_instant()

    @property
    def due(self) -> Money:
        """What was owed."""
        return Money(self.due_minor, self.currency)

    @property
    def offered(self) -> Money:
        """What the buyer had."""
        return Money(self.offered_minor, self.currency)


class HandOver(SQLModel, table=True):
    """Cash on its way from an agent to the safe: he declares, another counts without knowing what should be there."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        CheckConstraint("declared_minor >= 0", name="declared_not_negative"),
        CheckConstraint("counted_minor >= 0", name="counted_not_negative"),
        CheckConstraint("counted_by <> agent_id", name="counted_by_another"),
        Index("uq_hand_overs_open_agent", "agent_id", unique=True, postgresql_where=text("state <> 'accepted'")),
        Index("ix_hand_overs_newest", "handed_at"),
    )

    id: HandOverId = columns.key()
    agent_id: UserId = columns.ref("users")
    state: HandOverState = columns.one_of(HandOverState, default=HandOverState.DECLARED)
    expected_minor: int = columns.minor_units()
    declared_minor: int = columns.minor_units()
    counted_minor: int | None = columns.maybe_minor_units()
    currency: str = columns.currency()
    note: str | None = columns.maybe_prose()
    handed_at: datetime = columns.instant()
    counted_by: UserId | None = columns.maybe_ref("users")
    counted_at: datetime | None = columns.maybe_instant()
    cleared_by: UserId | None = columns.maybe_ref("users")
    cleared_at: datetime | None = columns.maybe_instant()

    @property
    def expected(self) -> Money:
        """What the agent collected and had not handed over."""
        return Money(self.expected_minor, self.currency)

    def variance(self, counted: Money) -> Money:
        """How far a count is from what should be there."""
        return counted - self.expected

    def act(self, action: HandOverAction) -> None:
        """Move on where the rules allow it."""
        self.state = HAND_OVER.after(self.state, action)
