"""Reads of the catalog."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from marketplace.catalog import policy, rules
from marketplace.catalog.errors import CategoryNotFound, ImportNotFound, ListingNotFound, ProductNotFound
from marketplace.catalog.models import Category, Import, ImportResult, Listing, Product
from marketplace.catalog.states import ImportState, ListingState, ProductState
from marketplace.catalog.views import (
    CategoryView,
    ImportResultView,
    ImportView,
    ListingView,
    ProductView,
)
from marketplace.kernel import pages
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import ImportId, ListingId, ProductId, StoreId
from marketplace.kernel.pages import Page
from marketplace.kernel.rows import among


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


def vendors(session: Session, *, product_id: ProductId) -> frozenset[StoreId]:
    """Name the stores that have a listing of a product."""
    found = select(col(Listing.store_id)).where(
        col(Listing.product_id) == product_id, col(Listing.state) != ListingState.CLOSED
    )
    return frozenset(session.execute(found).scalars())


def is_written_freely(actor: Actor, session: Session, *, product_id: ProductId) -> bool:
    """Whether what the actor writes of a product is his alone to say; else it goes through a change request."""
    product = session.get_one(Product, product_id)
    return policy.edits_freely(actor, product, vendors=vendors(session, product_id=product_id))


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
    return tuple(ImportResultView.of(result) for result in session.execute(found).scalars())


def _named(text: str) -> Sequence[ColumnElement[bool]]:
    if not text:
        return ()
    return (col(Product.title).icontains(text, autoescape=True) | col(Listing.sku).istartswith(text, autoescape=True),)


def _after(cursor: str | None, identity: Mapped[Any]) -> Sequence[ColumnElement[bool]]:
    return () if cursor is None else (identity < pages.id_in(cursor),)
