"""Facts that leave a slice: the outbox, and who has taken in what.

Owns `outbox_messages` and `deliveries`. Invariant: a fact is stored in the transaction that made it true, with one
delivery for each consumer of its topic, and is delivered when every one of them has taken it. No broker knows that.
"""

from marketplace.events.errors import CONSTRAINTS, DeadLetterNotFound
from marketplace.events.events import Event, body_of, read_body
from marketplace.events.queries import backlog, consumers_due, dead_letters
from marketplace.events.rules import next_try
from marketplace.events.service import (
    BATCH,
    CHANNEL,
    UNORDERED,
    Failure,
    claim,
    emit,
    forget_delivered,
    note_failure,
    note_taken,
    replay,
    take_unrelayed,
)
from marketplace.events.states import DeliveryState
from marketplace.events.views import Backlog, DeadLetterView, Envelope, Parcel

__all__ = [
    "BATCH",
    "CHANNEL",
    "CONSTRAINTS",
    "UNORDERED",
    "Backlog",
    "DeadLetterNotFound",
    "DeadLetterView",
    "DeliveryState",
    "Envelope",
    "Event",
    "Failure",
    "Parcel",
    "backlog",
    "body_of",
    "claim",
    "consumers_due",
    "dead_letters",
    "emit",
    "forget_delivered",
    "next_try",
    "note_failure",
    "note_taken",
    "read_body",
    "replay",
    "take_unrelayed",
]
