"""Inventory tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from marketplace.inventory.states import MovementKind, ReservationState
from marketplace.kernel import columns
from marketplace.kernel.ids import ListingId, LocationId, MovementId, OrderLineId, ReservationId, StoreId


class Location(SQLModel, table=True):
    """A place that holds a store's stock: one a store until stores have several."""

    __tablename__ = "locations"

    id: LocationId = columns.key()
    store_id: StoreId = columns.ref("stores", unique=True)
    name: str = Field(max_length=200)
    created_at: datetime = columns.instant()


class Stock(SQLModel, table=True):
    """How many of a listing are there, and how many of them are promised. `version` counts changes of what is there."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("allocated >= 0", name="allocated_not_negative"),
        CheckConstraint("on_hand >= reserved + allocated", name="on_hand_covers_promises"),
        CheckConstraint("warn_at >= 0", name="warn_at_not_negative"),
    )

    listing_id: ListingId = columns.ref("listings", primary_key=True)
    location_id: LocationId = columns.ref("locations", index=True)
    store_id: StoreId = columns.ref("stores", index=True)
    on_hand: int
    reserved: int = 0
    allocated: int = 0
    warn_at: int = 0
    version: int = 1

    @property
    def available(self) -> int:
        """What may still be sold."""
        return self.on_hand - self.reserved - self.allocated

    @property
    def promised(self) -> int:
        """What must stay: units in undecided and in accepted orders."""
        return self.reserved + self.allocated


class Movement(SQLModel, table=True):
    """One change of stock, never edited: by how much each bucket went up or down. The stock is their sum."""

    __tablename__ = "movements"
    __table_args__ = (Index("ix_movements_listing_newest", "listing_id", "id"),)

    id: MovementId = columns.key()
    listing_id: ListingId = columns.ref("listings")
    kind: MovementKind = columns.one_of(MovementKind)
    on_hand: int = 0
    reserved: int = 0
    allocated: int = 0
    holder_id: OrderLineId | None = columns.maybe_plain_id()
    reason: str = Field(default="", max_length=200)
    moved_by: str = Field(max_length=120)
    moved_at: datetime = columns.instant()


class Reservation(SQLModel, table=True):
    """Units held for one order line, until it takes them or lets them go."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("returned BETWEEN 0 AND quantity", name="returned_within_quantity"),
    )

    id: ReservationId = columns.key()
    listing_id: ListingId = columns.ref("listings", index=True)
    holder_id: OrderLineId = columns.plain_id(unique=True)
    quantity: int
    returned: int = 0
    state: ReservationState = columns.one_of(ReservationState)
    reserved_at: datetime = columns.instant()
    settled_at: datetime | None = columns.maybe_instant()
