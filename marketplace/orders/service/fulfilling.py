"""From the packing table to the buyer's door, and back when nobody opens. The road itself is delivery's."""

from marketplace import events, flags, inventory, payments
from marketplace.flags import Limit
from marketplace.inventory import Want
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import AlreadyPaid
from marketplace.orders.events import OrderDeliveryFailed, OrderPickedUp, OrderReady, OrderReturned
from marketplace.orders.queries import seen_by
from marketplace.orders.service.journey import Journey, advance, found, locked, told
from marketplace.orders.states import OrderAction, OrderState
from marketplace.orders.views import OrderView


def ready(actor: Actor, uow: UnitOfWork, *, number: str) -> OrderView:
    """Say that the parcel is packed and waits for an agent."""
    journey = found(actor, uow, number=number)
    permit(policy.can_pack(actor, journey.order), "pack this order")
    advance(uow, actor, journey, OrderAction.PACK)
    events.emit(uow, told(OrderReady, journey.order))
    return seen_by(actor, uow.session, journey.order.id, lines=journey.lines)


def pick_up(uow: UnitOfWork, *, order_id: OrderId, by: Actor) -> None:
    """The parcel is on the road: for the first time, when its units leave the stock, or for another attempt."""
    journey = locked(uow, order_id=order_id)
    if journey.order.state is OrderState.DELIVERY_FAILED:
        advance(uow, by, journey, OrderAction.TRY_AGAIN)
    else:
        advance(uow, by, journey, OrderAction.PICK_UP)
        inventory.consume(uow, holder_ids=journey.holders)
    events.emit(uow, told(OrderPickedUp, journey.order))


def fail_delivery(uow: UnitOfWork, *, order_id: OrderId, by: Actor, reason: str) -> OrderState:
    """Nobody took the parcel; after the last attempt it goes back. Returns where the order stands then."""
    journey = locked(uow, order_id=order_id)
    order = journey.order
    if order.settled_at is not None:
        raise AlreadyPaid(order.number)
    advance(uow, by, journey, OrderAction.FAIL_DELIVERY, reason=reason)
    order.attempts += 1
    if order.attempts >= flags.limit(uow.session, Limit.DELIVERY_ATTEMPTS, at=uow.now):
        advance(uow, by, journey, OrderAction.TURN_BACK)
    _tell_failure(uow, journey, reason)
    return order.state


def returned(uow: UnitOfWork, *, order_id: OrderId, by: Actor) -> None:
    """The vendor has the parcel back: its units are in stock again, and nothing is to be paid."""
    journey = locked(uow, order_id=order_id)
    advance(uow, by, journey, OrderAction.TAKE_BACK)
    inventory.take_back(uow, wants=[Want(line.listing_id, line.quantity, line.id) for line in journey.live])
    payments.cancel(uow, order_id=order_id)
    events.emit(uow, told(OrderReturned, journey.order))


def _tell_failure(uow: UnitOfWork, journey: Journey, reason: str) -> None:
    order = journey.order
    fact = told(
        OrderDeliveryFailed,
        order,
        reason=reason,
        attempts=order.attempts,
        is_returning=order.state is OrderState.RETURNING,
    )
    events.emit(uow, fact)
