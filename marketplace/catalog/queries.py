"""Reads of the catalog."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, select, tuple_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from marketplace.catalog import policy, rules
from marketplace.catalog.errors import CategoryNotFound, ImportNotFound, ListingNotFound, ProductNotFound
from marketplace.catalog.models import Category, Import, ImportResult, Listing, Product
from marketplace.catalog.states import ImportState, ImportStatus, ListingState, ProductState
from marketplace.catalog.views import (
    CategoryView,
    ImportResultView,
    ImportView,
    ListingFacts,
    ListingView,
    ProductView,
)
from marketplace.identity.models import StoreStanding
from marketplace.kernel import pages
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import AssetId, ImportId, ListingId, ProductId, StoreId
from marketplace.kernel.pages import Page
from marketplace.kernel.rows import among

_FACTS: Final[Sequence[Any]] = (
    col(Listing.id).label("listing_id"),
    col(Listing.product_id),
    col(Product.fsin),
    col(Product.title),
    col(Product.title_ar),
    col(Category.path),
    col(Product.images),
    col(Listing.store_id),
    col(Listing.sku),
    col(Listing.condition),
    col(Listing.fulfillment),
    col(Listing.state),
    col(Listing.reasons),
    col(Product.state).label("product_state"),
    col(StoreStanding.reasons).label("store_reasons"),
)


def categories(session: Session) -> tuple[CategoryView, ...]:
    """Give the whole tree: parents before children, in the order they are shown."""
    found = select(Category).order_by(col(Category.depth), col(Category.position), col(Category.slug))
    return tuple(CategoryView.of(category) for category in session.execute(found).scalars())


def category(session: Session, *, slug: str) -> CategoryView:
    """Find one category by its address."""
    row = session.execute(select(Category).where(col(Category.slug) == slug)).scalar_one_or_none()
    if row is None:
        raise CategoryNotFound
    return CategoryView.of(row)


def product_by_fsin(actor: Actor, session: Session, *, fsin: str) -> ProductView:
    """Find a product by its number; a retired one is found too, and names its survivor."""
    survivor = aliased(Product)
    found = (
        select(Product, Category, col(survivor.fsin))
        .join(Category, col(Category.id) == col(Product.category_id))
        .join(survivor, col(survivor.id) == col(Product.merged_into_id), isouter=True)
        .where(col(Product.fsin) == fsin)
        .where(policy.visible(actor) | col(Product.merged_into_id).is_not(None))
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise ProductNotFound
    product, its_category, merged_into = row
    return ProductView.of(product, its_category, merged_into=merged_into)


def product_with_barcode(actor: Actor, session: Session, *, upc: str) -> ProductView | None:
    """Find the product that carries a barcode, among those that the actor's store could list."""
    code = rules.barcode(upc)
    if code is None:
        return None
    found = (
        select(Product, Category)
        .join(Category, col(Category.id) == col(Product.category_id))
        .where(col(Product.upc) == code, col(Product.state) == ProductState.PUBLISHED)
        .where(col(Product.is_shared) | (col(Product.owner_store_id) == policy.store_of(actor)))
        .limit(1)
    )
    row = session.execute(found).one_or_none()
    return None if row is None else ProductView.of(*row)


def own_products(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[ProductView]:
    """Page through the products that the actor's store has made, newest first; archived ones are left out."""
    size = pages.clamp(limit)
    found = (
        select(Product, Category)
        .join(Category, col(Category.id) == col(Product.category_id))
        .where(policy.own_products(actor), col(Product.state) != ProductState.ARCHIVED)
        .where(*_after(cursor, col(Product.id)))
        .order_by(col(Product.id).desc())
        .limit(size + 1)
    )
    views = [ProductView.of(*row) for row in session.execute(found)]
    return Page.of(views, limit=size, key=lambda product: (str(product.id),))


def own_listings(
    actor: Actor,
    session: Session,
    *,
    states: Collection[ListingState] = (),
    text: str = "",
    fsin: str | None = None,
    only: Collection[ListingId] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[ListingView]:
    """Page through the listings of the actor's store, newest first; closed ones only when asked for."""
    size = pages.clamp(limit)
    found = (
        select(Listing, Product)
        .join(Product, col(Product.id) == col(Listing.product_id))
        .where(policy.own_listings(actor), *_named(text), *_after(cursor, col(Listing.id)))
        .where(col(Listing.state).in_(states) if states else col(Listing.state) != ListingState.CLOSED)
        .order_by(col(Listing.id).desc())
        .limit(size + 1)
    )
    if fsin is not None:
        found = found.where(col(Product.fsin) == fsin)
    if only is not None:
        found = found.where(among(col(Listing.id), only))
    views = [ListingView.of(*row) for row in session.execute(found)]
    return Page.of(views, limit=size, key=lambda listing: (str(listing.id),))


def own_listing(actor: Actor, session: Session, *, listing_id: ListingId) -> ListingView:
    """Find one listing of the actor's store."""
    found = (
        select(Listing, Product)
        .join(Product, col(Product.id) == col(Listing.product_id))
        .where(col(Listing.id) == listing_id, policy.own_listings(actor))
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise ListingNotFound
    return ListingView.of(*row)


def products_by_id(session: Session, *, product_ids: Collection[ProductId]) -> dict[ProductId, ProductView]:
    """Find products for slices above, whatever their state."""
    found = (
        select(Product, Category)
        .join(Category, col(Category.id) == col(Product.category_id))
        .where(among(col(Product.id), product_ids))
    )
    return {product.id: ProductView.of(product, place) for product, place in session.execute(found)}


def vendors(session: Session, *, product_id: ProductId) -> frozenset[StoreId]:
    """Name the stores that have a listing of a product."""
    found = select(col(Listing.store_id)).where(
        col(Listing.product_id) == product_id, col(Listing.state) != ListingState.CLOSED
    )
    return frozenset(session.execute(found).scalars())


def listing_facts(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, ListingFacts]:
    """Tell carts and orders of listings, in one query; whatever is missing from the answer does not exist."""
    if not listing_ids:
        return {}
    found = (
        select(*_FACTS)
        .join(Product, col(Product.id) == col(Listing.product_id))
        .join(Category, col(Category.id) == col(Product.category_id))
        .join(StoreStanding, col(StoreStanding.store_id) == col(Listing.store_id))
        .where(among(col(Listing.id), listing_ids))
    )
    return {row["listing_id"]: _facts(row) for row in session.execute(found).mappings()}


def imports(actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None) -> Page[ImportView]:
    """Page through the files that the actor's store brought in, newest first."""
    size = pages.clamp(limit)
    found = (
        select(Import)
        .where(policy.own_imports(actor), *_after(cursor, col(Import.id)))
        .order_by(col(Import.id).desc())
        .limit(size + 1)
    )
    views = [ImportView.of(begun) for begun in session.execute(found).scalars()]
    return Page.of(views, limit=size, key=lambda begun: (str(begun.id),))


def import_by_id(actor: Actor, session: Session, *, import_id: ImportId) -> ImportView:
    """Find one import of the actor's store."""
    found = select(Import).where(col(Import.id) == import_id, policy.own_imports(actor))
    begun = session.execute(found).scalar_one_or_none()
    if begun is None:
        raise ImportNotFound
    return ImportView.of(begun)


def running_imports(session: Session) -> tuple[ImportView, ...]:
    """Give the imports that are not finished, the oldest first."""
    found = select(Import).where(col(Import.state) == ImportState.RUNNING).order_by(col(Import.id))
    return tuple(ImportView.of(begun) for begun in session.execute(found).scalars())


def import_results(
    actor: Actor,
    session: Session,
    *,
    import_id: ImportId,
    after: tuple[int, int] = (0, 0),
    statuses: Collection[ImportStatus] = (),
    limit: int = 1_000,
) -> tuple[ImportResultView, ...]:
    """Give what became of the rows of an import, in their order, from the one after a row and a place in it."""
    import_by_id(actor, session, import_id=import_id)
    place = tuple_(col(ImportResult.number), col(ImportResult.place))
    found = (
        select(ImportResult)
        .where(col(ImportResult.import_id) == import_id, place > after)
        .order_by(col(ImportResult.number), col(ImportResult.place))
        .limit(limit)
    )
    if statuses:
        found = found.where(col(ImportResult.status).in_(statuses))
    return tuple(ImportResultView.of(result) for result in session.execute(found).scalars())


def _facts(row: RowMapping) -> ListingFacts:
    return ListingFacts(
        listing_id=row["listing_id"],
        product_id=row["product_id"],
        fsin=row["fsin"],
        title=row["title"],
        title_ar=row["title_ar"],
        category_path=rules.category_path(row["path"]),
        image=AssetId(UUID(row["images"][0])) if row["images"] else None,
        store_id=row["store_id"],
        sku=row["sku"],
        condition=row["condition"],
        fulfillment=row["fulfillment"],
        why_not=_why_not(row),
    )


def _why_not(row: RowMapping) -> tuple[str, ...]:
    found = [f"store.{reason}" for reason in row["store_reasons"]]
    if row["product_state"] is not ProductState.PUBLISHED:
        found.append(f"product.{row['product_state']}")
    if row["state"] is not ListingState.ACTIVE:
        found.append(f"listing.{row['state']}")
    found.extend(f"listing.{reason}" for reason in row["reasons"])
    return tuple(found)


def _named(text: str) -> Sequence[ColumnElement[bool]]:
    if not text:
        return ()
    return (col(Product.title).icontains(text, autoescape=True) | col(Listing.sku).istartswith(text, autoescape=True),)


def _after(cursor: str | None, identity: Mapped[Any]) -> Sequence[ColumnElement[bool]]:
    return () if cursor is None else (identity < pages.id_in(cursor),)
