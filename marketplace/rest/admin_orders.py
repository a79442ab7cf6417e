"""Every order, for those who help with them."""

from fastapi import Response

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.orders import OrderState
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Number, Router
from marketplace.rest.shapes.orders import CancelWish, HoldWish, Order, Orders, ResumeWish

router = Router(prefix="/admin/orders", tags=["admin orders"])


@router.get("", access=Permission.ORDERS_READ, returns=Orders)
def list_orders(
    caller: Caller, state: OrderState | None = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Orders:
    """List the orders of everybody, newest first."""
    states = () if state is None else (state,)
    return Orders.of(caller.read(orders.newest, side="house", states=states, cursor=cursor, limit=limit))


@router.get("/{number}", access=Permission.ORDERS_READ, returns=Order)
def see(caller: Caller, number: Number) -> Order:
    """Show one order."""
    return Order.of(caller.read(orders.by_number, number=number, side="house"))


@router.post("/{number}/hold", access=Permission.ORDERS_HOLD, returns=Order, once=7)
def hold(caller: Caller, number: Number, wish: HoldWish) -> Response:
    """Keep an order from going on."""
    return caller.once(orders.hold, Order.of, number=number, reason=wish.reason, note=wish.note)


@router.post("/{number}/resume", access=Permission.ORDERS_HOLD, returns=Order, once=7)
def resume(caller: Caller, number: Number, wish: ResumeWish | None = None) -> Response:
    """Let an order go on."""
    return caller.once(orders.resume, Order.of, number=number, reason=(wish or ResumeWish()).reason)


@router.post("/{number}/cancel", access=Permission.ORDERS_CANCEL, returns=Order, once=7)
def cancel(caller: Caller, number: Number, wish: CancelWish | None = None) -> Response:
    """Call an order off on somebody's behalf."""
    reason = (wish or CancelWish()).reason
    return caller.once(orders.cancel, Order.of, number=number, reason=reason, side="house")
