"""Orders: what buyers agreed to buy from vendors, and how far that has come.

Owns `checkout_groups`, `orders`, `order_lines`, `order_moves` and `order_holds`, and alone posts the money of an order.
Owns no stock, no prices and no road: it copies what was agreed when it was placed, and is told what happens later.
Invariant: the stored state of an order is the one its lines and milestones derive, its sums are those of the lines
that will be sent, and each step is written down once.
"""

from marketplace.orders.errors import CONSTRAINTS, OnHold, OrderNotFound
from marketplace.orders.events import (
    OrderCanceled,
    OrderClosed,
    OrderDecided,
    OrderDelivered,
    OrderDeliveryFailed,
    OrderExpired,
    OrderFact,
    OrderHeld,
    OrderNudged,
    OrderPickedUp,
    OrderPlaced,
    OrderReady,
    OrderResumed,
    OrderReturned,
    OrderSettled,
)
from marketplace.orders.queries import board, by_number, group, newest
from marketplace.orders.states import (
    CancelReason,
    Decision,
    HoldReason,
    LineState,
    OrderState,
    PaidState,
    RejectReason,
    Side,
)
from marketplace.orders.views import (
    BoardCard,
    BoardColumn,
    GroupView,
    HoldView,
    LineView,
    MoveView,
    OrderView,
    RejectedLine,
    StoreRef,
    Totals,
)

__all__ = [
    "CONSTRAINTS",
    "BoardCard",
    "BoardColumn",
    "CancelReason",
    "Decision",
    "GroupView",
    "HoldReason",
    "HoldView",
    "LineState",
    "LineView",
    "MoveView",
    "OnHold",
    "OrderCanceled",
    "OrderClosed",
    "OrderDecided",
    "OrderDelivered",
    "OrderDeliveryFailed",
    "OrderExpired",
    "OrderFact",
    "OrderHeld",
    "OrderNotFound",
    "OrderNudged",
    "OrderPickedUp",
    "OrderPlaced",
    "OrderReady",
    "OrderResumed",
    "OrderReturned",
    "OrderSettled",
    "OrderState",
    "OrderView",
    "PaidState",
    "RejectReason",
    "RejectedLine",
    "Side",
    "StoreRef",
    "Totals",
    "board",
    "by_number",
    "group",
    "newest",
]
