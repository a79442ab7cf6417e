"""Taking in many products and listings at once: the rows that the vendor's form would make, in a few statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, union
from sqlmodel import col

from marketplace.catalog import rules
from marketplace.catalog.errors import NumbersRanOut
from marketplace.catalog.models import Listing, Product
from marketplace.catalog.rules import ProductWords
from marketplace.catalog.states import (
    LISTING,
    Condition,
    Fulfillment,
    ImportStatus,
    ListingAction,
    ListingState,
    ProductState,
)
from marketplace.kernel import profile
from marketplace.kernel.ids import CategoryId, ListingId, ProductId, StoreId, new_uuid
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One row of a file whose words have passed the same rules as the form's; without a SKU it gets the FSIN."""

    number: int
    words: ProductWords
    category_id: CategoryId
    sku: str = ""
    condition: Condition = Condition.NEW
    fulfillment: Fulfillment = Fulfillment.AGENT


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What a row came to; a refused one has a code instead of a listing."""

    number: int
    status: ImportStatus
    product_id: ProductId | None = None
    listing_id: ListingId | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A product that a row may join."""

    id: ProductId
    fsin: str
    is_published: bool = True


@dataclass(slots=True)
class _Shelf:
    """The store's products and listings as far as the batch touches them, and what it adds."""

    store_id: StoreId
    uow: UnitOfWork
    fsins: Iterator[str]
    by_upc: dict[str, _Known] = field(default_factory=dict)
    by_sku: dict[str, tuple[ListingId, ProductId]] = field(default_factory=dict)
    by_product: dict[tuple[ProductId, Condition], ListingId] = field(default_factory=dict)
    new_products: list[dict[str, Any]] = field(default_factory=list)
    new_listings: list[dict[str, Any]] = field(default_factory=list)

    def put(self, row: ImportRow) -> ImportedRow:
        """Place one row: on the listing that has its SKU, on the product that has its barcode, or on a new one."""
        upc = rules.barcode(row.words.upc)
        carrier = self.by_upc.get(upc) if upc else None
        if carrier is not None and not carrier.is_published:
            return ImportedRow(row.number, ImportStatus.REFUSED, code="catalog.product_not_published")
        listing_id, product_id = self.by_sku.get(row.sku, (None, None))
        if listing_id is not None and carrier is not None and carrier.id != product_id:
            return ImportedRow(row.number, ImportStatus.REFUSED, code="catalog.sku_taken")
        if listing_id is not None:
            return ImportedRow(row.number, ImportStatus.MERGED, product_id, listing_id)
        if carrier is not None and self._needs_a_sku(row, carrier):
            return ImportedRow(row.number, ImportStatus.REFUSED, code="catalog.sku_taken")
        product = carrier or self._add_product(row, upc)
        listing_id = self.by_product.get((product.id, row.condition)) or self._add_listing(row, product)
        status = ImportStatus.MERGED if carrier else ImportStatus.CREATED
        return ImportedRow(row.number, status, product.id, listing_id)

    def _needs_a_sku(self, row: ImportRow, carrier: _Known) -> bool:
        """Whether the product's own number names its listing in another condition already."""
        is_listed = (carrier.id, row.condition) in self.by_product
        return not row.sku and not is_listed and carrier.fsin in self.by_sku

    def _add_product(self, row: ImportRow, upc: str | None) -> _Known:
        product = _Known(ProductId(new_uuid()), next(self.fsins))
        said = rules.described(row.words)
        del said["category"]
        self.new_products.append(
            said
            | {
                "id": product.id,
                "fsin": product.fsin,
                "category_id": row.category_id,
                "state": ProductState.PUBLISHED,
                "owner_store_id": self.store_id,
                "is_shared": profile.chosen().shares_products,
                "revision": 1,
                "created_at": self.uow.now,
                "changed_at": self.uow.now,
            }
        )
        if upc:
            self.by_upc[upc] = product
        return product

    def _add_listing(self, row: ImportRow, product: _Known) -> ListingId:
        listing_id, sku = ListingId(new_uuid()), row.sku or product.fsin
        self.new_listings.append(
            {
                "id": listing_id,
                "product_id": product.id,
                "store_id": self.store_id,
                "sku": sku,
                "condition": row.condition,
                "fulfillment": row.fulfillment,
                "state": LISTING.after(LISTING.initial, ListingAction.PUBLISH),
                "reasons": [],
                "is_live": True,
                "created_at": self.uow.now,
                "changed_at": self.uow.now,
            }
        )
        self.by_sku[sku] = (listing_id, product.id)
        self.by_product[product.id, row.condition] = listing_id
        return listing_id


def import_batch(uow: UnitOfWork, *, store_id: StoreId, rows: Sequence[ImportRow]) -> tuple[ImportedRow, ...]:
    """Take in up to 500 rows in their order; a row that names a known barcode or SKU joins what is there.

    Prices and stock stand above: the import gives them for the listings that come back. It emits nothing and audits
    nothing: the import does so once for the whole batch.
    """
    shelf = _shelf(uow, store_id, rows)
    taken = tuple(shelf.put(row) for row in rows)
    put_rows(uow.session, Product, shelf.new_products)
    put_rows(uow.session, Listing, shelf.new_listings)
    return taken


def _shelf(uow: UnitOfWork, store_id: StoreId, rows: Sequence[ImportRow]) -> _Shelf:
    upcs = {upc for upc in (rules.barcode(row.words.upc) for row in rows) if upc}
    carrying = select(col(Product.upc), col(Product.id), col(Product.fsin), col(Product.state)).where(
        among(col(Product.upc), upcs),
        col(Product.state) != ProductState.ARCHIVED,
        col(Product.is_shared) | (col(Product.owner_store_id) == store_id),
    )
    by_upc = {
        row.upc: _Known(row.id, row.fsin, row.state is ProductState.PUBLISHED) for row in uow.session.execute(carrying)
    }
    listed = select(col(Listing.id), col(Listing.product_id), col(Listing.sku), col(Listing.condition)).where(
        col(Listing.store_id) == store_id,
        col(Listing.state) != ListingState.CLOSED,
    )
    named = listed.where(among(col(Listing.sku), {row.sku for row in rows if row.sku}))
    joined = listed.where(among(col(Listing.product_id), [known.id for known in by_upc.values()]))
    own = uow.session.execute(union(named, joined)).all()
    return _Shelf(
        store_id=store_id,
        uow=uow,
        fsins=iter(_free_numbers(uow, len(rows))),
        by_upc=by_upc,
        by_sku={row.sku: (row.id, row.product_id) for row in own},
        by_product={(row.product_id, row.condition): row.id for row in own},
    )


def _free_numbers(uow: UnitOfWork, count: int) -> list[str]:
    free: list[str] = []
    for _ in range(rules.DRAWS):
        drawn = list(dict.fromkeys([*free, *(rules.draw_fsin(uow.random) for _ in range(count - len(free)))]))
        taken = set(uow.session.execute(select(col(Product.fsin)).where(among(col(Product.fsin), drawn))).scalars())
        free = [fsin for fsin in drawn if fsin not in taken]
        if len(free) == count:
            return free
    raise NumbersRanOut
