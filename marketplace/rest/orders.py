"""A buyer's orders."""

from fastapi import Response

from marketplace import checkout, delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.orders import OrderState
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Number, Router
from marketplace.rest.shapes.orders import CancelWish, Checkout, Order, Orders

router = Router(prefix="/orders", tags=["orders"])


@router.get("", access=Permission.ORDERS_READ, returns=Orders)
def list_orders(
    caller: Caller, state: OrderState | None = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Orders:
    """List what the active store has ordered, newest first."""
    states = () if state is None else (state,)
    return Orders.of(caller.read(orders.newest, side="buyer", states=states, cursor=cursor, limit=limit))


@router.get("/{number}", access=Permission.ORDERS_READ, returns=Order)
def see(caller: Caller, number: Number) -> Order:
    """Show one order, with the code to say at the door while its parcel is on its way."""
    order = caller.read(orders.by_number, number=number, side="buyer")
    code = caller.read(delivery.code_for_buyer, number=number) if order.state is OrderState.IN_TRANSIT else None
    return Order.of(order).with_code(code.code if code else None)


@router.post("/{number}/cancel", access=Permission.ORDERS_CANCEL, returns=Order, once=7)
def cancel(caller: Caller, number: Number, wish: CancelWish | None = None) -> Response:
    """Call an order off, while that is still open."""
    reason = (wish or CancelWish()).reason
    return caller.once(orders.cancel, Order.of, number=number, reason=reason, side="buyer")


@router.post("/{number}/nudge", access=Permission.CHECKOUT_PLACE, returns=Order, once=1)
def nudge(caller: Caller, number: Number) -> Response:
    """Remind the shop, once a day at most."""
    return caller.once(orders.nudge, Order.of, number=number)


@router.post("/{number}/retry", access=Permission.CHECKOUT_PLACE, returns=Checkout, status=201, once=7)
def retry(caller: Caller, number: Number) -> Response:
    """Order once more what lapsed unanswered, at today's prices."""
    return caller.once(checkout.retry, Checkout.of, number=number)
