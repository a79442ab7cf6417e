"""The listings of the active store."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from marketplace.catalog import ListingState
from marketplace.flows.compositions import listing as listings
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import ListingId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Line, Listed
from marketplace.rest.shapes.vendor_listings import ListingChange, VendorListing, WishedListing

router = Router(prefix="/vendor/listings", tags=["vendor listings"])

Words = Annotated[Line, Query(max_length=200, description="Part of a title, or the beginning of a SKU.")]
Fsin = Annotated[str | None, Query(max_length=20, description="The listings of one product.")]


@router.get("", access=Permission.LISTINGS_READ, returns=Listed[VendorListing])
def list_listings(
    caller: Caller,
    *,
    state: ListingState | None = None,
    q: Words = "",
    fsin: Fsin = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[VendorListing]:
    """List the store's listings with their prices and stock, newest first; closed ones only when asked for."""
    page = caller.read(listings.page, states=[state] if state else (), text=q, fsin=fsin, limit=limit, cursor=cursor)
    return Listed[VendorListing](
        items=tuple(VendorListing.of(kept) for kept in page.items), next_cursor=page.next_cursor
    )


@router.get("/{listing_id}", access=Permission.LISTINGS_READ, returns=VendorListing)
def show_listing(caller: Caller, listing_id: UUID) -> VendorListing:
    """Show one listing."""
    return VendorListing.of(caller.read(listings.one, listing_id=ListingId(listing_id)))


@router.post("", access=Permission.LISTINGS_EDIT, returns=VendorListing, status=201, once=1, refuses=(404,))
def create_listing(caller: Caller, wish: WishedListing) -> Response | BaseModel:
    """Sell a product that is there."""
    return caller.once_if_named(listings.create, VendorListing.of, fsin=wish.fsin, offering=wish.offering())


@router.patch("/{listing_id}", access=Permission.LISTINGS_EDIT, returns=VendorListing, refuses=(409,))
def change_listing(caller: Caller, listing_id: UUID, wish: ListingChange) -> VendorListing:
    """Change the price, the quantities or the name of a listing, or take it out of the shop for a while."""
    now = caller.read(listings.one, listing_id=ListingId(listing_id))
    change = wish.change(now.terms)
    return VendorListing.of(caller.transact(listings.change, listing_id=now.listing.id, change=change))


@router.delete("/{listing_id}", access=Permission.LISTINGS_EDIT, returns=None, status=204, refuses=(409,))
def close_listing(caller: Caller, listing_id: UUID) -> None:
    """End a listing for good."""
    caller.transact(listings.close, listing_id=ListingId(listing_id))
