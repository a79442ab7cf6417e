"""The facts of the catalog."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import ListingId, ProductId, StoreId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPublished(Event):
    """A product has its page."""

    topic: ClassVar[str] = "catalog.product_published.v1"

    product_id: ProductId
    fsin: str
    store_id: StoreId

    @property
    def aggregate(self) -> str:
        """The product."""
        return f"product:{self.product_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsChanged(Event):
    """What is said of some products has changed, or that they are there at all: 500 at most."""

    topic: ClassVar[str] = "catalog.products_changed.v1"

    product_ids: tuple[ProductId, ...]

    @property
    def aggregate(self) -> str:
        """The first of the products; for a single one, the product."""
        return f"product:{self.product_ids[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPublished(Event):
    """A store sells a product, or does so again."""

    topic: ClassVar[str] = "catalog.listing_published.v1"

    listing_id: ListingId
    product_id: ProductId
    store_id: StoreId

    @property
    def aggregate(self) -> str:
        """The listing."""
        return f"listing:{self.listing_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDeactivated(Event):
    """A listing is live no longer: paused, closed, or for the reasons named."""

    topic: ClassVar[str] = "catalog.listing_deactivated.v1"

    listing_id: ListingId
    product_id: ProductId
    store_id: StoreId
    state: str
    reasons: tuple[str, ...]

    @property
    def aggregate(self) -> str:
        """The listing."""
        return f"listing:{self.listing_id}"
