"""Order tables."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from marketplace.kernel import columns
from marketplace.kernel.ids import CartId, CheckoutId, ListingId, OrderId, OrderLineId, ProductId, StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.rows import Row
from marketplace.orders.rules import FrozenFee, LineSums, Milestones, Shipping, Sums
from marketplace.orders.states import (
    CancelReason,
    HoldReason,
    LineState,
    OrderState,
    PaidState,
    RejectReason,
    Side,
)
from marketplace.payments import PaymentMethod


class CheckoutGroup(Row, table=True):
    """What one buyer ordered at once, from however many vendors; a cart becomes one such group, or none."""

    __tablename__ = "checkout_groups"

    id: CheckoutId = columns.key()
    number: str = Field(unique=True, max_length=16)
    cart_id: CartId | None = columns.maybe_plain_id(unique=True)
    buyer_store_id: StoreId = columns.ref("stores", index=True)
    placed_by: UserId = columns.ref("users")
    is_all_or_nothing: bool
    rejected: list[dict[str, Any]] = columns.document()
    placed_at: datetime = columns.instant()


class Order(Row, table=True):
    """What one buyer agreed to buy from one store."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("buyer_store_id <> store_id", name="nobody_buys_from_itself"),
        CheckConstraint(
            "subtotal_minor >= 0 AND discount_minor >= 0 AND shipping_minor >= 0 AND tax_minor >= 0"
            " AND total_minor >= 0 AND fee_minor >= 0 AND fee_vat_minor >= 0",
            name="sums_not_negative",
        ),
        CheckConstraint("(state = 'canceled') = (cancel_reason IS NOT NULL)", name="canceled_has_reason"),
        CheckConstraint(
            "(cash_handed_over_at IS NULL OR settled_at IS NOT NULL)"
            " AND (paid_out_at IS NULL OR (settled_at IS NOT NULL AND delivered_at IS NOT NULL))",
            name="paid_after_captured",
        ),
        UniqueConstraint("retry_of"),
        Index("ix_orders_store_newest", "store_id", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_buyer_newest", "buyer_store_id", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_newest", text("placed_at DESC"), text("id DESC")),
        Index("ix_orders_store_state", "store_id", "state", "placed_at"),
        Index("ix_orders_waiting", "nudge_at", postgresql_where=text("state = 'placed' AND nudged_at IS NULL")),
        Index("ix_orders_undecided", "decide_by", postgresql_where=text("state = 'placed'")),
        Index(
            "ix_orders_unshipped",
            "ship_by",
            postgresql_where=text("state IN ('accepted', 'partially_accepted', 'ready')"),
        ),
        Index(
            "ix_orders_underway", "state", "ready_at", postgresql_where=text("state IN ('ready', 'delivery_failed')")
        ),
        Index(
            "ix_orders_unpaid_out",
            "store_id",
            "delivered_at",
            postgresql_where=text("delivered_at IS NOT NULL AND paid_out_at IS NULL"),
        ),
        Index(
            "ix_orders_closing", "closes_at", postgresql_where=text("state = 'delivered' AND paid_out_at IS NOT NULL")
        ),
    )

    id: OrderId = columns.key()
    number: str = Field(unique=True, max_length=16)
    group_id: CheckoutId = columns.ref("checkout_groups", index=True)
    store_id: StoreId = columns.ref("stores")
    buyer_store_id: StoreId = columns.ref("stores")
    placed_by: UserId = columns.ref("users")
    state: OrderState = columns.one_of(OrderState)
    version: int = 1

    currency: str = columns.currency()
    subtotal_minor: int = columns.minor_units()
    discount_minor: int = columns.minor_units()
    shipping_minor: int = columns.minor_units()
    shipping_tax_minor: int = columns.minor_units()
    tax_minor: int = columns.minor_units()
    total_minor: int = columns.minor_units()
    agreed_minor: int = columns.minor_units()
    fee_minor: int = columns.minor_units()
    fee_vat_minor: int = columns.minor_units()
    tax_is_inside: bool

    payment_method: PaymentMethod = columns.one_of(PaymentMethod)
    paid_state: PaidState = columns.one_of(PaidState)
    settled_at: datetime | None = columns.maybe_instant()
    cash_handed_over_at: datetime | None = columns.maybe_instant()
    paid_out_at: datetime | None = columns.maybe_instant()

    address: dict[str, Any] = columns.document()
    note: str = Field(default="", max_length=500)
    earliest_on: date | None = columns.maybe_day()
    latest_on: date | None = columns.maybe_day()
    ship_by: datetime | None = columns.maybe_instant()

    placed_at: datetime = columns.instant()
    nudge_at: datetime = columns.instant()
    nudged_at: datetime | None = columns.maybe_instant()
    decide_by: datetime = columns.instant()
    decided_at: datetime | None = columns.maybe_instant()
    ready_at: datetime | None = columns.maybe_instant()
    picked_up_at: datetime | None = columns.maybe_instant()
    delivered_at: datetime | None = columns.maybe_instant()
    closes_at: datetime | None = columns.maybe_instant()
    ended_at: datetime | None = columns.maybe_instant()
    buyer_nudged_at: datetime | None = columns.maybe_instant()

    attempts: int = 0
    attempt_failed: bool = False
    is_turned_back: bool = False
    is_held: bool = False
    cancel_reason: CancelReason | None = columns.maybe_one_of(CancelReason)
    canceled_by: Side | None = columns.maybe_one_of(Side)
    retry_of: OrderId | None = columns.maybe_ref("orders")

    @property
    def total(self) -> Money:
        """What the buyer pays, as the order stands."""
        return Money(self.total_minor, self.currency)

    @property
    def fee(self) -> Money:
        """What the house takes of it, before VAT."""
        return Money(self.fee_minor, self.currency)

    @property
    def fee_vat(self) -> Money:
        """The VAT on what the house takes."""
        return Money(self.fee_vat_minor, self.currency)

    @property
    def shipping(self) -> Shipping:
        """What sending costs, as agreed; an order that lost all its lines has none in its total."""
        return Shipping(Money(self.shipping_minor, self.currency), Money(self.shipping_tax_minor, self.currency))

    @property
    def milestones(self) -> Milestones:
        """What happened to it as a whole."""
        return Milestones(
            is_confirmed=self.state is not OrderState.PLACING,
            payment_failed=self.state is OrderState.PAYMENT_FAILED,
            attempt_failed=self.attempt_failed,
            is_turned_back=self.is_turned_back,
            is_closed=self.state is OrderState.CLOSED,
        )

    def take_sums(self, sums: Sums) -> None:
        """Put the figures of the lines that will be sent in place of the old ones."""
        self.subtotal_minor, self.discount_minor = sums.subtotal.minor, sums.discount.minor
        self.tax_minor, self.total_minor = sums.tax.minor, sums.total.minor
        self.shipping_minor = sums.shipping.minor
        self.fee_minor, self.fee_vat_minor = sums.fee.minor, sums.fee_vat.minor


class OrderLine(Row, table=True):
    """One listing of an order, with everything that was agreed about it when it was placed."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "line_total_minor = unit_price_minor * quantity - discount_minor AND line_total_minor >= 0",
            name="sums_agree",
        ),
        CheckConstraint("(state = 'rejected') = (reject_reason IS NOT NULL)", name="rejected_has_reason"),
        Index("ix_order_lines_order", "order_id", "position"),
    )

    id: OrderLineId = columns.key()
    order_id: OrderId = columns.ref("orders")
    position: int
    state: LineState = columns.one_of(LineState)
    reject_reason: RejectReason | None = columns.maybe_one_of(RejectReason)

    listing_id: ListingId = columns.ref("listings", index=True)
    product_id: ProductId = columns.ref("products")
    fsin: str = Field(max_length=14)
    title: str = Field(max_length=200)
    title_ar: str = Field(default="", max_length=200)
    sku: str = Field(max_length=64)
    image: str | None = Field(default=None, max_length=64)
    category: str = Field(max_length=400)

    currency: str = columns.currency()
    quantity: int
    unit_price_minor: int = columns.minor_units()
    discount_minor: int = columns.minor_units()
    line_total_minor: int = columns.minor_units()
    tax_rate_bps: int
    tax_minor: int = columns.minor_units()

    fee_rule_id: UUID | None = columns.maybe_plain_id()
    fee_version: int
    fee_base_minor: int = columns.minor_units()
    fee_bps: int
    fee_min_minor: int | None = columns.maybe_minor_units()
    fee_max_minor: int | None = columns.maybe_minor_units()
    fee_minor: int = columns.minor_units()
    fee_vat_minor: int = columns.minor_units()

    @property
    def unit_price_paid(self) -> Money:
        """What one piece came to: a quantity price takes the same off each, so the discount divides without a rest."""
        return Money(self.unit_price_minor - self.discount_minor // self.quantity, self.currency)

    @property
    def sums(self) -> LineSums:
        """Its figures, for adding up."""
        return LineSums(
            gross=Money(self.unit_price_minor * self.quantity, self.currency),
            discount=Money(self.discount_minor, self.currency),
            tax=Money(self.tax_minor, self.currency),
            fee=Money(self.fee_minor, self.currency),
            fee_vat=Money(self.fee_vat_minor, self.currency),
        )

    @property
    def fee(self) -> FrozenFee:
        """What the house takes of it before VAT, and by which rule."""
        return FrozenFee(
            version=self.fee_version,
            bps=self.fee_bps,
            least=None if self.fee_min_minor is None else Money(self.fee_min_minor, self.currency),
            most=None if self.fee_max_minor is None else Money(self.fee_max_minor, self.currency),
            amount=Money(self.fee_minor, self.currency),
        )


class OrderMove(Row, table=True):
    """One step of an order's journey; never edited, never taken back."""

    __tablename__ = "order_moves"
    __table_args__ = (Index("ix_order_moves_order", "order_id", "position"),)

    id: UUID = columns.key()
    order_id: OrderId = columns.ref("orders")
    position: int
    came_from: OrderState | None = columns.maybe_one_of(OrderState, name="came_from")
    went_to: OrderState = columns.one_of(OrderState)
    by: str = Field(max_length=120)
    side: Side = columns.one_of(Side)
    at: datetime = columns.instant()
    reason: str | None = Field(default=None, max_length=200)


class OrderHold(Row, table=True):
    """A reason why an order may not go on, until it is lifted."""

    __tablename__ = "order_holds"
    __table_args__ = (
        Index("uq_order_holds_open", "order_id", "reason", unique=True, postgresql_where=text("lifted_at IS NULL")),
    )

    id: UUID = columns.key()
    order_id: OrderId = columns.ref("orders")
    reason: HoldReason = columns.one_of(HoldReason)
    note: str = Field(default="", max_length=500)
    placed_by: str = Field(max_length=120)
    placed_at: datetime = columns.instant()
    lifted_by: str | None = Field(default=None, max_length=120)
    lifted_at: datetime | None = columns.maybe_instant()
