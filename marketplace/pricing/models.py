"""Pricing tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import ListingId
from marketplace.kernel.money import Money


class Price(SQLModel, table=True):
    """What one unit of a listing costs, and in which quantities it is sold."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("price_minor > 0", name="price_positive"),
        CheckConstraint("list_price_minor > price_minor", name="list_price_above_price"),
        CheckConstraint("min_quantity >= 1 AND max_quantity >= min_quantity", name="quantities_ordered"),
        CheckConstraint(
            "quantity_step >= 1 AND mod(min_quantity, quantity_step) = 0 AND mod(max_quantity, quantity_step) = 0",
            name="quantities_in_steps",
        ),
    )

    listing_id: ListingId = columns.ref("listings", primary_key=True)
    price_minor: int = columns.minor_units()
    list_price_minor: int | None = columns.maybe_minor_units()
    currency: str = columns.currency()
    min_quantity: int = 1
    max_quantity: int | None = None
    quantity_step: int = 1
    version: int = 1
    changed_at: datetime = columns.instant()

    @property
    def price(self) -> Money:
        """What one unit costs."""
        return Money(self.price_minor, self.currency)

    @property
    def list_price(self) -> Money | None:
        """What it cost before, when that is shown."""
        return None if self.list_price_minor is None else Money(self.list_price_minor, self.currency)


class PriceTier(SQLModel, table=True):
    """From this many units on, each costs this much less, in parts of a million."""

    __tablename__ = "tiers"
    __table_args__ = (
        CheckConstraint("min_quantity >= 2", name="from_two"),
        CheckConstraint("discount_ppm BETWEEN 1 AND 999999", name="discount_is_a_part"),
    )

    listing_id: ListingId = columns.ref("listings", primary_key=True)
    min_quantity: int = Field(primary_key=True)
    discount_ppm: int
