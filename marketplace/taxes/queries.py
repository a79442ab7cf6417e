"""Reads of tax rates."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.kernel.kept import kept
from marketplace.kernel.money import Money
from marketplace.taxes.models import TaxRateVersion
from marketplace.taxes.rules import TaxBook, TaxRate, TaxSnapshot


def book(session: Session, *, at: datetime) -> TaxBook:
    """Give what is in force at an instant, to assess many lines."""
    versions = kept(session, "taxes.versions", read=lambda: _versions(session))
    in_force = {rate.category: rate for starts_at, rate in versions if starts_at <= at}
    return TaxBook(tuple(in_force.values()))


def _versions(session: Session) -> list[tuple[datetime, TaxRate]]:
    """Every version of every rate, each with the instant from which it holds, the earliest first."""
    found = session.exec(select(TaxRateVersion).order_by(col(TaxRateVersion.category), col(TaxRateVersion.starts_at)))
    return [(version.starts_at, version.rate()) for version in found]


def assess(session: Session, *, amount: Money, category: str, at: datetime) -> TaxSnapshot:
    """Find the tax on one amount, by the rates in force at an instant."""
    return book(session, at=at).assess(amount, category=category)
