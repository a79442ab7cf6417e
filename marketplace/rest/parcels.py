"""What the two sides of an order do about its parcel: the buyer's code, and the vendor who has it back."""

from typing import Final

from fastapi import Response

from marketplace import delivery
from marketplace.delivery import NoCode
from marketplace.kernel.actor import Permission
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Number, Router
from marketplace.rest.shapes.delivery import Assignment, Code

router = Router(tags=["parcels"])

WEEK: Final = 7


@router.get("/orders/{number}/code", access=Permission.ORDERS_READ, returns=Code)
def code(caller: Caller, number: Number) -> Code:
    """Show the buyer the code to tell the agent at the door."""
    found = caller.read(delivery.code_for_buyer, number=number)
    if found is None:
        raise NoCode(number)
    return Code.of(found)


@router.post("/vendor/orders/{number}/returned", access=Permission.ORDERS_FULFILL, returns=Assignment, once=WEEK)
def returned(caller: Caller, number: Number) -> Response:
    """Say that the undelivered parcel is back: its stock returns with it."""
    return caller.once(delivery.confirm_return, Assignment.of, order_number=number)
