"""Products on sale for tests, written straight into their tables: a category, a product, a listing, a price, stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import select
from sqlmodel import col

from marketplace.catalog import Condition, Fulfillment, ListingState, ProductState
from marketplace.catalog.models import Category, Listing, Product
from marketplace.inventory.models import Location, Stock
from marketplace.kernel.ids import LocationId, ProductId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing.models import Price, PriceTier

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class OnSale:
    """A product, and one store's listing of it."""

    product: Product
    listing: Listing
    price: Price
    stock: Stock


def make_category(uow: UnitOfWork, path: str, *, name: str | None = None, name_ar: str = "") -> Category:
    """A category, and whatever of its ancestors is missing; the last one has the name."""
    above, _, slug = path.rpartition("/")
    parent = make_category(uow, above) if above else None
    known: Category | None = uow.session.execute(
        select(Category).where(col(Category.path) == path)
    ).scalar_one_or_none()
    if known is not None:
        return known
    category = Category(
        slug=slug,
        name=name or slug.replace("-", " ").capitalize(),
        name_ar=name_ar,
        parent_id=parent.id if parent else None,
        path=path,
        depth=path.count("/"),
        position=next(_numbers),
    )
    uow.session.add(category)
    uow.session.flush()
    return category


def make_product(
    uow: UnitOfWork,
    title: str,
    *,
    owner: StoreId,
    category: str = "kitchen/kettles",
    title_ar: str = "",
    brand: str | None = None,
    description: str = "",
    state: ProductState = ProductState.PUBLISHED,
) -> Product:
    """A published product."""
    product = Product(
        fsin=f"FX{next(_numbers):012d}",
        title=title,
        title_ar=title_ar,
        brand=brand,
        description=description,
        category_id=make_category(uow, category).id,
        state=state,
        owner_store_id=owner,
        is_shared=True,
        attributes=[],
        images=[],
        created_at=uow.now,
        changed_at=uow.now,
    )
    uow.session.add(product)
    uow.session.flush()
    return product


def put_on_sale(
    uow: UnitOfWork,
    product: Product,
    *,
    store: StoreId,
    price: int = 100_00,
    list_price: int | None = None,
    stock: int = 50,
    condition: Condition = Condition.NEW,
    tiers: Sequence[tuple[int, int]] = (),
) -> OnSale:
    """A store's live listing of a product, priced and in stock."""
    listing = Listing(
        product_id=product.id,
        store_id=store,
        sku=f"SKU-{next(_numbers)}",
        condition=condition,
        fulfillment=Fulfillment.VENDOR,
        state=ListingState.ACTIVE,
        reasons=[],
        is_live=True,
        created_at=uow.now,
        changed_at=uow.now,
    )
    uow.session.add(listing)
    uow.session.flush()
    priced = Price(
        listing_id=listing.id, price_minor=price, list_price_minor=list_price, currency="SAR", changed_at=uow.now
    )
    kept = Stock(listing_id=listing.id, location_id=_location(uow, store), store_id=store, on_hand=stock)
    steps = [PriceTier(listing_id=listing.id, min_quantity=units, discount_ppm=ppm) for units, ppm in tiers]
    uow.session.add_all([priced, kept, *steps])
    uow.session.flush()
    return OnSale(product, listing, priced, kept)


def product_ids(*sold: OnSale) -> list[ProductId]:
    """The products of these."""
    return [one.product.id for one in sold]


def _location(uow: UnitOfWork, store_id: StoreId) -> LocationId:
    known = uow.session.execute(select(Location).where(col(Location.store_id) == store_id)).scalar_one_or_none()
    if known is None:
        known = Location(id=LocationId(new_uuid()), store_id=store_id, name="Here", created_at=uow.now)
        uow.session.add(known)
        uow.session.flush()
    return known.id
