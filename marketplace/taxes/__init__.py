"""Taxes on what vendors sell: rates by category, with the day from which each holds.

Owns `tax_rates`. Computes and stores nothing else: whoever asks keeps the snapshot, and later figures are read from it.
Invariant: net and tax always add up to what the buyer pays.
"""

from marketplace.taxes.errors import CONSTRAINTS, NoRate
from marketplace.taxes.queries import assess, book
from marketplace.taxes.rules import TaxBook, TaxRate, TaxSnapshot
from marketplace.taxes.service import install_default

__all__ = ["CONSTRAINTS", "NoRate", "TaxBook", "TaxRate", "TaxSnapshot", "assess", "book", "install_default"]
