"""Orders as files: a row for each, for those who fill them and for the house."""

from functools import partial
from typing import Annotated

from fastapi import Query
from fastapi.responses import StreamingResponse

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.orders import OrderState, OrderView
from marketplace.rest import sheets
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router

router = Router(prefix="/vendor", tags=["vendor orders"])
admin_router = Router(prefix="/admin", tags=["admin orders"])

State = Annotated[OrderState | None, Query(description="Leave it out for all of them.")]

HEADING = (
    "number", "placed_at", "state", "payment_state", "vendor", "buyer", "lines", "subtotal", "discount", "shipping",
    "tax", "total", "fee", "payable", "currency", "delivered_at",
)  # fmt: skip


@router.get("/orders.csv", access=Permission.ORDERS_FULFILL, returns=None, media_type=sheets.MEDIA_TYPE)
def of_vendor(caller: Caller, state: State = None) -> StreamingResponse:
    """Send the orders that the active store fills, newest first."""
    states = () if state is None else (state,)
    found = sheets.every(partial(caller.read, orders.newest, side="vendor", states=states))
    return sheets.sheet("orders", HEADING, map(_row, found))


@admin_router.get("/orders.csv", access=Permission.ORDERS_READ, returns=None, media_type=sheets.MEDIA_TYPE)
def of_house(caller: Caller, state: State = None) -> StreamingResponse:
    """Send the orders of everybody, newest first."""
    states = () if state is None else (state,)
    found = sheets.every(partial(caller.read, orders.newest, side="house", states=states))
    return sheets.sheet("orders", HEADING, map(_row, found))


def _row(order: OrderView) -> tuple[str, ...]:
    totals = order.totals
    amounts = (totals.subtotal, totals.discount, totals.shipping, totals.tax, totals.total, order.fee, order.payable)
    return (
        order.number,
        order.placed_at.isoformat(),
        order.state,
        order.paid_state,
        sheets.written(order.store.name),
        sheets.written(order.buyer.name),
        str(len(order.live_lines)),
        *(sheets.figure(amount) for amount in amounts),
        totals.total.currency,
        order.delivered_at.isoformat() if order.delivered_at else "",
    )
