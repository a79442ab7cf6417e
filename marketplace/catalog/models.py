"""Catalog tables."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from marketplace.catalog.states import (
    LISTING,
    PRODUCT,
    ChangeState,
    Condition,
    Fulfillment,
    ImportState,
    ImportStatus,
    ListingAction,
    ListingReason,
    ListingState,
    ProductAction,
    ProductState,
)
from marketplace.kernel import columns
from marketplace.kernel.ids import CategoryId, ImportId, ListingId, ProductChangeId, ProductId, StoreId


class Category(SQLModel, table=True):
    """A place in the tree. Its path is its ancestors' slugs and its own, so that a subtree is a prefix."""

    __tablename__ = "categories"
    __table_args__ = (
        CheckConstraint("(parent_id IS NULL) = (depth = 0)", name="roots_have_no_parent"),
        Index("ix_categories_path_prefix", "path", postgresql_ops={"path": "text_pattern_ops"}),
    )

    id: CategoryId = columns.key()
    slug: str = Field(unique=True, max_length=80)
    name: str = Field(max_length=200)
    name_ar: str = Field(default="", max_length=200)
    parent_id: CategoryId | None = columns.maybe_ref("categories", index=True)
    path: str = Field(unique=True, max_length=400)
    depth: int
    position: int


class Product(SQLModel, table=True):
    """A thing that can be sold: shared between its vendors, or private to the one that made it."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR state = 'archived'", name="merged_means_archived"),
        CheckConstraint("revision >= 1", name="revision_counts_up"),
        Index(
            "uq_products_shared_upc",
            "upc",
            unique=True,
            postgresql_where=text("is_shared AND upc IS NOT NULL AND state <> 'archived'"),
        ),
        Index(
            "uq_products_private_upc",
            "owner_store_id",
            "upc",
            unique=True,
            postgresql_where=text("NOT is_shared AND upc IS NOT NULL AND state <> 'archived'"),
        ),
        Index("ix_products_owner_newest", "owner_store_id", "id"),
    )

    id: ProductId = columns.key()
    fsin: str = Field(unique=True, max_length=14)
    title: str = Field(max_length=200)
    title_ar: str = Field(default="", max_length=200)
    brand: str | None = Field(default=None, max_length=120)
    description: str = columns.prose(default="")
    description_ar: str = columns.prose(default="")
    category_id: CategoryId = columns.ref("categories", index=True)
    upc: str | None = Field(default=None, max_length=14)
    state: ProductState = columns.one_of(ProductState)
    owner_store_id: StoreId = columns.ref("stores")
    is_shared: bool
    attributes: list[dict[str, str]] = columns.document()
    images: list[str] = columns.document()
    revision: int = 1
    merged_into_id: ProductId | None = columns.maybe_ref("products", index=True)
    created_at: datetime = columns.instant()
    changed_at: datetime = columns.instant()

    def move(self, action: ProductAction, *, at: datetime) -> None:
        """Take one step of the journey, where it is open."""
        self.state = PRODUCT.after(self.state, action)
        self.changed_at = at

    def merge_into(self, survivor: "Product", *, at: datetime) -> None:
        """Retire this product for good; its number leads to the survivor from now on."""
        self.move(ProductAction.ARCHIVE, at=at)
        self.merged_into_id = survivor.id


class Listing(SQLModel, table=True):
    """A store's offer to sell a product in one condition."""

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint(
            "is_live = (state = 'active' AND reasons = '[]'::jsonb)", name="live_means_active_without_reasons"
        ),
        Index("uq_listings_store_sku", "store_id", "sku", unique=True, postgresql_where=text("state <> 'closed'")),
        Index(
            "uq_listings_store_product_condition",
            "store_id",
            "product_id",
            "condition",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_listings_product", "product_id"),
        Index("ix_listings_store_newest", "store_id", "id"),
    )

    id: ListingId = columns.key()
    product_id: ProductId = columns.ref("products")
    store_id: StoreId = columns.ref("stores")
    sku: str = Field(max_length=64)
    condition: Condition = columns.one_of(Condition)
    fulfillment: Fulfillment = columns.one_of(Fulfillment)
    state: ListingState = columns.one_of(ListingState)
    reasons: list[str] = columns.document()
    is_live: bool
    created_at: datetime = columns.instant()
    changed_at: datetime = columns.instant()

    def move(self, action: ListingAction, *, at: datetime) -> None:
        """Take one step of the journey, where it is open."""
        self.state = LISTING.after(self.state, action)
        self._settle(at)

    def add_reason(self, reason: ListingReason, *, at: datetime) -> None:
        """Name a reason why this listing is not live; naming it twice is naming it once."""
        self.reasons = sorted({*self.reasons, reason.value})
        self._settle(at)

    def drop_reason(self, reason: ListingReason, *, at: datetime) -> None:
        """Take one reason away, and none of the others with it."""
        self.reasons = sorted({*self.reasons} - {reason.value})
        self._settle(at)

    def _settle(self, at: datetime) -> None:
        self.is_live = self.state is ListingState.ACTIVE and not self.reasons
        self.changed_at = at


class ProductChange(SQLModel, table=True):
    """What one store wishes to be said differently of a product that others sell too: each field before and after."""

    __tablename__ = "product_changes"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_has_instant"),
        Index(
            "uq_product_changes_pending",
            "product_id",
            "store_id",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: ProductChangeId = columns.key()
    product_id: ProductId = columns.ref("products", index=True)
    store_id: StoreId = columns.ref("stores")
    base_revision: int
    before: dict[str, object] = columns.document()
    after: dict[str, object] = columns.document()
    state: ChangeState = columns.one_of(ChangeState)
    requested_at: datetime = columns.instant()
    decided_at: datetime | None = columns.maybe_instant()

    def accept(self, *, at: datetime) -> None:
        """Decide for the change."""
        self.state = ChangeState.ACCEPTED
        self.decided_at = at


class Import(SQLModel, table=True):
    """A file of products that a store brings in, and how far that is."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_has_instant"),
        CheckConstraint("done BETWEEN 0 AND total", name="done_within_total"),
        CheckConstraint("done = created + merged + unchanged + refused", name="figures_add_up"),
        Index(
            "uq_imports_running",
            "store_id",
            "file_hash",
            "map_hash",
            unique=True,
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_imports_store_newest", "store_id", "id"),
    )

    id: ImportId = columns.key()
    store_id: StoreId = columns.ref("stores")
    file_name: str = Field(max_length=200)
    file_hash: str = Field(max_length=64)
    map_hash: str = Field(max_length=64)
    state: ImportState = columns.one_of(ImportState)
    total: int
    done: int = 0
    created: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: int = 0
    started_by: str = Field(max_length=120)
    started_at: datetime = columns.instant()
    finished_at: datetime | None = columns.maybe_instant()

    def count(self, statuses: Sequence[ImportStatus], *, at: datetime) -> None:
        """Put what became of so many more rows to the rest; the last of them finish it."""
        counted = Counter(statuses)
        self.created += counted[ImportStatus.CREATED]
        self.merged += counted[ImportStatus.MERGED]
        self.unchanged += counted[ImportStatus.UNCHANGED]
        self.refused += counted[ImportStatus.REFUSED]
        self.done += len(statuses)
        if self.done == self.total:
            self.state = ImportState.FINISHED
            self.finished_at = at


class ImportLine(SQLModel, table=True):
    """One row of a file by the line at which it begins: its text for each of our fields. Gone once all are taken in."""

    __tablename__ = "import_lines"

    import_id: ImportId = columns.ref("imports", primary_key=True)
    number: int = Field(primary_key=True)
    said: dict[str, str] = columns.document()


class ImportResult(SQLModel, table=True):
    """What became of the row that begins at a line of a file; one with several problems has several of these."""

    __tablename__ = "import_results"

    import_id: ImportId = columns.ref("imports", primary_key=True)
    number: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    status: ImportStatus = columns.one_of(ImportStatus)
    field: str = Field(default="", max_length=60)
    code: str = Field(default="", max_length=80)
    sentence: str = Field(default="", max_length=400)
