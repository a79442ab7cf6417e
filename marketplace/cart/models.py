"""Cart tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from marketplace.cart.states import CART, CartAction, CartState
from marketplace.kernel import columns
from marketplace.kernel.ids import CartId, DeviceId, ListingId, StoreId


class Cart(SQLModel, table=True):
    """What a store, or a visitor's device, gathers to order.

    `quote` is what the buyer was last told when he changed it: which lines could be had, how many, and at what price.
    """

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("(store_id IS NULL) <> (device_id IS NULL)", name="has_owner"),
        Index("uq_carts_active_store", "store_id", unique=True, postgresql_where=text("state = 'active'")),
        Index("uq_carts_active_device", "device_id", unique=True, postgresql_where=text("state = 'active'")),
        Index("ix_carts_idle", "touched_at", postgresql_where=text("state = 'active'")),
    )

    id: CartId = columns.key()
    store_id: StoreId | None = columns.maybe_ref("stores")
    device_id: DeviceId | None = columns.maybe_plain_id()
    state: CartState = columns.one_of(CartState)
    version: int = 1
    quote: dict[str, Any] | None = columns.document(nullable=True)
    created_at: datetime = columns.instant()
    touched_at: datetime = columns.instant()

    def move(self, action: CartAction, *, at: datetime) -> None:
        """Take the one step that a cart takes."""
        self.state = CART.after(self.state, action)
        self.touched_at = at


class CartLine(SQLModel, table=True):
    """How many of a listing the buyer asked for, and the unit price he saw when he did."""

    __tablename__ = "cart_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    cart_id: CartId = columns.ref("carts", primary_key=True)
    listing_id: ListingId = columns.ref("listings", primary_key=True)
    position: int = Field(ge=0)
    quantity: int
    seen_minor: int | None = columns.maybe_minor_units()
