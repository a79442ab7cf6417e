"""Paying vendors: what of their money has matured, and the payouts that send it.

Owns `payouts` and `payout_orders`; of an order it reads the order's own columns and nothing above them. Invariant: an
order's money matures once and is paid by one payout at most, a payout is the sum of its orders, and nobody confirms
what he prepared.
"""

from marketplace.settlement.errors import (
    CONSTRAINTS,
    FourEyes,
    NotCovered,
    OrderHeld,
    OwnPayout,
    PaidAlready,
    PayoutNotFound,
)
from marketplace.settlement.events import PayoutConfirmed, PayoutFact, PayoutPaid, PayoutProposed
from marketplace.settlement.queries import earnings, payout, payouts, takes_two
from marketplace.settlement.service.maturing import mature
from marketplace.settlement.service.paying import confirm_payout
from marketplace.settlement.service.proposing import propose
from marketplace.settlement.states import PayoutState
from marketplace.settlement.views import EarningsView, PayoutView

__all__ = [
    "CONSTRAINTS",
    "EarningsView",
    "FourEyes",
    "NotCovered",
    "OrderHeld",
    "OwnPayout",
    "PaidAlready",
    "PayoutConfirmed",
    "PayoutFact",
    "PayoutNotFound",
    "PayoutPaid",
    "PayoutProposed",
    "PayoutState",
    "PayoutView",
    "confirm_payout",
    "earnings",
    "mature",
    "payout",
    "payouts",
    "propose",
    "takes_two",
]
