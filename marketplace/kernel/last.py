"""What a unit writes last, in few statements: rows that nobody reads before it ends, as facts and audit entries are.

A session that the house's `Database` has not opened writes them at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

LAST: Final = "last"
"""Under this name a session carries what it has yet to write."""

Writer = Callable[[Session, Sequence[Any]], None]


@dataclass(slots=True)
class Pending:
    """What waits, and how much of it waited before each savepoint: undoing one forgets what came after it."""

    rows: list[tuple[Writer, Any]] = field(default_factory=list)
    marks: dict[SessionTransaction, int] = field(default_factory=dict)


def write_last(session: Session, writer: Writer, rows: Sequence[Any]) -> None:
    """Have rows written before the unit ends, together with all others of the same writer and in their order."""
    pending: Pending | None = session.info.get(LAST)
    if pending is None:
        writer(session, rows)
        return
    pending.rows.extend((writer, row) for row in rows)


def write_pending(session: Session) -> None:
    """Write what waits: the unit ends."""
    pending: Pending | None = session.info.get(LAST)
    if pending is None:
        return
    by_writer: dict[Writer, list[Any]] = {}
    for writer, row in pending.rows:
        by_writer.setdefault(writer, []).append(row)
    pending.rows.clear()
    for writer, rows in by_writer.items():
        writer(session, rows)


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    pending: Pending | None = session.info.get(LAST)
    if pending is not None and transaction.nested:
        pending.marks[transaction] = len(pending.rows)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, undone: SessionTransaction) -> None:
    pending: Pending | None = session.info.get(LAST)
    if pending is None:
        return
    if undone.nested:
        del pending.rows[pending.marks.pop(undone, 0) :]
    elif undone.parent is None:
        pending.rows.clear()
