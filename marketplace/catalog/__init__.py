"""What can be sold, and who sells it: categories, products by their number, and the listings of stores.

Owns `categories`, `products`, `listings` and `product_changes`. Knows no price and no stock: pricing and inventory
stand above. Invariant: a listing is live exactly while its vendor wants it and nothing speaks against it.
"""

from marketplace.catalog.errors import (
    CONSTRAINTS,
    BadWords,
    BarcodeTaken,
    CategoryNotFound,
    ListedAlready,
    ListingNotFound,
    ProductNotFound,
    RevisionChanged,
    SkuTaken,
)
from marketplace.catalog.events import ListingDeactivated, ListingPublished, ProductPublished, ProductsChanged
from marketplace.catalog.queries import (
    categories,
    category,
    listing_facts,
    own_listing,
    own_listings,
    own_products,
    product_by_fsin,
    product_with_barcode,
    products_by_id,
    sellers,
)
from marketplace.catalog.rules import Attribute, ProductWords, barcode, category_path, is_fsin
from marketplace.catalog.states import (
    ChangeState,
    Condition,
    Fulfillment,
    ListingReason,
    ListingState,
    ProductState,
)
from marketplace.catalog.views import CategoryView, ChangeView, ListingFacts, ListingView, ProductView

__all__ = [
    "CONSTRAINTS",
    "Attribute",
    "BadWords",
    "BarcodeTaken",
    "CategoryNotFound",
    "CategoryView",
    "ChangeState",
    "ChangeView",
    "Condition",
    "Fulfillment",
    "ListedAlready",
    "ListingDeactivated",
    "ListingFacts",
    "ListingNotFound",
    "ListingPublished",
    "ListingReason",
    "ListingState",
    "ListingView",
    "ProductNotFound",
    "ProductPublished",
    "ProductState",
    "ProductView",
    "ProductWords",
    "ProductsChanged",
    "RevisionChanged",
    "SkuTaken",
    "barcode",
    "categories",
    "category",
    "category_path",
    "is_fsin",
    "listing_facts",
    "own_listing",
    "own_listings",
    "own_products",
    "product_by_fsin",
    "product_with_barcode",
    "products_by_id",
    "sellers",
]
