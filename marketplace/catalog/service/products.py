"""Commands on products: proposing, changing and removing them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace import audit, events, media
from marketplace.catalog import policy, queries, rules
from marketplace.catalog.errors import (
    BadWords,
    BarcodeTaken,
    NumbersRanOut,
    ProductNotFound,
    RevisionChanged,
)
from marketplace.catalog.events import ProductPublished, ProductsChanged
from marketplace.catalog.models import Category, Product, ProductChange
from marketplace.catalog.rules import ProductWords
from marketplace.catalog.service import listings
from marketplace.catalog.states import PRODUCT, ChangeState, ProductAction, ProductState
from marketplace.catalog.views import ChangeView, ProductView
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.ids import CategoryId, ProductId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind


@dataclass(frozen=True, slots=True)
class Edited:
    """The product as it is said of now, and the wish it went through where others sell it too."""

    product: ProductView
    change: ChangeView | None = None


def propose_product(actor: Actor, uow: UnitOfWork, *, words: ProductWords) -> ProductView:
    """Make a product and propose it; the automatic rule publishes it when its words will do and its barcode is free."""
    store_id = policy.store_to_write(actor, "add products")
    _insist(uow, words, store_id=store_id)
    category = _category(uow, words.category)
    _insist_on_free_barcode(uow, rules.barcode(words.upc), store_id=store_id, apart_from=None)
    product = _insert(uow, words, store_id=store_id, category_id=category.id)
    audit.record(uow, actor, "catalog.propose_product", product.id, store_id=store_id, after=rules.described(words))
    events.emit(
        uow,
        ProductPublished(product_id=product.id, fsin=product.fsin, store_id=store_id),
        ProductsChanged(product_ids=(product.id,)),
    )
    return ProductView.of(product, category)


def edit_product(actor: Actor, uow: UnitOfWork, *, fsin: str, words: ProductWords, base_revision: int) -> Edited:
    """Put these words in place of the old ones.

    Where another store sells the product too, the words go through a change request: the automatic rule accepts it,
    and what every field said before stays with it.
    """
    product, category = _locked(actor, uow, fsin)
    vendors = queries.vendors(uow.session, product_id=product.id)
    permit(policy.can_edit_product(actor, product, vendors=vendors), "change this product")
    if base_revision != product.revision:
        raise RevisionChanged(product.revision)
    _insist(uow, words, store_id=actor.store_id or product.owner_store_id, shown=product.images)
    words = rules.keeping_arabic(words, product.attributes)
    before, after = rules.differences(_said(product, category), rules.described(words))
    if not after:
        return Edited(ProductView.of(product, category))
    if after.get("upc"):
        _insist_on_free_barcode(uow, after["upc"], store_id=product.owner_store_id, apart_from=product.id)
    change = None
    if not policy.edits_freely(actor, product, vendors=vendors):
        change = _request(actor, uow, product, before=before, after=after)
    category = _category(uow, words.category)
    _say(product, after, category=category, uow=uow)
    audit.record(uow, actor, "catalog.edit_product", product.id, store_id=actor.store_id, before=before, after=after)
    events.emit(uow, ProductsChanged(product_ids=(product.id,)))
    return Edited(ProductView.of(product, category), change)


def delete_product(actor: Actor, uow: UnitOfWork, *, fsin: str) -> ProductView:
    """Close the actor's store's listings of a product, and archive it when nobody else lists it.

    Whether orders are still open on those listings, the caller has asked: orders stand above.
    """
    product, category = _locked(actor, uow, fsin)
    vendors = queries.vendors(uow.session, product_id=product.id)
    permit(policy.can_edit_product(actor, product, vendors=vendors), "remove this product")
    listings.close_all(actor, uow, product)
    if not queries.vendors(uow.session, product_id=product.id):
        product.move(ProductAction.ARCHIVE, at=uow.now)
        audit.record(uow, actor, "catalog.archive_product", product.id, store_id=actor.store_id)
    events.emit(uow, ProductsChanged(product_ids=(product.id,)))
    return ProductView.of(product, category)


def _locked(actor: Actor, uow: UnitOfWork, fsin: str) -> tuple[Product, Category]:
    found = (
        select(Product, Category)
        .join(Category, col(Category.id) == col(Product.category_id))
        .where(col(Product.fsin) == fsin, policy.visible(actor), col(Product.state) != ProductState.ARCHIVED)
        .with_for_update(key_share=True, of=Product)
    )
    row = uow.session.execute(found).one_or_none()
    if row is None:
        raise ProductNotFound
    return row[0], row[1]


def _insist(uow: UnitOfWork, words: ProductWords, *, store_id: StoreId, shown: Collection[str] = ()) -> None:
    problems = rules.problems(words)
    added = [image for image in words.images if str(image) not in shown]
    if added and not problems:
        usable = media.usable(uow.session, added, store_id=store_id, kind=AssetKind.PRODUCT_IMAGE)
        problems = rules.image_problems(words.images, refused=set(added) - usable)
    if problems:
        raise BadWords(problems)


def _category(uow: UnitOfWork, slug: str) -> Category:
    category: Category | None = uow.session.execute(
        select(Category).where(col(Category.slug) == slug)
    ).scalar_one_or_none()
    if category is None:
        message = "There is no such category: choose one from the tree."
        raise BadWords((FieldProblem("category", "unknown", message),))
    return category


def _insist_on_free_barcode(
    uow: UnitOfWork, upc: str | None, *, store_id: StoreId, apart_from: ProductId | None
) -> None:
    if upc is None:
        return
    found = select(col(Product.fsin)).where(
        col(Product.upc) == upc,
        col(Product.state) != ProductState.ARCHIVED,
        col(Product.is_shared) | (col(Product.owner_store_id) == store_id),
        col(Product.id) != apart_from if apart_from else col(Product.id).is_not(None),
    )
    carrier = uow.session.execute(found.limit(1)).scalar_one_or_none()
    if carrier is not None:
        raise BarcodeTaken(carrier)


def _insert(uow: UnitOfWork, words: ProductWords, *, store_id: StoreId, category_id: CategoryId) -> Product:
    """Insert under a number nobody has: the unique index decides, and a taken number is drawn again."""
    said = rules.described(words)
    del said["category"]
    proposed = PRODUCT.after(PRODUCT.initial, ProductAction.PROPOSE)
    values = said | {
        "id": new_uuid(),
        "category_id": category_id,
        "state": PRODUCT.after(proposed, ProductAction.PUBLISH),
        "owner_store_id": store_id,
        "is_shared": profile.chosen().shares_products,
        "revision": 1,
        "created_at": uow.now,
        "changed_at": uow.now,
    }
    for _ in range(rules.DRAWS):
        drawn = insert(Product).values(**values, fsin=rules.draw_fsin(uow.random))
        once = drawn.on_conflict_do_nothing(index_elements=["fsin"]).returning(Product)
        product: Product | None = uow.session.execute(once).scalar_one_or_none()
        if product is not None:
            return product
    raise NumbersRanOut


def _said(product: Product, category: Category) -> dict[str, Any]:
    return {
        "title": product.title,
        "title_ar": product.title_ar,
        "brand": product.brand,
        "description": product.description,
        "description_ar": product.description_ar,
        "category": category.slug,
        "upc": product.upc,
        "attributes": product.attributes,
        "images": product.images,
    }


def _say(product: Product, after: dict[str, Any], *, category: Category, uow: UnitOfWork) -> None:
    for name, value in after.items():
        if name != "category":
            setattr(product, name, value)
    product.category_id = category.id
    product.revision += 1
    product.changed_at = uow.now


def _request(
    actor: Actor, uow: UnitOfWork, product: Product, *, before: dict[str, Any], after: dict[str, Any]
) -> ChangeView:
    change = ProductChange(
        product_id=product.id,
        store_id=actor.store_id or product.owner_store_id,
        base_revision=product.revision,
        before=before,
        after=after,
        state=ChangeState.PENDING,
        requested_at=uow.now,
    )
    change.accept(at=uow.now)
    uow.session.add(change)
    return ChangeView.of(change, fsin=product.fsin)
