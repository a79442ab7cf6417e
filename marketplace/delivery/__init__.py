"""The road: who carries which parcel, what happened at the door, and the cash that came of it.

Owns agents, assignments, stops, attempts, codes, proofs, cash collections, cash exceptions and hand-overs. Moves orders
by their own commands and posts only the cash between agent and safe: the money of an order is posted by orders.
Invariant: an order is with one agent at most, its cash is taken once, and nobody counts what he brought himself.
"""

from marketplace.delivery.errors import CONSTRAINTS, NoCode, OrderNotFound, StopNotFound, WrongCode
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
from marketplace.delivery.queries import (
    agents,
    cash_in_hand,
    code_for_buyer,
    exceptions,
    hand_overs,
    of_order,
    queue,
    stop,
    stops,
)
from marketplace.delivery.service.assigning import assign, withdraw
from marketplace.delivery.service.cash import collect_cash, decide_exception
from marketplace.delivery.service.handing_over import accept_hand_over, clear_hand_over, hand_over
from marketplace.delivery.service.round import Evidence, Place, confirm_return, deliver, fail, pick_up
from marketplace.delivery.states import (
    AssignmentState,
    ExceptionState,
    FailureReason,
    HandOverState,
    ProofKind,
    StopKind,
    StopState,
)
from marketplace.delivery.views import (
    AgentView,
    AssignmentView,
    CashInHandView,
    CashView,
    CodeView,
    CollectionView,
    DoorView,
    ExceptionView,
    HandOverView,
    QueueItem,
    StopView,
)

__all__ = [
    "CONSTRAINTS",
    "AgentView",
    "Assigned",
    "AssignmentState",
    "AssignmentView",
    "CashCollected",
    "CashExceptionDecided",
    "CashExceptionRaised",
    "CashInHandView",
    "CashView",
    "CodeView",
    "CollectionView",
    "DeliveryFailed",
    "DoorView",
    "Evidence",
    "ExceptionState",
    "ExceptionView",
    "FailureReason",
    "HandOverAccepted",
    "HandOverDisputed",
    "HandOverFact",
    "HandOverState",
    "HandOverView",
    "HandedOver",
    "NoCode",
    "OrderNotFound",
    "ParcelFact",
    "PickedUp",
    "Place",
    "ProofKind",
    "QueueItem",
    "StopKind",
    "StopNotFound",
    "StopState",
    "StopView",
    "Withdrawn",
    "WrongCode",
    "accept_hand_over",
    "agents",
    "assign",
    "cash_in_hand",
    "clear_hand_over",
    "code_for_buyer",
    "collect_cash",
    "confirm_return",
    "decide_exception",
    "deliver",
    "exceptions",
    "fail",
    "hand_over",
    "hand_overs",
    "of_order",
    "pick_up",
    "queue",
    "stop",
    "stops",
    "withdraw",
]
