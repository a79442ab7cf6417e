"""Arithmetic and decisions of the road: no session, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from marketplace.delivery.errors import AgentBlocked, AgentFull, CashOverdue, FloatExceeded
from marketplace.delivery.states import AssignmentState, StopKind, StopState
from marketplace.kernel.money import Money

CODES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """What an agent has on him and before him."""

    parcels: int
    in_hand: Money
    expected: Money
    oldest_cash_at: datetime | None
    is_blocked: bool

    @property
    def exposure(self) -> Money:
        """The cash he would carry with every stop of his round done."""
        return self.in_hand + self.expected


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much an agent may carry."""

    parcels: int
    cash: Money
    hours: int
    warning_hours: int


def check_headroom(load: Load, allowance: Allowance, *, cash: Money, at: datetime) -> None:
    """Refuse one more parcel where the agent is full, and one more sum of cash where that would be too much."""
    if load.parcels >= allowance.parcels:
        raise AgentFull(allowance.parcels)
    if not cash:
        return
    if load.is_blocked:
        raise AgentBlocked
    if is_overdue(load.oldest_cash_at, hours=allowance.hours, at=at):
        raise CashOverdue(allowance.hours)
    if is_too_much(cash, beside=load.exposure, limit=allowance.cash):
        raise FloatExceeded


def is_too_much(cash: Money, *, beside: Money, limit: Money) -> bool:
    """Whether a sum may not be carried beside that cash. One above the limit goes alone (decision 45)."""
    return bool(cash) and bool(beside) and beside + cash > limit


def draw_code(random: Random) -> str:
    """Draw the six digits that a buyer says at his door."""
    return f"{random.randrange(CODES):06}"


def is_overdue(collected_at: datetime | None, *, hours: int, at: datetime) -> bool:
    """Whether cash collected then has been carried for longer than that many hours."""
    return collected_at is not None and at - collected_at > timedelta(hours=hours)


def is_within(variance: Money, tolerance: Money) -> bool:
    """Whether a difference is small enough to be posted without asking."""
    return abs(variance.minor) <= tolerance.minor


_PICKUP = {
    AssignmentState.OFFERED: StopState.OPEN,
    AssignmentState.REASSIGNED: StopState.CANCELED,
    AssignmentState.WITHDRAWN: StopState.CANCELED,
}

_DROP = {
    AssignmentState.OFFERED: StopState.PLANNED,
    AssignmentState.PICKED_UP: StopState.OPEN,
    AssignmentState.FAILED: StopState.FAILED,
    AssignmentState.RETURNING: StopState.RETURNING,
    AssignmentState.DELIVERED: StopState.DONE,
    AssignmentState.RETURNED: StopState.DONE,
    AssignmentState.REASSIGNED: StopState.CANCELED,
    AssignmentState.WITHDRAWN: StopState.CANCELED,
}


def stop_state(kind: StopKind, state: AssignmentState) -> StopState:
    """Where a stop stands, given where its parcel stands."""
    if kind is StopKind.PICKUP:
        return _PICKUP.get(state, StopState.DONE)
    return _DROP[state]


@dataclass(frozen=True, slots=True)
class Door:
    """How things stand between an agent and a buyer."""

    state: AssignmentState
    is_cash_due: bool
    is_cash_asked: bool
    is_cash_taken: bool
    is_agent_blocked: bool = False

    @property
    def may_collect(self) -> bool:
        """Cash is taken from the moment the parcel is on its way until after it is handed over."""
        is_there = self.state in {AssignmentState.PICKED_UP, AssignmentState.DELIVERED}
        return is_there and self.is_cash_due and not (self.is_cash_asked or self.is_agent_blocked)

    @property
    def may_fail(self) -> bool:
        """Whoever has paid has the parcel: it cannot fail any more, nor while it is asked whether he pays enough."""
        return self.state is AssignmentState.PICKED_UP and not self.is_cash_taken and not self.is_cash_asked


def open_to(kind: StopKind, door: Door) -> frozenset[str]:
    """What the agent may do at a stop."""
    if kind is StopKind.PICKUP:
        return frozenset({"pick_up"}) if door.state is AssignmentState.OFFERED else frozenset()
    verbs = {
        "try_again": door.state is AssignmentState.FAILED,
        "deliver": door.state is AssignmentState.PICKED_UP,
        "collect_cash": door.may_collect,
        "fail": door.may_fail,
    }
    return frozenset(verb for verb, is_open in verbs.items() if is_open)
