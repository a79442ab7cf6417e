"""The table of payments."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import OrderId, PaymentIntentId
from marketplace.kernel.money import Money
from marketplace.payments.errors import WrongAmount
from marketplace.payments.states import PAYMENT, PaymentAction, PaymentMethod, PaymentState


class PaymentIntent(SQLModel, table=True):
    """That a buyer will pay for one order, how much and how; and that he did."""

    __tablename__ = "payment_intents"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
        CheckConstraint("(state = 'captured') = (captured_at IS NOT NULL)", name="captured_has_instant"),
        CheckConstraint("(state = 'canceled') = (canceled_at IS NOT NULL)", name="canceled_has_instant"),
    )

    id: PaymentIntentId = columns.key()
    order_id: OrderId = columns.plain_id(unique=True)
    method: PaymentMethod = columns.one_of(PaymentMethod)
    state: PaymentState = columns.one_of(PaymentState)
    amount_minor: int = columns.minor_units()
    currency: str = columns.currency()
    intended_at: datetime = columns.instant()
    captured_at: datetime | None = columns.maybe_instant()
    captured_by: str | None = Field(default=None, max_length=120)
    canceled_at: datetime | None = columns.maybe_instant()

    @property
    def amount(self) -> Money:
        """What is to be paid."""
        return Money(self.amount_minor, self.currency)

    def reduce(self, amount: Money) -> None:
        """Ask for less, since less will be sent."""
        reduced = PAYMENT.after(self.state, PaymentAction.REDUCE)
        if amount > self.amount:
            raise WrongAmount(due=self.amount, given=amount)
        self.state, self.amount_minor = reduced, amount.minor

    def capture(self, amount: Money, *, by: str, at: datetime) -> None:
        """Take exactly what is to be paid."""
        captured = PAYMENT.after(self.state, PaymentAction.CAPTURE)
        if amount != self.amount:
            raise WrongAmount(due=self.amount, given=amount)
        self.state, self.captured_at, self.captured_by = captured, at, by

    def cancel(self, *, at: datetime) -> None:
        """Ask for nothing any more."""
        self.state = PAYMENT.after(self.state, PaymentAction.CANCEL)
        self.canceled_at = at
