"""The caller's cart: that of his store, or of the device of somebody who is not signed in."""

from fastapi import Response

from marketplace import cart
from marketplace.kernel.actor import visitor
from marketplace.kernel.ids import DeviceId, new_uuid
from marketplace.rest.access import CATALOG
from marketplace.rest.caller import Caller
from marketplace.rest.cookies import give_device
from marketplace.rest.routing import Router
from marketplace.rest.shapes.cart import CartWish, Quote

router = Router(prefix="/cart", tags=["cart"])


@router.get("", access=CATALOG, returns=Quote, refuses=[401, 403])
def see(caller: Caller) -> Quote:
    """Price the cart as things stand."""
    return Quote.of(caller.read(cart.quote, now=caller.house.db.now()))


@router.put("", access=CATALOG, returns=Quote, refuses=[401, 403, 409])
def put(caller: Caller, wish: CartWish) -> Response:
    """Put these lines in place of what was in the cart, and price it; names a browser that has no name yet."""
    fresh = None
    if not caller.actor.is_signed_in and caller.actor.device_id is None:
        fresh = DeviceId(new_uuid())
        caller.actor = visitor(fresh)
    quote = Quote.of(caller.transact(cart.put_lines, lines=wish.wanted(), coupon_codes=wish.coupon_codes))
    answer = Response(quote.model_dump_json(), media_type="application/json")
    if fresh is not None:
        give_device(answer, fresh)
    return answer
