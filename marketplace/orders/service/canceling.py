"""Calling an order off."""

from datetime import timedelta

from marketplace import events, flags, inventory, payments
from marketplace.flags import Limit
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit, system
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import AcceptedAlready
from marketplace.orders.events import OrderCanceled
from marketplace.orders.policy import OrdersSide
from marketplace.orders.queries import due_for_canceling, seen_by
from marketplace.orders.service.journey import Journey, advance, found, locked_all, told
from marketplace.orders.states import CancelReason, OrderAction, Side
from marketplace.orders.views import OrderView

BATCH = 100


def cancel(actor: Actor, uow: UnitOfWork, *, number: str, reason: CancelReason, side: OrdersSide = "any") -> OrderView:
    """Call off an order that nobody has picked up, and free its stock with it.

    Buyers of some profiles may do so only until the vendor has accepted; after that the vendor may.
    """
    journey = found(actor, uow, number=number, side=side)
    order, whose = journey.order, policy.side_of(actor, journey.order)
    permit(policy.can_cancel(actor, order), "cancel this order")
    journey.check(OrderAction.CANCEL)
    if not policy.may_still_cancel(whose, order.state):
        raise AcceptedAlready(order.number)
    inventory.release(uow, holder_ids=journey.holders)
    _call_off(uow, actor, journey, reason, whose)
    return seen_by(actor, uow.session, order.id, lines=journey.lines)


def cancel_unshipped(uow: UnitOfWork, *, limit: int = BATCH) -> int:
    """Call off what was accepted and is on no road long after it should be (domain-rules B11); returns how many.

    Where the profile says so: a consumer need not wait for whoever does not ship.
    """
    if not profile.chosen().cancels_unshipped:
        return 0
    patience = timedelta(days=flags.limit(uow.session, Limit.UNSHIPPED_CANCELED_AFTER_DAYS, at=uow.now))
    due = locked_all(uow, order_ids=due_for_canceling(uow.session, now=uow.now - patience, limit=limit))
    if not due:
        return 0
    inventory.release(uow, holder_ids=[holder for journey in due for holder in journey.holders])
    for journey in due:
        _call_off(uow, system("patience"), journey, CancelReason.TOO_SLOW, Side.HOUSE)
    return len(due)


def _call_off(uow: UnitOfWork, by: Actor, journey: Journey, reason: CancelReason, side: Side) -> None:
    order = journey.order
    order.cancel_reason, order.canceled_by = reason, side
    advance(uow, by, journey, OrderAction.CANCEL, reason=reason)
    journey.add_up()
    payments.cancel(uow, order_id=order.id)
    events.emit(uow, told(OrderCanceled, order, reason=reason, by=side))
