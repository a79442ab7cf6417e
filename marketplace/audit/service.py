"""Commands of the audit trail."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import delete, func, select
from sqlmodel import col

from marketplace.audit import rules
from marketplace.audit.models import AuditEntry, AuditSeal, UnsealedEntry
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.last import Share, write_last
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork

_RECORD: Final = """
audit_written AS (
    INSERT INTO audit_entries
        (id, at, actor, action, object_id, store_id, before, after, reason, request_id, content_hash)
    SELECT (row->>'id')::uuid, (row->>'at')::timestamptz, row->>'actor', row->>'action', row->>'object_id',
        (row->>'store_id')::uuid, row->'before', row->'after', row->>'reason', row->>'request_id', row->>'content_hash'
    FROM jsonb_array_elements(CAST(:audit_rows AS jsonb)) WITH ORDINALITY AS entry (row, place)
    ORDER BY place
    RETURNING id
), audit_unsealed AS (
    INSERT INTO unsealed_audit_entries (entry_id) SELECT id FROM audit_written
)
"""
"""Entries, and their place in the sealer's queue."""

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
    write_last(uow.session, _share, [entry])


def seal(uow: UnitOfWork) -> int:
    """Chain the entries that were committed since the last seal; returns how many. One sealer works at a time."""
    if not uow.session.execute(select(func.pg_try_advisory_xact_lock(SEALER_LOCK))).scalar_one():
        return 0
    last = uow.session.execute(select(AuditSeal).order_by(col(AuditSeal.sequence).desc()).limit(1)).scalar_one_or_none()
    previous, sequence = (last.link_hash, last.sequence) if last else (rules.FIRST_HASH, 0)
    waiting = (
        select(col(AuditEntry.id), col(AuditEntry.content_hash))
        .join(UnsealedEntry, col(UnsealedEntry.entry_id) == col(AuditEntry.id))
        .order_by(col(AuditEntry.position))
        .limit(SEALS_AT_ONCE)
    )
    seals: list[dict[str, Any]] = []
    for place, (entry_id, content) in enumerate(uow.session.execute(waiting), start=sequence + 1):
        link = rules.link_hash(previous, place, content)
        seals.append({"entry_id": entry_id, "sequence": place, "previous_hash": previous, "link_hash": link})
        previous = link
    if seals:
        put_rows(uow.session, AuditSeal, seals)
        sealed = [seal["entry_id"] for seal in seals]
        uow.session.execute(delete(UnsealedEntry).where(among(col(UnsealedEntry.entry_id), sealed)))
    return len(seals)


def _share(entries: Sequence[AuditEntry]) -> Share:
    rows = [entry.content() | {"content_hash": entry.content_hash} for entry in entries]
    return Share(_RECORD, {"audit_rows": orjson.dumps(rows).decode()})
