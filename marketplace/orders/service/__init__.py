"""Commands on orders, by what they are about."""

from marketplace.orders.service.canceling import cancel, cancel_unshipped
from marketplace.orders.service.deciding import decide
from marketplace.orders.service.fulfilling import fail_delivery, pick_up, ready, returned
from marketplace.orders.service.holding import hold, resume
from marketplace.orders.service.paying import close, close_due, deliver, note_cash_handed_over, settle
from marketplace.orders.service.placing import place
from marketplace.orders.service.retrying import to_retry
from marketplace.orders.service.waiting import expire, nudge, nudge_due

__all__ = [
    "cancel",
    "cancel_unshipped",
    "close",
    "close_due",
    "decide",
    "deliver",
    "expire",
    "fail_delivery",
    "hold",
    "note_cash_handed_over",
    "nudge",
    "nudge_due",
    "pick_up",
    "place",
    "ready",
    "resume",
    "returned",
    "settle",
    "to_retry",
]
