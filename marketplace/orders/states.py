"""The journey of an order: its lines carry the machine, the order's own table says what may be asked of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class LineState(StrEnum):
    """Where one line of an order stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    READY = "ready"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELED = "canceled"


class LineAction(StrEnum):
    """What can be done to a line."""

    ACCEPT = "accept"
    REJECT = "reject"
    EXPIRE = "expire"
    CANCEL = "cancel"
    PACK = "pack"
    PICK_UP = "pick_up"
    DELIVER = "deliver"
    TAKE_BACK = "take_back"


LINE: Final = Machine(
    noun="order line",
    initial=LineState.PENDING,
    moves={
        LineState.PENDING: {
            LineAction.ACCEPT: LineState.ACCEPTED,
            LineAction.REJECT: LineState.REJECTED,
            LineAction.EXPIRE: LineState.EXPIRED,
            LineAction.CANCEL: LineState.CANCELED,
        },
        LineState.ACCEPTED: {LineAction.PACK: LineState.READY, LineAction.CANCEL: LineState.CANCELED},
        LineState.READY: {LineAction.PICK_UP: LineState.IN_TRANSIT, LineAction.CANCEL: LineState.CANCELED},
        LineState.IN_TRANSIT: {LineAction.DELIVER: LineState.DELIVERED, LineAction.TAKE_BACK: LineState.RETURNED},
        LineState.DELIVERED: {},
        LineState.RETURNED: {},
        LineState.REJECTED: {},
        LineState.EXPIRED: {},
        LineState.CANCELED: {},
    },
)

DROPPED: Final = frozenset({LineState.REJECTED, LineState.EXPIRED, LineState.CANCELED})
"""Lines that will not be sent, and are not paid for."""


class OrderState(StrEnum):
    """Where an order stands."""

    PLACING = "placing"
    PAYMENT_FAILED = "payment_failed"
    PLACED = "placed"
    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELED = "canceled"
    READY = "ready"
    IN_TRANSIT = "in_transit"
    DELIVERY_FAILED = "delivery_failed"
    RETURNING = "returning"
    RETURNED = "returned"
    DELIVERED = "delivered"
    CLOSED = "closed"


class OrderAction(StrEnum):
    """What can be done to an order."""

    CONFIRM = "confirm"
    FAIL_PAYMENT = "fail_payment"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    REJECT = "reject"
    EXPIRE = "expire"
    CANCEL = "cancel"
    PACK = "pack"
    PICK_UP = "pick_up"
    TRY_AGAIN = "try_again"
    DELIVER = "deliver"
    FAIL_DELIVERY = "fail_delivery"
    TURN_BACK = "turn_back"
    TAKE_BACK = "take_back"
    CLOSE = "close"


_ACCEPTED: Final[Mapping[OrderAction, OrderState]] = {
    OrderAction.PACK: OrderState.READY,
    OrderAction.CANCEL: OrderState.CANCELED,
}

# An order is placed by one statement, in which its payment on delivery is agreed as well, so nothing takes the first
# two steps yet: they are those of payments that are authorized outside, between two units (B10, settled questions 4).
ORDER: Final = Machine(
    noun="order",
    initial=OrderState.PLACING,
    moves={
        OrderState.PLACING: {
            OrderAction.CONFIRM: OrderState.PLACED,
            OrderAction.FAIL_PAYMENT: OrderState.PAYMENT_FAILED,
            OrderAction.REJECT: OrderState.REJECTED,
        },
        OrderState.PAYMENT_FAILED: {},
        OrderState.PLACED: {
            OrderAction.ACCEPT: OrderState.ACCEPTED,
            OrderAction.ACCEPT_PARTLY: OrderState.PARTIALLY_ACCEPTED,
            OrderAction.REJECT: OrderState.REJECTED,
            OrderAction.EXPIRE: OrderState.EXPIRED,
            OrderAction.CANCEL: OrderState.CANCELED,
        },
        OrderState.ACCEPTED: _ACCEPTED,
        OrderState.PARTIALLY_ACCEPTED: _ACCEPTED,
        OrderState.REJECTED: {},
        OrderState.EXPIRED: {},
        OrderState.CANCELED: {},
        OrderState.READY: {OrderAction.PICK_UP: OrderState.IN_TRANSIT, OrderAction.CANCEL: OrderState.CANCELED},
        OrderState.IN_TRANSIT: {
            OrderAction.DELIVER: OrderState.DELIVERED,
            OrderAction.FAIL_DELIVERY: OrderState.DELIVERY_FAILED,
        },
        OrderState.DELIVERY_FAILED: {
            OrderAction.TRY_AGAIN: OrderState.IN_TRANSIT,
            OrderAction.TURN_BACK: OrderState.RETURNING,
        },
        OrderState.RETURNING: {OrderAction.TAKE_BACK: OrderState.RETURNED},
        OrderState.RETURNED: {},
        OrderState.DELIVERED: {OrderAction.CLOSE: OrderState.CLOSED},
        OrderState.CLOSED: {},
    },
)

FORWARD: Final = frozenset(
    {
        OrderAction.ACCEPT,
        OrderAction.ACCEPT_PARTLY,
        OrderAction.PACK,
        OrderAction.PICK_UP,
        OrderAction.TRY_AGAIN,
        OrderAction.DELIVER,
        OrderAction.CLOSE,
    }
)
"""What an open hold refuses (settled: holds)."""

DONE_TO_LINES: Final[Mapping[OrderAction, LineAction]] = {
    OrderAction.ACCEPT: LineAction.ACCEPT,
    OrderAction.REJECT: LineAction.REJECT,
    OrderAction.EXPIRE: LineAction.EXPIRE,
    OrderAction.CANCEL: LineAction.CANCEL,
    OrderAction.PACK: LineAction.PACK,
    OrderAction.PICK_UP: LineAction.PICK_UP,
    OrderAction.DELIVER: LineAction.DELIVER,
    OrderAction.TAKE_BACK: LineAction.TAKE_BACK,
}
"""What an action on an order does to every line that is not dropped."""

NOT_PLACED: Final = frozenset({OrderState.PLACING, OrderState.PAYMENT_FAILED})
"""States that only the buyer sees."""

STOPPED: Final = frozenset(
    {OrderState.PAYMENT_FAILED, OrderState.REJECTED, OrderState.EXPIRED, OrderState.CANCELED, OrderState.RETURNED}
)
"""States in which nothing will be paid any more."""

HOLDABLE: Final = frozenset(
    {
        OrderState.PLACED,
        OrderState.ACCEPTED,
        OrderState.PARTIALLY_ACCEPTED,
        OrderState.READY,
        OrderState.DELIVERY_FAILED,
        OrderState.DELIVERED,
    }
)
"""States in which an order may be held: those in which nobody is on the road with it, and something is left to do."""


WAITING_FOR_VENDOR: Final = frozenset({OrderState.PLACED, OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED})
"""States in which it is the vendor's turn."""

UNSHIPPED: Final = frozenset({OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED, OrderState.READY})
"""States in which an order was promised, and nobody has picked it up yet."""


class PaidState(StrEnum):
    """How far the money of an order has come: to the agent, to the safe, to the vendor."""

    UNPAID = "unpaid"
    CAPTURED = "captured"
    SETTLED = "settled"
    PAID = "paid"
    CANCELED = "canceled"


class Decision(StrEnum):
    """What a vendor says to a line."""

    ACCEPT = "accept"
    REJECT = "reject"


class RejectReason(StrEnum):
    """Why a line is not sold."""

    OUT_OF_STOCK = "out_of_stock"
    WRONG_PRICE = "wrong_price"
    CANNOT_SHIP = "cannot_ship"
    DAMAGED = "damaged"
    NOT_AVAILABLE = "not_available"
    OTHER = "other"


class CancelReason(StrEnum):
    """Why an order was canceled."""

    BUYER_CHANGED_MIND = "buyer_changed_mind"
    ORDERED_BY_MISTAKE = "ordered_by_mistake"
    TOO_SLOW = "too_slow"
    OUT_OF_STOCK = "out_of_stock"
    CANNOT_SHIP = "cannot_ship"
    SUPPORT_DECISION = "support_decision"
    OTHER = "other"


class HoldReason(StrEnum):
    """Why an order is held."""

    PAYMENT = "payment"
    LICENSE = "license"
    FRAUD = "fraud"
    STOCK = "stock"
    ADDRESS = "address"


class Side(StrEnum):
    """On whose side somebody acts on an order."""

    BUYER = "buyer"
    VENDOR = "vendor"
    HOUSE = "house"
