"""What a listing costs: its price, less when many are bought, and the quantities it is sold in.

Owns `prices` and `tiers`. Deals and coupons stand above. Invariant: more units never cost more each.
"""

from marketplace.pricing.errors import CONSTRAINTS, BadTerms, PriceChangedMeanwhile
from marketplace.pricing.events import PriceChanged
from marketplace.pricing.queries import prices, terms
from marketplace.pricing.rules import (
    PPM_PER_WHOLE,
    LinePrice,
    QuantityWarning,
    Terms,
    Tier,
    clamp,
    discount_at,
    print_percent,
    read_percent,
    sellable,
    tier_price,
)
from marketplace.pricing.rules import line as quote_line
from marketplace.pricing.service import PricedRow, import_prices, price, problems_with
from marketplace.pricing.views import PriceView

__all__ = [
    "CONSTRAINTS",
    "PPM_PER_WHOLE",
    "BadTerms",
    "LinePrice",
    "PriceChanged",
    "PriceChangedMeanwhile",
    "PriceView",
    "PricedRow",
    "QuantityWarning",
    "Terms",
    "Tier",
    "clamp",
    "discount_at",
    "import_prices",
    "price",
    "prices",
    "print_percent",
    "problems_with",
    "quote_line",
    "read_percent",
    "sellable",
    "terms",
    "tier_price",
]
