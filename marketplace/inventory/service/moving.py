"""The one way in which stock changes: movements are written, and the stock goes up or down by their sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from marketplace import events
from marketplace.inventory.events import StockChanged, StockRanOut
from marketplace.inventory.states import MovementKind
from marketplace.kernel.ids import ListingId, OrderLineId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork

BATCH: Final = 500
"""Listings that one fact may name."""

_MOVE: Final = text(
    """
    WITH steps AS (
        SELECT * FROM unnest(
            CAST(:ids AS uuid[]), CAST(:listing_ids AS uuid[]), CAST(:kinds AS text[]), CAST(:on_hand AS int[]),
            CAST(:reserved AS int[]), CAST(:allocated AS int[]), CAST(:holder_ids AS uuid[]), CAST(:reasons AS text[])
        ) AS step (id, listing_id, kind, on_hand, reserved, allocated, holder_id, reason)
    ), sums AS (
        SELECT listing_id, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved,
            sum(allocated)::int AS allocated
        FROM steps GROUP BY listing_id
    ), moved AS (
        INSERT INTO movements
            (id, listing_id, kind, on_hand, reserved, allocated, holder_id, reason, moved_by, moved_at)
        SELECT id, listing_id, kind, on_hand, reserved, allocated, holder_id, reason, :moved_by, :moved_at FROM steps
    )
    UPDATE stock SET
        on_hand = stock.on_hand + sums.on_hand,
        reserved = stock.reserved + sums.reserved,
        allocated = stock.allocated + sums.allocated,
        version = stock.version + (sums.on_hand <> 0)::int
    FROM sums WHERE stock.listing_id = sums.listing_id
    RETURNING stock.listing_id, stock.store_id, stock.on_hand - stock.reserved - stock.allocated,
        sums.on_hand - sums.reserved - sums.allocated
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One movement to be: by how much each bucket of a listing's stock goes up or down."""

    listing_id: ListingId
    kind: MovementKind
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    holder_id: OrderLineId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """How much of a listing is available after the movements, and by how much that has changed."""

    listing_id: ListingId
    store_id: StoreId
    available: int
    difference: int


def move(uow: UnitOfWork, steps: Sequence[Step]) -> tuple[Moved, ...]:
    """Write movements and bring the stock to their sums, in one statement; the rows are locked already."""
    if not steps:
        return ()
    values: dict[str, Any] = {
        "ids": [new_uuid() for _ in steps],
        "listing_ids": [step.listing_id for step in steps],
        "kinds": [step.kind.value for step in steps],
        "on_hand": [step.on_hand for step in steps],
        "reserved": [step.reserved for step in steps],
        "allocated": [step.allocated for step in steps],
        "holder_ids": [step.holder_id for step in steps],
        "reasons": [step.reason for step in steps],
        "moved_by": uow.asked_by,
        "moved_at": uow.now,
    }
    return tuple(Moved(*row) for row in uow.session.execute(_MOVE, values))


def move_and_tell(uow: UnitOfWork, steps: Sequence[Step]) -> None:
    """Move, and publish whose availability has changed and whose last unit is gone."""
    changed = sorted((one for one in move(uow, steps) if one.difference), key=lambda one: one.listing_id)
    ran_out = [one for one in changed if one.available == 0 and one.difference < 0]
    events.emit(
        uow,
        *(_changed(changed[start : start + BATCH]) for start in range(0, len(changed), BATCH)),
        *(StockRanOut(listing_id=one.listing_id, store_id=one.store_id) for one in ran_out),
    )


def _changed(batch: Sequence[Moved]) -> StockChanged:
    return StockChanged(
        listing_ids=tuple(one.listing_id for one in batch), store_ids=tuple(sorted({one.store_id for one in batch}))
    )
