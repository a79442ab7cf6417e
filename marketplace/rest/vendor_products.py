"""The products of the active store."""

from typing import Annotated

from fastapi import Path, Response
from pydantic import BaseModel

from marketplace import catalog
from marketplace.flows.compositions import listing as listings
from marketplace.kernel.actor import Permission
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.vendor_products import (
    ChangeRequest,
    ProductChange,
    ProposedProduct,
    VendorProduct,
    WishedProduct,
)

router = Router(prefix="/vendor/products", tags=["vendor products"])

Fsin = Annotated[str, Path(max_length=20, pattern=r"^[A-Za-z0-9]+$")]


@router.get("", access=Permission.LISTINGS_READ, returns=Listed[VendorProduct])
def list_products(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[VendorProduct]:
    """List the products that the store has made, newest first."""
    page = caller.read(catalog.own_products, limit=limit, cursor=cursor)
    return Listed[VendorProduct](
        items=tuple(VendorProduct.of(product) for product in page.items), next_cursor=page.next_cursor
    )


@router.get("/{fsin}", access=Permission.LISTINGS_READ, returns=VendorProduct)
def show_product(caller: Caller, fsin: Fsin) -> VendorProduct:
    """Show one product with all that its vendor may change."""
    return VendorProduct.of(caller.read(catalog.product_by_fsin, fsin=fsin))


@router.post("", access=Permission.LISTINGS_EDIT, returns=ProposedProduct, status=201, once=1)
def propose_product(caller: Caller, wish: WishedProduct) -> Response | BaseModel:
    """Make a product; with `listing` it is sold at once, and one whose barcode is known is joined."""
    offering = wish.listing.offering() if wish.listing else None
    return caller.once_if_named(listings.propose, ProposedProduct.of, words=wish.words(), offering=offering)


@router.patch(
    "/{fsin}", access=Permission.LISTINGS_EDIT, returns=VendorProduct, also={202: ChangeRequest}, refuses=(409,)
)
def change_product(caller: Caller, fsin: Fsin, wish: ProductChange) -> Response | VendorProduct:
    """Change what is said of a product: at once (200), or by a change request where others sell it too (202)."""
    now = caller.read(catalog.product_by_fsin, fsin=fsin)
    edited = caller.transact(
        catalog.edit_product, fsin=fsin, words=wish.words(now), base_revision=wish.base_revision or now.revision
    )
    if edited.change is None:
        return VendorProduct.of(edited.product)
    request = ChangeRequest.of(edited.change, edited.product)
    return Response(request.model_dump_json(), status_code=202, media_type="application/json")


@router.delete("/{fsin}", access=Permission.LISTINGS_EDIT, returns=None, status=204, refuses=(409,))
def remove_product(caller: Caller, fsin: Fsin) -> None:
    """Take the store's listings of a product away; the product goes too when nobody else lists it."""
    caller.transact(listings.remove_product, fsin=fsin)
