"""Rates tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import Money


class ShippingProfile(SQLModel, table=True):
    """What delivery from a store costs, and how long it takes: one a store until there are zones."""

    __tablename__ = "shipping_profiles"
    __table_args__ = (
        CheckConstraint("flat_minor >= 0", name="flat_not_negative"),
        CheckConstraint("free_over_minor > 0", name="free_over_positive"),
        CheckConstraint("handling_days BETWEEN 0 AND 30 AND transit_days BETWEEN 0 AND 30", name="days_within_reason"),
    )

    store_id: StoreId = columns.ref("stores", primary_key=True)
    flat_minor: int = columns.minor_units()
    free_over_minor: int | None = columns.maybe_minor_units()
    currency: str = columns.currency()
    handling_days: int
    transit_days: int
    changed_at: datetime = columns.instant()

    @property
    def flat(self) -> Money:
        """What delivery costs."""
        return Money(self.flat_minor, self.currency)

    @property
    def free_over(self) -> Money | None:
        """The sum of goods from which delivery costs nothing."""
        return None if self.free_over_minor is None else Money(self.free_over_minor, self.currency)
