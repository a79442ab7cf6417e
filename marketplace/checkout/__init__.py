"""Checkout: a quote that the buyer agrees to becomes orders.

Owns no table. Its invariant: nobody pays another price than the one he agreed to, and a cart is ordered once.
"""

from marketplace.checkout.errors import CONSTRAINTS, AddressMissing, CannotBuy, QuoteChanged
from marketplace.checkout.service import confirm, retry

__all__ = ["CONSTRAINTS", "AddressMissing", "CannotBuy", "QuoteChanged", "confirm", "retry"]
