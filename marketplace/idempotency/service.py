"""Commands on wishes."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, delete
from sqlmodel import col

from marketplace.idempotency.errors import InProgress, KeyReused
from marketplace.idempotency.models import StoredWish
from marketplace.idempotency.rules import Wish
from marketplace.idempotency.views import StoredAnswer
from marketplace.kernel.frozen import by_hand
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.last import Share, write_last
from marketplace.kernel.work import UnitOfWork

_CLAIM: Final = by_hand("""
SELECT lock.is_ours, wish.id, wish.fingerprint, wish.outcome, wish.body, wish.expires_at
FROM (SELECT pg_try_advisory_xact_lock(:lock) AS is_ours) AS lock
LEFT JOIN wishes AS wish ON wish.scope = :scope AND wish.key = :key
""")
_ANSWER: Final = """
wish_answered_{n} AS (
    INSERT INTO wishes (id, scope, key, fingerprint, outcome, body, made_at, expires_at)
    VALUES (:wish_id_{n}, :wish_scope_{n}, :wish_key_{n}, :wish_fingerprint_{n}, :wish_outcome_{n}, :wish_body_{n},
        :wish_made_at_{n}, :wish_expires_at_{n})
)
"""


def claim(uow: UnitOfWork, *, wish: Wish) -> StoredAnswer | None:
    """Take a wish on, or return what it was answered before.

    The claim is a lock that lives as long as this unit: whoever asks meanwhile is told that it is in progress,
    and a unit that dies leaves nothing behind. Whoever took the lock in the blink after the first was answered, and so
    did not see its answer, is refused by the key of the table, and finds the answer when he asks again.
    """
    stored = _CLAIM.run(uow.session, {"lock": _lock_number(wish), "scope": wish.scope, "key": wish.key}).one()
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
        "made_at": uow.now,
        "expires_at": uow.now + timedelta(days=wish.keeps_days),
    }
    write_last(uow.session, _share, [values])


def forget_expired(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete answers whose life is over; returns how many."""
    result = uow.session.execute(delete(StoredWish).where(col(StoredWish.expires_at) < before))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _share(answers: Sequence[Mapping[str, Any]]) -> Share:
    steps = ", ".join(_ANSWER.format(n=place) for place in range(len(answers)))
    values = {f"wish_{name}_{place}": value for place, one in enumerate(answers) for name, value in one.items()}
    return Share(steps, values)


def _lock_number(wish: Wish) -> int:
    digest = hashlib.sha256(f"{wish.scope}\x00{wish.key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
