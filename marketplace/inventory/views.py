"""What leaves inventory, and what it is asked in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from marketplace.inventory.models import Movement, Stock
from marketplace.inventory.states import CountStatus, MovementKind
from marketplace.kernel.ids import ListingId, MovementId, OrderLineId, StoreId


@dataclass(frozen=True, slots=True)
class Want:
    """So many units of a listing, for one order line."""

    listing_id: ListingId
    quantity: int
    holder_id: OrderLineId


@dataclass(frozen=True, slots=True)
class Short:
    """A want that could not be met, and what is left."""

    listing_id: ListingId
    wanted: int
    available: int
    holder_id: OrderLineId


@dataclass(frozen=True, slots=True)
class Reserved:
    """Which wants were met and which were not; a line is met whole or not at all."""

    taken: tuple[Want, ...]
    short: tuple[Short, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a listing were counted, for taking in many at once."""

    listing_id: ListingId
    on_hand: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a count; a refused one names how many are promised and must stay."""

    listing_id: ListingId
    status: CountStatus
    blocked: int = 0


@dataclass(frozen=True, slots=True)
class StockView:
    """The stock of one listing."""

    listing_id: ListingId
    store_id: StoreId
    on_hand: int
    reserved: int
    allocated: int
    available: int
    warn_at: int
    version: int

    @property
    def is_low(self) -> bool:
        """Whether it is time to warn."""
        return self.available <= self.warn_at

    @classmethod
    def of(cls, stock: Stock) -> Self:
        """Show stock."""
        return cls(
            listing_id=stock.listing_id,
            store_id=stock.store_id,
            on_hand=stock.on_hand,
            reserved=stock.reserved,
            allocated=stock.allocated,
            available=stock.available,
            warn_at=stock.warn_at,
            version=stock.version,
        )


@dataclass(frozen=True, slots=True)
class MovementView:
    """One change of stock."""

    id: MovementId
    kind: MovementKind
    on_hand: int
    reserved: int
    allocated: int
    reason: str
    moved_by: str
    moved_at: datetime

    @classmethod
    def of(cls, movement: Movement) -> Self:
        """Show a movement."""
        return cls(
            id=movement.id,
            kind=movement.kind,
            on_hand=movement.on_hand,
            reserved=movement.reserved,
            allocated=movement.allocated,
            reason=movement.reason,
            moved_by=movement.moved_by,
            moved_at=movement.moved_at,
        )
