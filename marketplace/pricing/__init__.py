"""What a listing costs: its price, less when many are bought, and the quantities it is sold in.

Owns `prices` and `tiers`. Deals and coupons stand above. Invariant: more units never cost more each.
"""

from marketplace.pricing.errors import CONSTRAINTS, BadTerms, PriceChangedMeanwhile, PriceNotFound
from marketplace.pricing.events import PriceChanged
from marketplace.pricing.queries import prices, terms
from marketplace.pricing.rules import LinePrice, QuantityWarning, Terms, Tier, clamp, discount_at
from marketplace.pricing.rules import line as quote_line
from marketplace.pricing.views import PriceView

__all__ = [
    "CONSTRAINTS",
    "BadTerms",
    "LinePrice",
    "PriceChanged",
    "PriceChangedMeanwhile",
    "PriceNotFound",
    "PriceView",
    "QuantityWarning",
    "Terms",
    "Tier",
    "clamp",
    "discount_at",
    "prices",
    "quote_line",
    "terms",
]
