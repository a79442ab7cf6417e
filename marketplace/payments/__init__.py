"""How buyers pay: one intent for each order, and what came of it.

Owns `payment_intents`; knows an order by its id alone, and posts nothing: the money of an order is posted by orders.
Invariant: an intent is captured once, for exactly its amount, and one that is canceled is never captured.
"""

from marketplace.payments.errors import CONSTRAINTS, IntentNotFound, WrongAmount
from marketplace.payments.events import PaymentCaptured
from marketplace.payments.queries import intent_of, intents_of
from marketplace.payments.service import cancel, intend, record_capture, reduce
from marketplace.payments.states import PaymentMethod, PaymentState
from marketplace.payments.views import IntentView

__all__ = [
    "CONSTRAINTS",
    "IntentNotFound",
    "IntentView",
    "PaymentCaptured",
    "PaymentMethod",
    "PaymentState",
    "WrongAmount",
    "cancel",
    "intend",
    "intent_of",
    "intents_of",
    "record_capture",
    "reduce",
]
