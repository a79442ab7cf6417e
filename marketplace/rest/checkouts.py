"""Checking out."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import Field

from marketplace import checkout
from marketplace.identity import Place
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AddressId
from marketplace.payments import PaymentMethod
from marketplace.rest.caller import Caller
from marketplace.rest.limits import Rate
from marketplace.rest.routing import Router
from marketplace.rest.shapes.base import Line, Wished
from marketplace.rest.shapes.orders import Checkout
from marketplace.rest.shapes.stores import PlaceWish

router = Router(prefix="/checkouts", tags=["checkout"])


class KnownAddress(Wished):
    """An address of the store's book."""

    address_id: UUID


class CheckoutWish(Wished):
    """What the buyer agrees to: the quote by its version, where it goes, and how it is paid."""

    quote_version: Annotated[str, Field(min_length=1, max_length=100)]
    shipping_address: PlaceWish | KnownAddress
    payment_method: PaymentMethod = PaymentMethod.CASH
    all_or_nothing: bool = False
    note: Line = ""

    def address(self) -> AddressId | Place:
        """Read where it goes."""
        given = self.shipping_address
        return AddressId(given.address_id) if isinstance(given, KnownAddress) else given.place()


@router.post(
    "", access=Permission.CHECKOUT_PLACE, returns=Checkout, status=201, once=7, refuses=[404, 409], rate=Rate.CHECKOUT
)
def confirm(caller: Caller, wish: CheckoutWish) -> Response:
    """Order what is in the cart, at exactly what was quoted; an old quote is answered with the new one."""
    return caller.once(
        checkout.confirm,
        Checkout.of,
        quote_version=wish.quote_version,
        address=wish.address(),
        payment_method=wish.payment_method,
        all_or_nothing=wish.all_or_nothing,
        note=wish.note,
    )
