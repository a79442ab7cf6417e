"""Merging products that turned out to be one."""

from sqlalchemy import select, update
from sqlmodel import col

from marketplace import audit, events
from marketplace.catalog import policy
from marketplace.catalog.errors import ProductNotFound, SamePlace
from marketplace.catalog.events import ProductsChanged
from marketplace.catalog.models import Category, Listing, Product
from marketplace.catalog.states import ListingState, ProductState
from marketplace.catalog.views import ProductView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork


def merge_products(actor: Actor, uow: UnitOfWork, *, retired: str, kept: str) -> ProductView:
    """Retire one product's number in favor of another's, for ever; its listings move over.

    A store that sells both in the same condition keeps its listing of the survivor; its other one is closed.
    """
    permit(policy.can_keep_catalog(actor), "merge products")
    if retired == kept:
        raise SamePlace
    old, survivor = _pair(uow, retired, kept)
    clashing = _clashing(uow, old, survivor)
    of_old = (col(Listing.product_id) == old.id, col(Listing.state) != ListingState.CLOSED)
    uow.session.execute(
        update(Listing)
        .where(*of_old, col(Listing.id).in_(clashing))
        .values(state=ListingState.CLOSED, is_live=False, changed_at=uow.now)
    )
    uow.session.execute(update(Listing).where(*of_old).values(product_id=survivor.id, changed_at=uow.now))
    uow.session.execute(update(Product).where(col(Product.merged_into_id) == old.id).values(merged_into_id=survivor.id))
    old.merge_into(survivor, at=uow.now)
    uow.session.flush()
    audit.record(uow, actor, "catalog.merge_products", survivor.id, before=[retired, kept], after=kept)
    events.emit(uow, ProductsChanged(product_ids=(old.id, survivor.id)))
    category = uow.session.get_one(Category, survivor.category_id)
    return ProductView.of(survivor, category)


def _pair(uow: UnitOfWork, retired: str, kept: str) -> tuple[Product, Product]:
    found = (
        select(Product)
        .where(col(Product.fsin).in_((retired, kept)), col(Product.state) == ProductState.PUBLISHED)
        .order_by(col(Product.id))
        .with_for_update(key_share=True)
    )
    by_number = {product.fsin: product for product in uow.session.execute(found).scalars()}
    if len(by_number) != 2:  # noqa: PLR2004 (one to retire, one to keep)
        raise ProductNotFound
    return by_number[retired], by_number[kept]


def _clashing(uow: UnitOfWork, old: Product, survivor: Product) -> list[object]:
    listings = uow.session.execute(
        select(col(Listing.id), col(Listing.product_id), col(Listing.store_id), col(Listing.condition))
        .where(col(Listing.product_id).in_((old.id, survivor.id)), col(Listing.state) != ListingState.CLOSED)
        .order_by(col(Listing.id))
        .with_for_update(key_share=True)
    ).all()
    taken = {(row.store_id, row.condition) for row in listings if row.product_id == survivor.id}
    return [row.id for row in listings if row.product_id == old.id and (row.store_id, row.condition) in taken]
