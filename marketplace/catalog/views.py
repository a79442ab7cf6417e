"""What leaves the catalog."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from marketplace.catalog import rules
from marketplace.catalog.models import Category, Import, ImportResult, Listing, Product, ProductChange
from marketplace.catalog.rules import Attribute
from marketplace.catalog.states import (
    ChangeState,
    Condition,
    Fulfillment,
    ImportState,
    ImportStatus,
    ListingState,
    ProductState,
)
from marketplace.kernel.ids import AssetId, CategoryId, ImportId, ListingId, ProductChangeId, ProductId, StoreId


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A place in the tree."""

    id: CategoryId
    slug: str
    name: str
    name_ar: str
    path: tuple[str, ...]
    parent_id: CategoryId | None
    position: int

    @classmethod
    def of(cls, category: Category) -> Self:
        """Show a category."""
        return cls(
            id=category.id,
            slug=category.slug,
            name=category.name,
            name_ar=category.name_ar,
            path=rules.category_path(category.path),
            parent_id=category.parent_id,
            position=category.position,
        )


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product and all that is said of it."""

    id: ProductId
    fsin: str
    title: str
    title_ar: str
    brand: str | None
    description: str
    description_ar: str
    category: CategoryView
    upc: str | None
    state: ProductState
    owner_store_id: StoreId
    is_shared: bool
    attributes: tuple[Attribute, ...]
    images: tuple[AssetId, ...]
    revision: int
    merged_into: str | None
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, product: Product, category: Category, *, merged_into: str | None = None) -> Self:
        """Show a product in its category; `merged_into` is the number of its survivor."""
        return cls(
            id=product.id,
            fsin=product.fsin,
            title=product.title,
            title_ar=product.title_ar,
            brand=product.brand,
            description=product.description,
            description_ar=product.description_ar,
            category=CategoryView.of(category),
            upc=product.upc,
            state=product.state,
            owner_store_id=product.owner_store_id,
            is_shared=product.is_shared,
            attributes=tuple(Attribute.read(one) for one in product.attributes),
            images=tuple(AssetId(UUID(image)) for image in product.images),
            revision=product.revision,
            merged_into=merged_into,
            created_at=product.created_at,
            changed_at=product.changed_at,
        )


@dataclass(frozen=True, slots=True)
class ListingView:
    """A store's offer to sell a product, without price and stock: those are kept above."""

    id: ListingId
    product_id: ProductId
    fsin: str
    title: str
    title_ar: str
    image: AssetId | None
    store_id: StoreId
    sku: str
    condition: Condition
    fulfillment: Fulfillment
    state: ListingState
    reasons: tuple[str, ...]
    is_live: bool
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, listing: Listing, product: Product) -> Self:
        """Show a listing of a product."""
        return cls(
            id=listing.id,
            product_id=product.id,
            fsin=product.fsin,
            title=product.title,
            title_ar=product.title_ar,
            image=AssetId(UUID(product.images[0])) if product.images else None,
            store_id=listing.store_id,
            sku=listing.sku,
            condition=listing.condition,
            fulfillment=listing.fulfillment,
            state=listing.state,
            reasons=tuple(listing.reasons),
            is_live=listing.is_live,
            created_at=listing.created_at,
            changed_at=listing.changed_at,
        )


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A wish to change a shared product, and what came of it."""

    id: ProductChangeId
    product_id: ProductId
    fsin: str
    base_revision: int
    before: dict[str, object]
    after: dict[str, object]
    state: ChangeState
    requested_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, change: ProductChange, *, fsin: str) -> Self:
        """Show a change to the product of that number."""
        return cls(
            id=change.id,
            product_id=change.product_id,
            fsin=fsin,
            base_revision=change.base_revision,
            before=change.before,
            after=change.after,
            state=change.state,
            requested_at=change.requested_at,
            decided_at=change.decided_at,
        )


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file that is being taken in: how far it is, and what came of its rows so far."""

    id: ImportId
    store_id: StoreId
    file_name: str
    file_hash: str
    state: ImportState
    total: int
    done: int
    created: int
    merged: int
    unchanged: int
    refused: int
    started_by: str
    started_at: datetime
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Whether every row has been taken in or refused."""
        return self.state is ImportState.FINISHED

    @classmethod
    def of(cls, begun: Import) -> Self:
        """Show an import."""
        return cls(
            id=begun.id,
            store_id=begun.store_id,
            file_name=begun.file_name,
            file_hash=begun.file_hash,
            state=begun.state,
            total=begun.total,
            done=begun.done,
            created=begun.created,
            merged=begun.merged,
            unchanged=begun.unchanged,
            refused=begun.refused,
            started_by=begun.started_by,
            started_at=begun.started_at,
            finished_at=begun.finished_at,
        )


@dataclass(frozen=True, slots=True)
class ImportResultView:
    """What became of the row that begins at a line; one with several problems has several of these, by their place."""

    number: int
    place: int
    status: ImportStatus
    field: str
    code: str
    sentence: str

    @classmethod
    def of(cls, result: ImportResult) -> Self:
        """Show a result."""
        return cls(
            number=result.number,
            place=result.place,
            status=result.status,
            field=result.field,
            code=result.code,
            sentence=result.sentence,
        )
