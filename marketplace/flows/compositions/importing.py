"""Taking in the rows of a file: each becomes the rows that the vendor's form would have made, 500 at a time."""

from collections.abc import Sequence
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError

from marketplace import audit, catalog, events, inventory, pricing
from marketplace.catalog import (
    ImportedRow,
    ImportRow,
    ImportView,
    Line,
    LineResult,
    ProductsChanged,
)
from marketplace.catalog import ImportStatus as Status
from marketplace.flows import import_rows
from marketplace.flows.import_rows import Read, Reading
from marketplace.inventory import Count, Counted, CountStatus
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.ids import ImportId, ListingId, ProductId, StoreId
from marketplace.kernel.words import mark
from marketplace.kernel.work import UnitOfWork, may_pass

BATCH: Final = 500

TRIES_ALONE: Final = 2

REPEATS: Final = "repeats"
"""What a row says besides our fields: that one before it in the file has the same barcode."""

PROMISED: Final = (
    "stock",
    "inventory.below_promised",
    mark("More than this is promised to orders already: count again once they have left."),
)
NOT_TAKEN: Final = {
    "catalog.product_not_published": (
        "upc",
        mark("The product with this barcode is not on sale: ask the catalog team."),
    ),
    "catalog.sku_taken": ("sku", mark("Another product of yours has this SKU: give this one its own.")),
}

BROKE = (
    "",
    "import.row_not_taken",
    mark("This row could not be taken in, and we have been told why. Write it by hand, or ask us."),
)

Results = Sequence[tuple[LineResult, ...]]
Taken = tuple[Results, tuple[ProductId, ...]]

log = structlog.get_logger()


def take_rows(actor: Actor, uow: UnitOfWork, *, import_id: ImportId) -> ImportView:
    """Take in the next rows of an import: one transaction, one event, one audit row with the hash of the file."""
    return _take_next(actor, uow, catalog.lock_import(uow, import_id=import_id))


def take_rows_if_free(actor: Actor, uow: UnitOfWork, *, import_id: ImportId) -> ImportView | None:
    """Take in the next rows of an import, unless somebody else is at it."""
    held = catalog.lock_import_if_free(uow, import_id=import_id)
    return _take_next(actor, uow, held) if held else None


def take_rows_one_by_one(actor: Actor, uow: UnitOfWork, *, import_id: ImportId) -> ImportView:
    """Take in the next rows each by itself: for a batch that broke on one of them."""
    return _take_next(actor, uow, catalog.lock_import(uow, import_id=import_id), is_careful=True)


def _take_next(actor: Actor, uow: UnitOfWork, held: ImportView, *, is_careful: bool = False) -> ImportView:
    import_id = held.id
    lines = catalog.next_lines(uow, import_id=import_id, limit=BATCH)
    if not lines:
        return held
    take = take_each if is_careful else take_lines
    results, product_ids = take(uow, store_id=held.store_id, lines=lines)
    told = {"file": held.file_hash, "lines": [lines[0].number, lines[-1].number], "products": len(product_ids)}
    audit.record(uow, actor, "catalog.import_batch", import_id, store_id=held.store_id, after=told)
    if product_ids:
        events.emit(uow, ProductsChanged(product_ids=product_ids))
    return catalog.note_results(uow, import_id=import_id, results=results)


def take_each(uow: UnitOfWork, *, store_id: StoreId, lines: Sequence[Line]) -> Taken:
    """Take in some rows one after the other: one that breaks is refused, and holds up no other."""
    results: list[tuple[LineResult, ...]] = []
    changed: set[ProductId] = set()
    for line in lines:
        taken = _take_alone(uow, store_id, line)
        of_row, product_ids = taken or ([(LineResult(line.number, Status.REFUSED, *BROKE),)], ())
        results += of_row
        changed.update(product_ids)
    return results, tuple(sorted(changed))


def _take_alone(uow: UnitOfWork, store_id: StoreId, line: Line) -> Taken | None:
    """Take in one row, a second time where it broke: it may have met another vendor's that is there by then."""
    for _ in range(TRIES_ALONE):
        try:
            with uow.session.begin_nested():
                taken = take_lines(uow, store_id=store_id, lines=[line])
                uow.session.flush()
        except Unavailable:
            raise
        except Exception as error:
            if isinstance(error, DBAPIError) and may_pass(error):
                raise
            log.exception("a row was not taken in", number=line.number, store_id=str(store_id))
        else:
            return taken
    return None


def take_lines(uow: UnitOfWork, *, store_id: StoreId, lines: Sequence[Line]) -> Taken:
    """Take in some rows, and tell of each what became of it, and which products are others than before."""
    currency = profile.chosen().currency
    reads = {line.number: import_rows.read(line.number, line.said, currency=currency) for line in lines}
    asked = {number: one.reading for number, one in reads.items() if one.reading is not None}
    placed = {row.number: row for row in _place(uow, store_id, asked)}
    news = _News(uow, store_id, asked, placed)
    repeats = {line.number for line in lines if REPEATS in line.said}
    results = [_told(reads[line.number], placed.get(line.number), news, line.number in repeats) for line in lines]
    changed = {row.product_id for row in placed.values() if row.product_id is not None and news.is_news(row)}
    return results, tuple(sorted(changed))


class _News:
    """What the rows changed of prices and stock: the last row that names a listing decides."""

    def __init__(
        self, uow: UnitOfWork, store_id: StoreId, asked: dict[int, Reading], placed: dict[int, ImportedRow]
    ) -> None:
        last = {row.listing_id: asked[number] for number, row in placed.items() if row.listing_id}
        counts = [Count(listing_id, reading.on_hand) for listing_id, reading in last.items()]
        self._counted: dict[ListingId, Counted] = {
            one.listing_id: one for one in inventory.import_stock(uow, store_id=store_id, counts=counts)
        }
        terms = {listing_id: reading.terms for listing_id, reading in last.items() if not self.is_short(listing_id)}
        unsaid = {listing_id: last[listing_id].unsaid for listing_id in terms}
        priced = pricing.import_prices(uow, terms=terms, unsaid=unsaid)
        self._priced = {one.listing_id for one in priced if one.is_changed}

    def is_short(self, listing_id: ListingId) -> bool:
        """Whether fewer were counted than are promised."""
        return self._counted[listing_id].status is CountStatus.REFUSED

    def is_news(self, row: ImportedRow) -> bool:
        """Whether anybody has to hear of it."""
        if row.listing_id is None:
            return False
        counted = self._counted[row.listing_id].status in {CountStatus.OPENED, CountStatus.CHANGED}
        return row.status is Status.CREATED or counted or row.listing_id in self._priced


def _place(uow: UnitOfWork, store_id: StoreId, asked: dict[int, Reading]) -> Sequence[ImportedRow]:
    categories = catalog.ensure_categories(uow, names={reading.category for reading in asked.values()})
    rows = [
        ImportRow(
            number=number,
            words=reading.words,
            category_id=categories[reading.category],
            sku=reading.sku,
            condition=reading.condition,
        )
        for number, reading in asked.items()
    ]
    return catalog.import_batch(uow, store_id=store_id, rows=rows) if rows else ()


def _told(read: Read, placed: ImportedRow | None, news: _News, is_repeat: bool) -> tuple[LineResult, ...]:  # noqa: FBT001 (named where it is called)
    if placed is None:
        return read.refusals
    if placed.listing_id is None:
        field, sentence = NOT_TAKEN[placed.code]
        return (LineResult(read.number, Status.REFUSED, field, placed.code, sentence),)
    if news.is_short(placed.listing_id):
        return (LineResult(read.number, Status.REFUSED, *PROMISED),)
    status = placed.status
    if status is Status.MERGED and not is_repeat and not news.is_news(placed):
        status = Status.UNCHANGED
    return tuple(LineResult(read.number, status, *warning) for warning in read.warnings) or (
        LineResult(read.number, status),
    )
