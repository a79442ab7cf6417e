"""Tables of settlement."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import OrderId, PayoutId, StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.settlement.states import PAYOUT, PayoutAction, PayoutState

REFERENCE_LENGTH = 140


class Payout(SQLModel, table=True):
    """Money to be sent to one vendor, for the orders that matured in a period."""

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("store_id", "proposed_on"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("period_starts_at <= period_ends_at", name="period_in_order"),
        CheckConstraint("confirmed_by <> paid_by", name="confirmed_by_two"),
        CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL) AND (state <> 'confirmed' OR confirmed_by IS NOT NULL)",
            name="confirmed_says_who",
        ),
        CheckConstraint(
            "(state = 'paid') = (paid_by IS NOT NULL) AND (state = 'paid') = (paid_at IS NOT NULL)"
            " AND (state <> 'paid' OR reference IS NOT NULL)",
            name="paid_says_who",
        ),
        Index("ix_payouts_newest", "proposed_at", "id"),
        Index("ix_payouts_waiting", "proposed_at", postgresql_where=text("state <> 'paid'")),
    )

    id: PayoutId = columns.key()
    store_id: StoreId = columns.ref("stores")
    state: PayoutState = columns.one_of(PayoutState)
    amount_minor: int = columns.minor_units()
    currency: str = columns.currency()
    period_starts_at: datetime = columns.instant()
    period_ends_at: datetime = columns.instant()
    proposed_on: date = columns.day()
    proposed_at: datetime = columns.instant()
    proposed_by: str = Field(max_length=120)
    confirmed_by: UserId | None = columns.maybe_ref("users")
    confirmed_at: datetime | None = columns.maybe_instant()
    paid_by: UserId | None = columns.maybe_ref("users")
    paid_at: datetime | None = columns.maybe_instant()
    reference: str | None = Field(default=None, max_length=REFERENCE_LENGTH)

    @property
    def amount(self) -> Money:
        """What is to be sent."""
        return Money(self.amount_minor, self.currency)

    def confirm(self, *, by: UserId, at: datetime, reference: str) -> None:
        """Take the first of two confirmations."""
        self.state = PAYOUT.after(self.state, PayoutAction.CONFIRM)
        self.confirmed_by, self.confirmed_at, self.reference = by, at, reference

    def pay(self, *, by: UserId, at: datetime, reference: str) -> None:
        """Take the confirmation that sends the money."""
        paid = PAYOUT.after(self.state, PayoutAction.PAY)
        self.state, self.paid_by, self.paid_at, self.reference = paid, by, at, reference


class PayoutOrder(SQLModel, table=True):
    """An order whose money became its vendor's to have, and the payout that sends it once there is one.

    The amount may be negative: the fee of a very cheap order can be more than its price.
    """

    __tablename__ = "payout_orders"
    __table_args__ = (
        Index("ix_payout_orders_waiting", "store_id", "currency", postgresql_where=text("payout_id IS NULL")),
    )

    order_id: OrderId = columns.ref("orders", primary_key=True)
    store_id: StoreId = columns.ref("stores")
    amount_minor: int = columns.minor_units()
    currency: str = columns.currency()
    matured_at: datetime = columns.instant()
    payout_id: PayoutId | None = columns.maybe_ref("payouts", index=True)
