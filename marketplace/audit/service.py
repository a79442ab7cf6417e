"""Commands of the audit trail."""

from datetime import UTC
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from marketplace.audit import rules
from marketplace.audit.models import AuditEntry
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork

SEALS_AT_ONCE: Final = 2_000

SEALER_LOCK: Final = 7_201
"""The advisory lock that lets one sealer work at a time."""


def record(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    object_id: UUID | str,
    *,
    store_id: StoreId | None = None,
    before: Any = None,  # noqa: ANN401 (whatever JSON describes the thing)
    after: Any = None,  # noqa: ANN401 (likewise)
    reason: str | None = None,
) -> None:
    """Write down a deed, in the transaction that did it. Never pass secrets: entries cannot be taken back."""
    entry = AuditEntry(
        at=uow.now.astimezone(UTC),
        actor=actor.name,
        action=action,
        object_id=str(object_id),
        store_id=store_id,
        before=before,
        after=after,
        reason=reason,
        request_id=uow.request_id,
        content_hash="",
    )
    entry.content_hash = rules.content_hash(entry.content())
    uow.session.add(entry)


def seal(uow: UnitOfWork) -> int:
    """Chain the entries that were committed since the last seal; returns how many. One sealer works at a time."""
    if not uow.session.execute(select(func.pg_try_advisory_xact_lock(SEALER_LOCK))).scalar_one():
        return 0
    last = uow.session.execute(
        select(AuditEntry)
        .where(col(AuditEntry.chain_sequence).is_not(None))
        .order_by(col(AuditEntry.chain_sequence).desc())
        .limit(1)
    ).scalar_one_or_none()
    previous, sequence = (last.link_hash, last.chain_sequence) if last else (rules.FIRST_HASH, 0)
    waiting = (
        select(AuditEntry)
        .where(col(AuditEntry.chain_sequence).is_(None))
        .order_by(col(AuditEntry.position))
        .limit(SEALS_AT_ONCE)
    )
    entries = uow.session.execute(waiting).scalars().all()
    for entry in entries:
        sequence = (sequence or 0) + 1
        entry.previous_hash = previous
        previous = rules.link_hash(previous or "", sequence, entry.content_hash)
        entry.chain_sequence, entry.link_hash = sequence, previous
    return len(entries)
