"""Reads of fees."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.fees.errors import NoRule
from marketplace.fees.models import FeeRuleRecord, FeeSchedule
from marketplace.fees.rules import FeeBook, FeeFacts, FeeSnapshot
from marketplace.kernel.kept import kept


def book(session: Session, *, at: datetime) -> FeeBook:
    """Give what is in force at an instant, to assess many lines."""
    return kept(session, "fees.book", at=at, read=lambda: _book(session, at))


def _book(session: Session, at: datetime) -> FeeBook:
    in_force = (
        select(col(FeeSchedule.id))
        .where(col(FeeSchedule.starts_at) <= at)
        .order_by(col(FeeSchedule.starts_at).desc(), col(FeeSchedule.version).desc())
        .limit(1)
        .scalar_subquery()
    )
    found = session.exec(
        select(FeeSchedule, FeeRuleRecord)
        .join(FeeRuleRecord, col(FeeRuleRecord.schedule_id) == col(FeeSchedule.id))
        .where(col(FeeSchedule.id) == in_force)
    ).all()
    if not found:
        raise NoRule
    schedule = found[0][0]
    return FeeBook(schedule.version, schedule.vat_bps, tuple(record.rule() for _, record in found))


def assess(session: Session, *, facts: FeeFacts, at: datetime) -> FeeSnapshot:
    """Find the fee on one line, by the schedule in force at an instant: also for a preview before anything is sold."""
    return book(session, at=at).assess(facts)
