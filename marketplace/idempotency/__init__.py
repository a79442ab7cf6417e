"""Wishes and their answers: asking twice is asking once.

Owns `wishes`. Invariant: within its life a wish (scope, key) has one answer, stored in the transaction of its effect.
"""

from marketplace.idempotency.errors import CONSTRAINTS, InProgress, KeyReused
from marketplace.idempotency.rules import Wish, fingerprint
from marketplace.idempotency.service import answer, claim, forget_expired
from marketplace.idempotency.views import StoredAnswer

__all__ = [
    "CONSTRAINTS",
    "InProgress",
    "KeyReused",
    "StoredAnswer",
    "Wish",
    "answer",
    "claim",
    "fingerprint",
    "forget_expired",
]
