"""The stock of the active store's listings."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from marketplace import inventory
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import ListingId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.vendor_stock import Adjustment, CountedStock, Movement, Stock

router = Router(prefix="/vendor/listings/{listing_id}/stock", tags=["vendor stock"])


@router.get("", access=Permission.LISTINGS_READ, returns=Stock, refuses=(404,))
def show_stock(caller: Caller, listing_id: UUID) -> Stock:
    """Show how many there are, and how many are promised."""
    return Stock.of(caller.read(inventory.stock, listing_id=ListingId(listing_id)))


@router.put("", access=Permission.LISTINGS_EDIT, returns=Stock, refuses=(404, 409))
def set_stock(caller: Caller, listing_id: UUID, wish: CountedStock) -> Stock:
    """Put what was counted in place of what was thought; never fewer than are promised."""
    counted = caller.transact(
        inventory.set_on_hand,
        listing_id=ListingId(listing_id),
        on_hand=wish.on_hand,
        expected_version=wish.expected_version,
    )
    return Stock.of(counted)


@router.post("/adjustments", access=Permission.LISTINGS_EDIT, returns=Stock, status=201, once=1, refuses=(404, 409))
def adjust_stock(caller: Caller, listing_id: UUID, wish: Adjustment) -> Response | BaseModel:
    """Write down that units came in, were found, lost, damaged or thrown away."""
    return caller.once_if_named(
        inventory.adjust,
        Stock.of,
        listing_id=ListingId(listing_id),
        kind=wish.kind,
        quantity=wish.quantity,
        reason=wish.reason,
    )


@router.get("/movements", access=Permission.LISTINGS_READ, returns=Listed[Movement], refuses=(404,))
def list_movements(
    caller: Caller, listing_id: UUID, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[Movement]:
    """List what moved the stock, newest first."""
    page = caller.read(inventory.movements, listing_id=ListingId(listing_id), limit=limit, cursor=cursor)
    return Listed[Movement](items=tuple(Movement.of(movement) for movement in page.items), next_cursor=page.next_cursor)
