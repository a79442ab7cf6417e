"""Tables of fees."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.fees.rules import FeeRule
from marketplace.kernel import columns


class FeeSchedule(SQLModel, table=True):
    """One version of all fees, in force from an instant until the next version is."""

    __tablename__ = "fee_schedules"
    __table_args__ = (CheckConstraint("vat_bps BETWEEN 0 AND 10000", name="vat_in_range"),)

    id: UUID = columns.key()
    version: int = Field(unique=True)
    title: str = Field(max_length=200)
    currency: str = columns.currency()
    vat_bps: int
    starts_at: datetime = columns.instant(index=True)


class FeeRuleRecord(SQLModel, table=True):
    """One rule of a version."""

    __tablename__ = "fee_rules"
    __table_args__ = (
        UniqueConstraint("schedule_id", "category", "up_to_minor", postgresql_nulls_not_distinct=True),
        CheckConstraint("bps BETWEEN 0 AND 10000", name="rate_in_range"),
        CheckConstraint("min_minor >= 0 AND max_minor >= min_minor", name="bounds_in_order"),
    )

    id: UUID = columns.key()
    schedule_id: UUID = columns.ref("fee_schedules")
    category: str = Field(default="", max_length=400)
    up_to_minor: int | None = columns.maybe_minor_units()
    bps: int
    min_minor: int | None = columns.maybe_minor_units()
    max_minor: int | None = columns.maybe_minor_units()

    def rule(self) -> FeeRule:
        """The rule it says."""
        return FeeRule(self.id, self.category, self.up_to_minor, self.bps, self.min_minor, self.max_minor)
