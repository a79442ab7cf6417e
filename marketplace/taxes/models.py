"""The table of tax rates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.taxes.rules import TaxRate


class TaxRateVersion(SQLModel, table=True):
    """A rate for a category path and all below it, from an instant until a later one for the same category."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("category", "starts_at"),
        CheckConstraint("rate_bps BETWEEN 0 AND 10000", name="rate_in_range"),
    )

    id: UUID = columns.key()
    category: str = Field(default="", max_length=400)
    rate_bps: int
    is_inclusive: bool
    reason: str = Field(default="", max_length=200)
    starts_at: datetime = columns.instant()

    def rate(self) -> TaxRate:
        """The rate it says."""
        return TaxRate(self.category, self.rate_bps, self.is_inclusive)
