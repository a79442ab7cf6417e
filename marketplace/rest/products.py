"""Products: lists of them, and the page of each."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response
from fastapi.responses import RedirectResponse

from marketplace import search
from marketplace.flows import searching
from marketplace.kernel.ids import StoreId
from marketplace.kernel.pages import DEFAULT_LIMIT
from marketplace.rest import shortcut
from marketplace.rest.access import CATALOG
from marketplace.rest.caller import Caller
from marketplace.rest.languages import language_of
from marketplace.rest.routing import Cursor, Limit, Router
from marketplace.rest.shapes.base import LARGEST_MINOR, Line
from marketplace.rest.shapes.products import Product, Products
from marketplace.search import Badge, Sort

router = Router(prefix="/products", tags=["products"])

Words = Annotated[Line, Query(max_length=200, description="What is looked for.")]
Slug = Annotated[Line | None, Query(max_length=80, description="A category, with all below it.")]
Brands = Annotated[list[Line], Query(max_length=20, description="Any of these brands.")]
Minor = Annotated[int | None, Query(ge=0, le=LARGEST_MINOR, description="In the smallest unit of the currency.")]
Stars = Annotated[int | None, Query(ge=1, le=5)]
Badges = Annotated[list[Badge], Query(max_length=10, description="All of these badges.")]
Fsin = Annotated[str, Path(max_length=20, pattern=r"^[A-Za-z0-9]+$")]


@router.get("", access=CATALOG, returns=Products, refuses=(400,))
def list_products(  # noqa: PLR0913 (as many as a list has ways to be narrowed)
    caller: Caller,
    *,
    q: Words = "",
    category: Slug = None,
    brand: Brands = [],  # noqa: B006 (FastAPI copies it)
    min_price: Minor = None,
    max_price: Minor = None,
    min_rating: Stars = None,
    badge: Badges = [],  # noqa: B006 (likewise)
    store: UUID | None = None,
    sort: Sort | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Find products: by words, with typing errors forgiven, by filters, sorted, by page."""
    query = search.Query(
        words=q,
        category=category,
        brands=tuple(brand),
        min_price=min_price,
        max_price=max_price,
        min_rating=min_rating,
        badges=tuple(badge),
        store_id=StoreId(store) if store else None,
        sort=sort,
        cursor=cursor,
        limit=limit,
        language=language_of(caller.locale),
    )
    found = searching.find(caller.actor, caller.house, query=query)
    shortcut.remember(caller.request, query)
    return Response(found.json.body, media_type="application/json")


@router.get("/{fsin}", access=CATALOG, returns=Product, also={301: None})
def get_product(caller: Caller, fsin: Fsin) -> Product | Response:
    """Show a product with its offers; one that was merged into another leads there."""
    page = caller.read(search.product_page, fsin=fsin, at=caller.house.db.now())
    if page.product.merged_into is not None:
        return RedirectResponse(page.product.merged_into, status_code=301)
    return Product.of(page)
