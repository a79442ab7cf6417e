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
from marketplace.inventory.queries import available, count_running_low, movements, running_low, stock, stock_of
from marketplace.inventory.rules import is_count
from marketplace.inventory.service import (
    adjust,
    consume,
    convert,
    hold_still,
    import_stock,
    open_stock,
    release,
    reserve,
    set_on_hand,
    take_back,
    warn_at,
)
from marketplace.inventory.states import AdjustReason, CountStatus, MovementKind, ReservationState
from marketplace.inventory.views import Count, Counted, MovementView, Reserved, Short, StockView, Want

__all__ = [
    "CONSTRAINTS",
    "AdjustReason",
    "BadCount",
    "Count",
    "CountStatus",
    "Counted",
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
    "adjust",
    "available",
    "consume",
    "convert",
    "count_running_low",
    "hold_still",
    "import_stock",
    "is_count",
    "movements",
    "open_stock",
    "release",
    "reserve",
    "running_low",
    "set_on_hand",
    "stock",
    "stock_of",
    "take_back",
    "warn_at",
]
