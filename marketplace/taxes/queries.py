"""Reads of tax rates."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from marketplace.kernel.kept import kept
from marketplace.kernel.money import Money
from marketplace.taxes.models import TaxRateVersion
from marketplace.taxes.rules import TaxBook, TaxSnapshot


def book(session: Session, *, at: datetime) -> TaxBook:
    """Give what is in force at an instant, to assess many lines."""
    return kept(session, "taxes.book", at=at, read=lambda: _book(session, at))


def _book(session: Session, at: datetime) -> TaxBook:
    latest = (
        select(TaxRateVersion)
        .where(col(TaxRateVersion.starts_at) <= at)
        .ext(distinct_on(col(TaxRateVersion.category)))
        .order_by(col(TaxRateVersion.category), col(TaxRateVersion.starts_at).desc())
    )
    return TaxBook(tuple(version.rate() for version in session.exec(latest)))


def assess(session: Session, *, amount: Money, category: str, at: datetime) -> TaxSnapshot:
    """Find the tax on one amount, by the rates in force at an instant."""
    return book(session, at=at).assess(amount, category=category)
