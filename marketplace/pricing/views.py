"""What leaves pricing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from marketplace.kernel.ids import ListingId
from marketplace.pricing.models import Price
from marketplace.pricing.rules import Terms, Tier


@dataclass(frozen=True, slots=True)
class PriceView:
    """What a listing is sold for, and the version that a change must name."""

    listing_id: ListingId
    terms: Terms
    version: int

    @classmethod
    def of(cls, price: Price, tiers: Sequence[Tier]) -> Self:
        """Show a price with its tiers, the smallest first."""
        return cls(
            listing_id=price.listing_id,
            terms=Terms(
                price=price.price,
                list_price=price.list_price,
                tiers=tuple(tiers),
                min_quantity=price.min_quantity,
                max_quantity=price.max_quantity,
                quantity_step=price.quantity_step,
            ),
            version=price.version,
        )
