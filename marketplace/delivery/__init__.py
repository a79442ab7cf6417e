"""The road: who carries which parcel, what happened at the door, and the cash that came of it.

Owns agents, assignments, stops, attempts, codes, proofs, cash collections, cash exceptions and hand-overs. Moves orders
by their own commands and posts only the cash between agent and safe: the money of an order is posted by orders.
Invariant: an order is with one agent at most, its cash is taken once, and nobody counts what he brought himself.
"""

from marketplace.delivery.errors import CONSTRAINTS
from marketplace.delivery.events import (
    Assigned,
    CashCollected,
    CashExceptionDecided,
    CashExceptionRaised,
    DeliveryFailed,
    HandedOver,
    HandOverAccepted,
    HandOverDisputed,
    HandOverFact,
    ParcelFact,
    PickedUp,
    Withdrawn,
)
from marketplace.delivery.states import (
    AssignmentState,
    ExceptionState,
    FailureReason,
    HandOverState,
    ProofKind,
    StopKind,
    StopState,
)

__all__ = [
    "CONSTRAINTS",
    "Assigned",
    "AssignmentState",
    "CashCollected",
    "CashExceptionDecided",
    "CashExceptionRaised",
    "DeliveryFailed",
    "ExceptionState",
    "FailureReason",
    "HandOverAccepted",
    "HandOverDisputed",
    "HandOverFact",
    "HandOverState",
    "HandedOver",
    "ParcelFact",
    "PickedUp",
    "ProofKind",
    "StopKind",
    "StopState",
    "Withdrawn",
]
