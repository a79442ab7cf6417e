"""Stock, as its vendor keeps it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace.inventory import AdjustReason, MovementView, StockView
from marketplace.rest.shapes.base import Line, Moment, Shape, Wished

LARGEST_COUNT = 10_000_000

Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT, strict=True)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]


class Stock(Shape):
    """How many there are, and how many are promised."""

    on_hand: int
    reserved: int
    allocated: int
    available: int
    warn_at: int
    is_low: bool
    version: int

    @classmethod
    def of(cls, stock: StockView) -> "Stock":
        """Print stock."""
        return cls(
            on_hand=stock.on_hand,
            reserved=stock.reserved,
            allocated=stock.allocated,
            available=stock.available,
            warn_at=stock.warn_at,
            is_low=stock.is_low,
            version=stock.version,
        )


class CountedStock(Wished):
    """What was counted, against the version that was looked at."""

    on_hand: Count
    expected_version: Version


class Adjustment(Wished):
    """Units that came in or went, and why."""

    kind: AdjustReason
    quantity: Annotated[int, Field(ge=1, le=LARGEST_COUNT, strict=True)]
    reason: Line = ""


class Movement(Shape):
    """One change of stock."""

    id: UUID
    kind: str
    on_hand: int
    reserved: int
    allocated: int
    reason: str
    moved_by: str
    moved_at: Moment

    @classmethod
    def of(cls, movement: MovementView) -> "Movement":
        """Print a movement."""
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
