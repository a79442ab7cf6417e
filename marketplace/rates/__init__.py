"""What delivery from a store costs, and the days it is promised for.

Owns `shipping_profiles`. Zones and carriers come above. Invariant: a promise never names a day on which nobody works.
"""

from marketplace.rates.errors import CONSTRAINTS, BadProfile
from marketplace.rates.events import DeliveryTermsChanged
from marketplace.rates.queries import calendar, delivery_terms, own_terms, promise
from marketplace.rates.rules import Calendar, DeliveryTerms, Promise, accept_before, house_terms, shipping
from marketplace.rates.rules import promise as promise_days
from marketplace.rates.service import set_profile

__all__ = [
    "CONSTRAINTS",
    "BadProfile",
    "Calendar",
    "DeliveryTerms",
    "DeliveryTermsChanged",
    "Promise",
    "accept_before",
    "calendar",
    "delivery_terms",
    "house_terms",
    "own_terms",
    "promise",
    "promise_days",
    "set_profile",
    "shipping",
]
