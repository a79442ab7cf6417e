"""Who reacts to what: the one table."""

from typing import Final

from marketplace.catalog import ListingDeactivated, ListingPublished, ProductPublished, ProductsChanged
from marketplace.flows.reaction import Reaction
from marketplace.flows.reactions import delivery, notifications, search
from marketplace.identity import StandingChanged, StoreRenamed
from marketplace.inventory import StockChanged
from marketplace.orders import OrderCanceled
from marketplace.pricing import PriceChanged
from marketplace.rates import DeliveryTermsChanged

REACTIONS: Final[tuple[Reaction, ...]] = (
    Reaction("delivery", OrderCanceled, delivery.take_off_the_round),
    Reaction("search", ProductsChanged, search.take_in_products, together=True, unordered=True),
    Reaction("search", ProductPublished, search.take_in_listings, together=True, unordered=True),
    Reaction("search", ListingPublished, search.take_in_listings, together=True, unordered=True),
    Reaction("search", ListingDeactivated, search.take_in_listings, together=True, unordered=True),
    Reaction("search", PriceChanged, search.take_in_figures, together=True, unordered=True),
    Reaction("search", StockChanged, search.take_in_figures, together=True, unordered=True),
    Reaction("search", StandingChanged, search.take_in_store, unordered=True),
    Reaction("search", StoreRenamed, search.take_in_store, unordered=True),
    Reaction("search", DeliveryTermsChanged, search.take_in_store, unordered=True),
    *notifications.REACTIONS,
)
