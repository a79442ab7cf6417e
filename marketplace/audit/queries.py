"""Reads of the audit trail."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.audit import rules
from marketplace.audit.models import AuditEntry, AuditSeal
from marketplace.audit.views import Breach, EntryView

MOST_SHOWN = 200


def of_object(session: Session, *, object_id: str) -> tuple[EntryView, ...]:
    """List what was done to one thing, newest first."""
    found = (
        select(AuditEntry)
        .where(col(AuditEntry.object_id) == object_id)
        .order_by(col(AuditEntry.position).desc())
        .limit(MOST_SHOWN)
    )
    return tuple(
        EntryView(entry.at, entry.actor, entry.action, entry.object_id, entry.before, entry.after, entry.reason)
        for entry in session.execute(found).scalars()
    )


def verify(session: Session, *, now: datetime) -> tuple[Breach, ...]:
    """Walk the chain and name the first breach: an altered entry, a gap, a false link, or one unsealed too long."""
    sealed = (
        select(AuditEntry, AuditSeal)
        .join(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .order_by(col(AuditSeal.sequence))
    )
    with session.execute(sealed.execution_options(yield_per=1_000)) as links:
        first = tuple(islice(_false_links(links), 1))
    waiting = (
        select(col(AuditEntry.position))
        .outerjoin(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .where(
            col(AuditSeal.entry_id).is_(None),
            col(AuditEntry.at) < now - timedelta(seconds=rules.UNSEALED_FOR_SECONDS),
        )
        .order_by(col(AuditEntry.position))
        .limit(1)
    )
    unsealed = (Breach(position, "unsealed") for position in session.execute(waiting).scalars())
    return first + tuple(unsealed)


def _false_links(links: Iterable[tuple[AuditEntry, AuditSeal]]) -> Iterator[Breach]:
    previous = rules.FIRST_HASH
    for sequence, (entry, seal) in enumerate(links, start=1):
        if seal.sequence != sequence:
            yield Breach(entry.position, "gap")
        if _hash_of(entry) != entry.content_hash:
            yield Breach(entry.position, "altered")
        if seal.previous_hash != previous:
            yield Breach(entry.position, "false link")
        previous = rules.link_hash(previous, sequence, entry.content_hash)
        if seal.link_hash != previous:
            yield Breach(entry.position, "false link")


def _hash_of(entry: AuditEntry) -> str:
    content = entry.content() | {"at": entry.at.astimezone(UTC).isoformat()}
    return rules.content_hash(content)
