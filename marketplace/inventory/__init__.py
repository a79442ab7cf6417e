"""Stock: what is there, what of it is promised, and every change it went through.

Owns `locations`, `stock`, `reservations` and `movements`. Knows no orders, only the ids of their lines. Invariant:
nothing is promised that is not there, and each figure of the stock is the sum of its movements.
"""

from marketplace.inventory.errors import (
    CONSTRAINTS,
    BadCount,
    InsufficientStock,
    NotReserved,
    PromisedAlready,
    StockChangedMeanwhile,
    StockNotFound,
)
from marketplace.inventory.events import StockChanged, StockRanOut
from marketplace.inventory.queries import available, movements, stock, stock_of
from marketplace.inventory.states import AdjustReason, MovementKind, ReservationState
from marketplace.inventory.views import Count, MovementView, Reserved, Short, StockView, Want

__all__ = [
    "CONSTRAINTS",
    "AdjustReason",
    "BadCount",
    "Count",
    "InsufficientStock",
    "MovementKind",
    "MovementView",
    "NotReserved",
    "PromisedAlready",
    "ReservationState",
    "Reserved",
    "Short",
    "StockChanged",
    "StockChangedMeanwhile",
    "StockNotFound",
    "StockRanOut",
    "StockView",
    "Want",
    "available",
    "movements",
    "stock",
    "stock_of",
]
