"""What the house takes of a sale: schedules of rules, each with a version and the instant from which it holds.

Owns `fee_schedules` and `fee_rules`. Computes and stores nothing else: the order line keeps the snapshot, and no later
change of a rule touches what was agreed. Invariant: a schedule is never edited, only followed by the next version.
"""

from marketplace.fees.errors import CONSTRAINTS, NoRule
from marketplace.fees.queries import assess, book, vat_bps
from marketplace.fees.rules import FeeBook, FeeFacts, FeeRule, FeeSnapshot
from marketplace.fees.service import install_default

__all__ = [
    "CONSTRAINTS",
    "FeeBook",
    "FeeFacts",
    "FeeRule",
    "FeeSnapshot",
    "NoRule",
    "assess",
    "book",
    "install_default",
    "vat_bps",
]
