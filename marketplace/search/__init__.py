"""Finding products: by words, by category, by what they cost, and the page of each.

Owns `search_documents`, `search_texts` and `search_words`: copies, kept fresh by facts, that can be made again from
what other slices own. Decides nothing about a sale: cart and checkout ask the owners. Invariant: a document says what
its sources said when it was written last, and no list shows what no live store offers.
"""

from marketplace.search.errors import CONSTRAINTS, MembersOnly, PriceRangeReversed
from marketplace.search.policy import ask_to_look, can_look
from marketplace.search.queries.browsing import categories, shops
from marketplace.search.queries.changes import changes
from marketplace.search.queries.facets import counts
from marketplace.search.queries.finding import find, shown, understand
from marketplace.search.queries.fronts import as_sold_by
from marketplace.search.queries.products import product_page
from marketplace.search.queries.sitemap import sitemap_marks, sitemap_places, sitemap_products
from marketplace.search.queries.suggesting import suggest
from marketplace.search.rules import Query, placeholder
from marketplace.search.service import index, refresh, refresh_listings, refresh_store
from marketplace.search.states import Availability, Badge, Language, Sort
from marketplace.search.views import (
    CardView,
    Changes,
    Counts,
    Facets,
    FacetsView,
    FacetValue,
    Found,
    OfferView,
    ProductPage,
    ShopView,
    Shown,
    SuggestionView,
    Understood,
)

__all__ = [
    "CONSTRAINTS",
    "Availability",
    "Badge",
    "CardView",
    "Changes",
    "Counts",
    "FacetValue",
    "Facets",
    "FacetsView",
    "Found",
    "Language",
    "MembersOnly",
    "OfferView",
    "PriceRangeReversed",
    "ProductPage",
    "Query",
    "ShopView",
    "Shown",
    "Sort",
    "SuggestionView",
    "Understood",
    "as_sold_by",
    "ask_to_look",
    "can_look",
    "categories",
    "changes",
    "counts",
    "find",
    "index",
    "placeholder",
    "product_page",
    "refresh",
    "refresh_listings",
    "refresh_store",
    "shops",
    "shown",
    "sitemap_marks",
    "sitemap_places",
    "sitemap_products",
    "suggest",
    "understand",
]
