"""The orders that a vendor is to fill."""

from fastapi import Response

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.orders import OrderState
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Number, Router
from marketplace.rest.shapes.orders import CancelWish, DecisionWish, Order, Orders

router = Router(prefix="/vendor/orders", tags=["vendor orders"])


@router.get("", access=Permission.ORDERS_READ, returns=Orders)
def list_orders(
    caller: Caller, state: OrderState | None = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Orders:
    """List what the active store is to fill, newest first."""
    states = () if state is None else (state,)
    return Orders.of(caller.read(orders.newest, side="vendor", states=states, cursor=cursor, limit=limit))


@router.get("/{number}", access=Permission.ORDERS_READ, returns=Order)
def see(caller: Caller, number: Number) -> Order:
    """Show one order."""
    return Order.of(caller.read(orders.by_number, number=number, side="vendor"))


@router.post("/{number}/decision", access=Permission.ORDERS_DECIDE, returns=Order, once=7)
def decide(caller: Caller, number: Number, wish: DecisionWish) -> Response:
    """Accept or reject every waiting line."""
    return caller.once(orders.decide, Order.of, number=number, decisions=wish.decisions())


@router.post("/{number}/ready", access=Permission.ORDERS_FULFILL, returns=Order, once=7)
def ready(caller: Caller, number: Number) -> Response:
    """Say that the parcel is packed and waits for an agent."""
    return caller.once(orders.ready, Order.of, number=number)


@router.post("/{number}/cancel", access=Permission.ORDERS_CANCEL, returns=Order, once=7)
def cancel(caller: Caller, number: Number, wish: CancelWish | None = None) -> Response:
    """Call an order off, while it has not been picked up."""
    reason = (wish or CancelWish()).reason
    return caller.once(orders.cancel, Order.of, number=number, reason=reason, side="vendor")
