"""What lists show, kept true. All of it is coalesced: a hundred facts about ten products are ten products."""

from marketplace import search
from marketplace.catalog import ListingDeactivated, ListingPublished, ProductPublished, ProductsChanged
from marketplace.identity import StandingChanged, StoreRenamed
from marketplace.inventory import StockChanged
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing import PriceChanged
from marketplace.rates import DeliveryTermsChanged


def take_in_products(uow: UnitOfWork, facts: tuple[ProductsChanged, ...]) -> None:
    """What is said of products has changed."""
    search.index(uow, product_ids={product_id for fact in facts for product_id in fact.product_ids})


def take_in_listings(
    uow: UnitOfWork, facts: tuple[ProductPublished, ...] | tuple[ListingPublished, ...] | tuple[ListingDeactivated, ...]
) -> None:
    """Somebody sells a product, or no longer."""
    search.index(uow, product_ids={fact.product_id for fact in facts})


def take_in_figures(uow: UnitOfWork, facts: tuple[PriceChanged, ...] | tuple[StockChanged, ...]) -> None:
    """What is asked for listings, or how many there are, has changed."""
    search.refresh_listings(uow, listing_ids={listing_id for fact in facts for listing_id in fact.listing_ids})


def take_in_store(uow: UnitOfWork, fact: StandingChanged | StoreRenamed | DeliveryTermsChanged) -> None:
    """A store may sell again or no longer, is called otherwise, or delivers for another price or in other days."""
    search.refresh_store(uow, store_id=fact.store_id)
