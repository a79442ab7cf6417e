"""The one way in which stock changes: movements are written, and the stock goes up or down by their sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import orjson

from marketplace import events
from marketplace.inventory.events import StockChanged, StockRanOut
from marketplace.inventory.states import MovementKind
from marketplace.kernel.frozen import by_hand
from marketplace.kernel.ids import ListingId, OrderLineId, ReservationId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork

BATCH: Final = 500
"""Listings that one fact may name."""

_MOVE: Final = """
    WITH steps AS (
        SELECT * FROM jsonb_to_recordset(CAST(:steps AS jsonb)) AS step (
            id uuid, listing_id uuid, kind text, on_hand int, reserved int, allocated int, holder_id uuid, reason text,
            reservation_id uuid
        )
    ), sums AS (
        SELECT listing_id, sum(on_hand)::int AS on_hand, sum(reserved)::int AS reserved,
            sum(allocated)::int AS allocated
        FROM steps GROUP BY listing_id
    ), moved AS (
        INSERT INTO movements
            (id, listing_id, kind, on_hand, reserved, allocated, holder_id, reason, moved_by, moved_at)
        SELECT id, listing_id, kind, on_hand, reserved, allocated, holder_id, reason, :moved_by, :moved_at FROM steps
    ){beside}
    UPDATE stock SET
        on_hand = stock.on_hand + sums.on_hand,
        reserved = stock.reserved + sums.reserved,
        allocated = stock.allocated + sums.allocated,
        version = stock.version + (sums.on_hand <> 0)::int
    FROM sums WHERE stock.listing_id = sums.listing_id
    RETURNING stock.listing_id, stock.store_id, stock.on_hand - stock.reserved - stock.allocated,
        sums.on_hand - sums.reserved - sums.allocated
"""
_ONLY_MOVE: Final = by_hand(_MOVE.format(beside=""))
_RESERVE: Final = by_hand(
    _MOVE.format(
        beside=""", held AS (
        INSERT INTO reservations (id, listing_id, holder_id, quantity, returned, state, reserved_at)
        SELECT reservation_id, listing_id, holder_id, reserved, 0, 'active', :moved_at FROM steps
    )"""
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One movement to be: by how much each bucket of a listing goes up or down, and the reservation that it makes."""

    listing_id: ListingId
    kind: MovementKind
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    holder_id: OrderLineId | None = None
    reason: str = ""
    id: UUID = field(default_factory=new_uuid)
    reservation_id: ReservationId | None = None


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
    return tuple(Moved(*row) for row in _ONLY_MOVE.run(uow.session, _values(uow, steps)))


def move_and_tell(uow: UnitOfWork, steps: Sequence[Step]) -> None:
    """Move, and publish whose availability has changed and whose last unit is gone."""
    _tell(uow, move(uow, steps))


def reserve_and_tell(uow: UnitOfWork, steps: Sequence[Step]) -> None:
    """Move, write the reservations that these steps are in the same statement, and publish what has changed."""
    _tell(uow, [Moved(*row) for row in _RESERVE.run(uow.session, _values(uow, steps))])


def _values(uow: UnitOfWork, steps: Sequence[Step]) -> dict[str, Any]:
    return {"steps": orjson.dumps(steps).decode(), "moved_by": uow.asked_by, "moved_at": uow.now}


def _tell(uow: UnitOfWork, moved: Sequence[Moved]) -> None:
    changed = sorted((one for one in moved if one.difference), key=lambda one: one.listing_id)
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
