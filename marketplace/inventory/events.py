"""The facts of inventory."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import ListingId, StoreId


@dataclass(frozen=True, slots=True, kw_only=True)
class StockChanged(Event):
    """What is available of some listings has changed: 500 at most, and the stores whose they are."""

    topic: ClassVar[str] = "inventory.stock_changed.v1"

    listing_ids: tuple[ListingId, ...]
    store_ids: tuple[StoreId, ...] = ()

    @property
    def aggregate(self) -> str:
        """The first of the listings; for a single one, its stock."""
        return f"stock:{self.listing_ids[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRanOut(Event):
    """The last available unit of a listing is gone."""

    topic: ClassVar[str] = "inventory.stock_ran_out.v1"

    listing_id: ListingId
    store_id: StoreId

    @property
    def aggregate(self) -> str:
        """The listing's stock."""
        return f"stock:{self.listing_id}"
