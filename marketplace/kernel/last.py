"""What a unit writes last, in one statement: rows that nobody reads before it ends, as facts and audit entries are.

A session that the house's `Database` has not opened writes them at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from marketplace.kernel.frozen import Frozen, by_hand

LAST: Final = "last"
"""Under this name a session carries what it has yet to write."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one writer has in the last statement: `name AS (...)` for each step, and what is called when all are done.

    Names of steps and of values are of the whole statement, so each begins with a word of its writer.
    """

    steps: str
    values: Mapping[str, Any]
    call: str = ""


Writer = Callable[[Sequence[Any]], Share]


@dataclass(slots=True)
class Pending:
    """What waits, and how much of it waited before each savepoint: undoing one forgets what came after it."""

    rows: list[tuple[Writer, Any]] = field(default_factory=list)
    marks: dict[SessionTransaction, int] = field(default_factory=dict)


def write_last(session: Session, writer: Writer, rows: Sequence[Any]) -> None:
    """Have rows written when the unit ends, together with all others of the same writer and in their order."""
    pending: Pending | None = session.info.get(LAST)
    if pending is None:
        _write(session, [writer(rows)])
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
    if by_writer:
        _write(session, [writer(rows) for writer, rows in by_writer.items()])


def _write(session: Session, shares: Sequence[Share]) -> None:
    values = {name: value for share in shares for name, value in share.values.items()}
    _statement(tuple((share.steps, share.call) for share in shares)).run(session, values)


@lru_cache(maxsize=200)
def _statement(shares: tuple[tuple[str, str], ...]) -> Frozen:
    steps = ", ".join(steps for steps, _ in shares)
    calls = ", ".join(call for _, call in shares if call)
    return by_hand(f"WITH {steps} SELECT {calls or 'NULL'}")


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
