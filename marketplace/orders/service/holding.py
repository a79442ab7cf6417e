"""Holding an order back, and letting it go on."""

from marketplace import audit, events
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import CannotHold, HeldAlready, NotHeld
from marketplace.orders.events import OrderHeld, OrderResumed
from marketplace.orders.models import OrderHold
from marketplace.orders.queries import seen_by
from marketplace.orders.service import holds
from marketplace.orders.service.journey import found, told
from marketplace.orders.states import HOLDABLE, UNSHIPPED, HoldReason, OrderState
from marketplace.orders.views import OrderView


def hold(actor: Actor, uow: UnitOfWork, *, number: str, reason: HoldReason, note: str = "") -> OrderView:
    """Keep an order from going on until every reason is lifted."""
    order = found(actor, uow, number=number).order
    permit(policy.can_hold(actor, order), "hold this order")
    if order.state not in HOLDABLE:
        raise CannotHold(order.number)
    if any(standing.reason is reason for standing in holds.standing(uow, order)):
        raise HeldAlready(order.number)
    placed = OrderHold(order_id=order.id, reason=reason, note=note, placed_by=actor.name, placed_at=uow.now)
    uow.session.add(placed)
    order.is_held = True
    order.version += 1
    audit.record(uow, actor, "orders.hold", order.id, store_id=order.store_id, after=reason, reason=note or None)
    events.emit(uow, told(OrderHeld, order, reason=reason))
    return seen_by(actor, uow.session, order.id)


def resume(actor: Actor, uow: UnitOfWork, *, number: str, reason: HoldReason | None = None) -> OrderView:
    """Lift one hold, or all of them; the time it was held is given back to a vendor who has to decide or to ship it."""
    order = found(actor, uow, number=number).order
    permit(policy.can_hold(actor, order), "let this order go on")
    standing = holds.standing(uow, order)
    lifted = [one for one in standing if reason is None or one.reason is reason]
    if not lifted:
        raise NotHeld(order.number)
    pause = holds.not_given_back(uow, order, standing)
    if order.state is OrderState.PLACED:
        order.nudge_at, order.decide_by = order.nudge_at + pause, order.decide_by + pause
    elif order.state in UNSHIPPED and order.ship_by is not None:
        order.ship_by += pause
    holds.lift(uow, actor, order, lifted)
    order.is_held = len(lifted) < len(standing)
    order.version += 1
    events.emit(uow, *(told(OrderResumed, order, reason=one.reason, is_still_held=order.is_held) for one in lifted))
    return seen_by(actor, uow.session, order.id)
