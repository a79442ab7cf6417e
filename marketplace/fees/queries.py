"""Reads of fees."""

from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlmodel import Session, col, select

from marketplace.fees.errors import NoRule
from marketplace.fees.models import FeeRuleRecord, FeeSchedule
from marketplace.fees.rules import FeeBook, FeeFacts, FeeSnapshot
from marketplace.kernel.kept import kept


def book(session: Session, *, at: datetime) -> FeeBook:
    """Give what is in force at an instant, to assess many lines."""
    books = kept(session, "fees.books", read=lambda: _books(session))
    in_force = next((book for starts_at, book in books if starts_at <= at), None)
    if in_force is None:
        raise NoRule
    return in_force


def vat_bps(session: Session, *, version: int) -> int:
    """Give the rate of the VAT on the fees of a version: a version is never edited, so it is what was agreed."""
    books = kept(session, "fees.books", read=lambda: _books(session))
    return next((book.vat_bps for _, book in books if book.version == version), 0)


def _books(session: Session) -> list[tuple[datetime, FeeBook]]:
    """Every version of all fees, each with the instant from which it holds, the latest first."""
    found = session.exec(
        select(FeeSchedule, FeeRuleRecord)
        .join(FeeRuleRecord, col(FeeRuleRecord.schedule_id) == col(FeeSchedule.id))
        .order_by(col(FeeSchedule.starts_at).desc(), col(FeeSchedule.version).desc())
    )
    return [
        (schedule.starts_at, FeeBook(schedule.version, schedule.vat_bps, tuple(record.rule() for _, record in rows)))
        for schedule, rows in groupby(found, key=itemgetter(0))
    ]


def assess(session: Session, *, facts: FeeFacts, at: datetime) -> FeeSnapshot:
    """Find the fee on one line, by the schedule in force at an instant: also for a preview before anything is sold."""
    return book(session, at=at).assess(facts)
