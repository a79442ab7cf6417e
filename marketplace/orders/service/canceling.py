"""Calling an order off."""

from marketplace import events, inventory, payments
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import AcceptedAlready
from marketplace.orders.events import OrderCanceled
from marketplace.orders.policy import OrdersSide
from marketplace.orders.queries import seen_by
from marketplace.orders.service.journey import advance, found, told
from marketplace.orders.states import CancelReason, OrderAction
from marketplace.orders.views import OrderView


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
    holders = journey.holders
    order.cancel_reason, order.canceled_by = reason, whose
    advance(uow, actor, journey, OrderAction.CANCEL, reason=reason)
    journey.add_up()
    inventory.release(uow, holder_ids=holders)
    payments.cancel(uow, order_id=order.id)
    events.emit(uow, told(OrderCanceled, order, reason=reason, by=whose))
    return seen_by(actor, uow.session, order.id, lines=journey.lines)
