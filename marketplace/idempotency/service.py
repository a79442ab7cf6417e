"""Commands on wishes."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Select, delete, func, select
from sqlmodel import col

from marketplace.idempotency.errors import InProgress, KeyReused
from marketplace.idempotency.models import StoredWish
from marketplace.idempotency.rules import Wish
from marketplace.idempotency.views import StoredAnswer
from marketplace.kernel.work import UnitOfWork


def claim(uow: UnitOfWork, *, wish: Wish) -> StoredAnswer | None:
    """Take a wish on, or return what it was answered before.

    The claim is a lock that lives as long as this unit: whoever asks meanwhile is told that it is in progress,
    and a unit that dies leaves nothing behind. Whoever took the lock in the blink after the first was answered, and so
    did not see its answer, is refused by the key of the table, and finds the answer when he asks again.
    """
    is_ours, stored = uow.session.execute(_claiming(wish)).one()
    if not is_ours:
        raise InProgress
    if stored is None:
        return None
    if stored.expires_at <= uow.now:
        uow.session.delete(stored)
        uow.session.flush()
        return None
    if stored.fingerprint != wish.fingerprint:
        raise KeyReused
    return StoredAnswer(stored.outcome, stored.body)


def _claiming(wish: Wish) -> Select[tuple[bool, StoredWish | None]]:
    lock = select(func.pg_try_advisory_xact_lock(_lock_number(wish)).label("is_ours")).subquery()
    is_this = (col(StoredWish.scope) == wish.scope) & (col(StoredWish.key) == wish.key)
    return select(lock.c.is_ours, StoredWish).select_from(lock.outerjoin(StoredWish, is_this))


def answer(uow: UnitOfWork, *, wish: Wish, outcome: str, body: bytes) -> None:
    """Store what a claimed wish was answered, in the transaction of its effect."""
    uow.session.add(
        StoredWish(
            scope=wish.scope,
            key=wish.key,
            fingerprint=wish.fingerprint,
            outcome=outcome,
            body=body,
            made_at=uow.now,
            expires_at=uow.now + timedelta(days=wish.keeps_days),
        )
    )


def forget_expired(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete answers whose life is over; returns how many."""
    result = uow.session.execute(delete(StoredWish).where(col(StoredWish.expires_at) < before))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _lock_number(wish: Wish) -> int:
    digest = hashlib.sha256(f"{wish.scope}\x00{wish.key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
