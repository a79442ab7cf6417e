"""Commands on wishes."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import CursorResult, delete, text
from sqlmodel import col

from marketplace.idempotency.errors import InProgress, KeyReused
from marketplace.idempotency.models import StoredWish
from marketplace.idempotency.rules import Wish
from marketplace.idempotency.views import StoredAnswer
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.work import UnitOfWork

_CLAIM: Final = text("""
SELECT lock.is_ours, wish.id, wish.fingerprint, wish.outcome, wish.body, wish.expires_at
FROM (SELECT pg_try_advisory_xact_lock(:lock) AS is_ours) AS lock
LEFT JOIN wishes AS wish ON wish.scope = :scope AND wish.key = :key
""")
_ANSWER: Final = text("""
INSERT INTO wishes (id, scope, key, fingerprint, outcome, body, made_at, expires_at)
VALUES (:id, :scope, :key, :fingerprint, :outcome, :body, :now, :expires_at)
""")


def claim(uow: UnitOfWork, *, wish: Wish) -> StoredAnswer | None:
    """Take a wish on, or return what it was answered before.

    The claim is a lock that lives as long as this unit: whoever asks meanwhile is told that it is in progress,
    and a unit that dies leaves nothing behind. Whoever took the lock in the blink after the first was answered, and so
    did not see its answer, is refused by the key of the table, and finds the answer when he asks again.
    """
    stored = uow.session.execute(_CLAIM, {"lock": _lock_number(wish), "scope": wish.scope, "key": wish.key}).one()
    if not stored.is_ours:
        raise InProgress
    if stored.id is None:
        return None
    if stored.expires_at <= uow.now:
        uow.session.execute(delete(StoredWish).where(col(StoredWish.id) == stored.id))
        return None
    if stored.fingerprint != wish.fingerprint:
        raise KeyReused
    return StoredAnswer(stored.outcome, bytes(stored.body))


def answer(uow: UnitOfWork, *, wish: Wish, outcome: str, body: bytes) -> None:
    """Store what a claimed wish was answered, in the transaction of its effect."""
    values = {
        "id": new_uuid(),
        "scope": wish.scope,
        "key": wish.key,
        "fingerprint": wish.fingerprint,
        "outcome": outcome,
        "body": body,
        "now": uow.now,
        "expires_at": uow.now + timedelta(days=wish.keeps_days),
    }
    uow.session.execute(_ANSWER, values)


def forget_expired(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete answers whose life is over; returns how many."""
    result = uow.session.execute(delete(StoredWish).where(col(StoredWish.expires_at) < before))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _lock_number(wish: Wish) -> int:
    digest = hashlib.sha256(f"{wish.scope}\x00{wish.key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
