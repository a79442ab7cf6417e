"""One order under its lock, and the one way it takes a step: state, move and audit together, or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import Select, select
from sqlmodel import col

from marketplace import audit
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import OrderId, OrderLineId
from marketplace.kernel.rows import among
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy, rules
from marketplace.orders.errors import OnHold, OrderNotFound
from marketplace.orders.events import OrderFact
from marketplace.orders.models import Order, OrderLine, OrderMove
from marketplace.orders.policy import OrdersSide
from marketplace.orders.service import holds
from marketplace.orders.states import (
    DONE_TO_LINES,
    DROPPED,
    FORWARD,
    LINE,
    ORDER,
    STOPPED,
    OrderAction,
    OrderState,
)

F = TypeVar("F", bound=OrderFact)

_MARKS: Final[dict[OrderAction, dict[str, bool]]] = {
    OrderAction.CONFIRM: {"is_confirmed": True},
    OrderAction.FAIL_PAYMENT: {"payment_failed": True},
    OrderAction.FAIL_DELIVERY: {"attempt_failed": True},
    OrderAction.TRY_AGAIN: {"attempt_failed": False},
    OrderAction.TURN_BACK: {"is_turned_back": True},
    OrderAction.CLOSE: {"is_closed": True},
}

_STAMPS: Final[dict[OrderState, str]] = {
    OrderState.ACCEPTED: "decided_at",
    OrderState.PARTIALLY_ACCEPTED: "decided_at",
    OrderState.REJECTED: "decided_at",
    OrderState.READY: "ready_at",
    OrderState.DELIVERED: "delivered_at",
}

_ENDS: Final = STOPPED | {OrderState.CLOSED}


@dataclass(frozen=True, slots=True)
class Journey:
    """An order that nobody else can change now, with its lines."""

    order: Order
    lines: Sequence[OrderLine]

    @property
    def live(self) -> tuple[OrderLine, ...]:
        """The lines that will be sent."""
        return tuple(line for line in self.lines if line.state not in DROPPED)

    @property
    def holders(self) -> tuple[OrderLineId, ...]:
        """Those lines, as inventory knows them."""
        return tuple(line.id for line in self.live)

    def check(self, action: OrderAction) -> None:
        """Refuse an action that is not open, or that a hold forbids."""
        ORDER.after(self.order.state, action)
        if self.order.is_held and action in FORWARD:
            raise OnHold(self.order.number)

    def add_up(self) -> None:
        """Bring the sums to those of the lines that will be sent."""
        sums = rules.sums(
            [line.sums for line in self.live], self.order.shipping, tax_is_inside=self.order.tax_is_inside
        )
        self.order.take_sums(sums)


def found(actor: Actor, uow: UnitOfWork, *, number: str, side: OrdersSide = "any") -> Journey:
    """Lock an order that the actor may see from that side, by its number."""
    seen = _with_lines().where(col(Order.number) == number, policy.SEEN[side](actor))
    journeys = _journeys(uow, seen)
    if not journeys:
        raise OrderNotFound
    return journeys[0]


def locked(uow: UnitOfWork, *, order_id: OrderId) -> Journey:
    """Lock an order for somebody who has asked already."""
    (journey,) = locked_all(uow, order_ids=[order_id])
    return journey


def locked_all(uow: UnitOfWork, *, order_ids: Collection[OrderId]) -> list[Journey]:
    """Lock several orders, in the order of their ids."""
    asked = set(order_ids)
    if not asked:
        return []
    journeys = _journeys(uow, _with_lines().where(among(col(Order.id), asked)))
    if len(journeys) < len(asked):
        raise OrderNotFound
    return journeys


def advance(uow: UnitOfWork, by: Actor, journey: Journey, action: OrderAction, *, reason: str | None = None) -> None:
    """Take a step that does the same to every live line."""
    journey.check(action)
    deed = DONE_TO_LINES.get(action)
    if deed is not None:
        for line in journey.live:
            line.state = LINE.after(line.state, deed)
    conclude(uow, by, journey, action, reason=reason)


def conclude(uow: UnitOfWork, by: Actor, journey: Journey, action: OrderAction, *, reason: str | None = None) -> None:
    """Derive where the order stands after its lines have moved, and write the step down.

    What ends cannot go on, so nothing holds it any more: its holds are lifted with it.
    """
    order, before = journey.order, journey.order.state
    milestones = replace(order.milestones, **_MARKS.get(action, {}))
    order.attempt_failed, order.is_turned_back = milestones.attempt_failed, milestones.is_turned_back
    order.state = rules.standing([line.state for line in journey.lines], milestones)
    order.version += 1
    _stamp(uow, order)
    settle_paid_state(order)
    if order.is_held and order.state in _ENDS:
        holds.lift(uow, by, order, holds.standing(uow, order), reason=order.state)
        order.is_held = False
    uow.session.add(move(uow, by, order, came_from=before, reason=reason))
    audit.record(
        uow,
        by,
        f"orders.{action}",
        order.id,
        store_id=order.store_id,
        before=before,
        after=order.state,
        reason=reason,
    )


def move(
    uow: UnitOfWork, by: Actor, order: Order, *, came_from: OrderState | None, reason: str | None = None
) -> OrderMove:
    """The record of a step that was just taken."""
    return OrderMove(
        order_id=order.id,
        position=order.version,
        came_from=came_from,
        went_to=order.state,
        by=by.name,
        side=policy.side_of(by, order),
        at=uow.now,
        reason=reason,
    )


def settle_paid_state(order: Order) -> None:
    """Derive how far the money has come."""
    order.paid_state = rules.paid_state(
        order.state,
        is_captured=order.settled_at is not None,
        is_handed_over=order.cash_handed_over_at is not None,
        is_paid_out=order.paid_out_at is not None,
    )


def told(kind: type[F], order: Order, **more: Any) -> F:  # noqa: ANN401 (what this kind of fact says besides)
    """A fact about this order."""
    return kind(
        order_id=order.id,
        number=order.number,
        store_id=order.store_id,
        buyer_store_id=order.buyer_store_id,
        placed_by=order.placed_by,
        **more,
    )


def _stamp(uow: UnitOfWork, order: Order) -> None:
    stamp = _STAMPS.get(order.state)
    if stamp is not None:
        setattr(order, stamp, uow.now)
    if order.state in _ENDS:
        order.ended_at = uow.now
    if order.state is OrderState.IN_TRANSIT and order.picked_up_at is None:
        order.picked_up_at = uow.now


@cache
def _with_lines() -> Select[Order, OrderLine]:
    """Orders and their lines, locked together: who waits for the order sees its lines as they are then."""
    return (
        select(Order, OrderLine)
        .join(OrderLine, col(OrderLine.order_id) == col(Order.id))
        .order_by(col(Order.id), col(OrderLine.position))
        .with_for_update()
    )


def _journeys(uow: UnitOfWork, found: Select[Order, OrderLine]) -> list[Journey]:
    lines: dict[OrderId, list[OrderLine]] = {}
    orders: dict[OrderId, Order] = {}
    for order, line in uow.session.execute(found):
        orders[order.id] = order
        lines.setdefault(order.id, []).append(line)
    return [Journey(order, lines[order.id]) for order in orders.values()]
