"""Orders that wait for an answer: reminders, and the end of patience."""

from datetime import timedelta

from marketplace import events, flags, inventory, payments
from marketplace.flags import Limit
from marketplace.kernel.actor import Actor, permit, system
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import NotWaiting, NudgedLately
from marketplace.orders.events import OrderExpired, OrderNudged
from marketplace.orders.queries import due_for_expiry, due_for_nudge, seen_by
from marketplace.orders.service.journey import advance, found, locked_all, told
from marketplace.orders.states import WAITING_FOR_VENDOR, OrderAction, Side
from marketplace.orders.views import OrderView

BATCH = 100


def nudge(actor: Actor, uow: UnitOfWork, *, number: str) -> OrderView:
    """Remind the vendor, once a day at most."""
    order = found(actor, uow, number=number).order
    permit(policy.can_nudge(actor, order), "remind this shop")
    if order.state not in WAITING_FOR_VENDOR:
        raise NotWaiting(order.number)
    pause = timedelta(hours=flags.limit(uow.session, Limit.BUYER_NUDGE_EVERY_HOURS, at=uow.now))
    if order.buyer_nudged_at is not None and uow.now - order.buyer_nudged_at < pause:
        wait = order.buyer_nudged_at + pause - uow.now
        raise NudgedLately(max(1, int(wait.total_seconds())))
    order.buyer_nudged_at = uow.now
    order.version += 1
    events.emit(uow, told(OrderNudged, order, by=Side.BUYER))
    return seen_by(actor, uow.session, order.id)


def nudge_due(uow: UnitOfWork, *, limit: int = BATCH) -> int:
    """Remind every vendor who has let an order wait for days, once an order; returns how many."""
    due = locked_all(uow, order_ids=due_for_nudge(uow.session, now=uow.now, limit=limit))
    for journey in due:
        journey.order.nudged_at = uow.now
    events.emit(uow, *(told(OrderNudged, journey.order, by=Side.HOUSE) for journey in due))
    return len(due)


def expire(uow: UnitOfWork, *, limit: int = BATCH) -> int:
    """End the orders that nobody decided in time, and free what they held; returns how many."""
    due = locked_all(uow, order_ids=due_for_expiry(uow.session, now=uow.now, limit=limit))
    if not due:
        return 0
    holders = [holder for journey in due for holder in journey.holders]
    for journey in due:
        advance(uow, system("expiry"), journey, OrderAction.EXPIRE)
        journey.add_up()
        payments.cancel(uow, order_id=journey.order.id)
    inventory.release(uow, holder_ids=holders, expired=True)
    events.emit(uow, *(told(OrderExpired, journey.order) for journey in due))
    return len(due)
