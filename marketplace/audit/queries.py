"""Reads of the audit trail."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.audit import rules
from marketplace.audit.models import AuditEntry
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
        select(AuditEntry).where(col(AuditEntry.chain_sequence).is_not(None)).order_by(col(AuditEntry.chain_sequence))
    )
    entries = session.execute(sealed.execution_options(yield_per=1_000)).scalars()
    waiting = (
        select(AuditEntry)
        .where(
            col(AuditEntry.chain_sequence).is_(None),
            col(AuditEntry.at) < now - timedelta(seconds=rules.UNSEALED_FOR_SECONDS),
        )
        .order_by(col(AuditEntry.position))
        .limit(1)
    )
    unsealed = (Breach(entry.position, "unsealed") for entry in session.execute(waiting).scalars())
    return tuple(islice(_false_links(entries), 1)) + tuple(unsealed)


def _false_links(entries: Iterable[AuditEntry]) -> Iterator[Breach]:
    previous = rules.FIRST_HASH
    for sequence, entry in enumerate(entries, start=1):
        if entry.chain_sequence != sequence:
            yield Breach(entry.position, "gap")
        if _hash_of(entry) != entry.content_hash:
            yield Breach(entry.position, "altered")
        if entry.previous_hash != previous:
            yield Breach(entry.position, "false link")
        previous = rules.link_hash(previous, sequence, entry.content_hash)
        if entry.link_hash != previous:
            yield Breach(entry.position, "false link")


def _hash_of(entry: AuditEntry) -> str:
    content = entry.content() | {"at": entry.at.astimezone(UTC).isoformat()}
    return rules.content_hash(content)
