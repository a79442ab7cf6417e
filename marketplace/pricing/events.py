"""The facts of pricing."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import ListingId


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChanged(Event):
    """What some listings cost, or the quantities they are sold in, has changed: 500 at most."""

    topic: ClassVar[str] = "pricing.price_changed.v1"

    listing_ids: tuple[ListingId, ...]

    @property
    def aggregate(self) -> str:
        """The first of the listings; for a single one, its price."""
        return f"price:{self.listing_ids[0]}"
