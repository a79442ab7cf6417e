"""The facts that payments publish."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import OrderId, PaymentIntentId
from marketplace.payments.states import PaymentMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCaptured(Event):
    """A buyer has paid for an order."""

    topic: ClassVar[str] = "payments.payment_captured.v1"

    intent_id: PaymentIntentId
    order_id: OrderId
    method: PaymentMethod
    amount_minor: int
    currency: str

    @property
    def aggregate(self) -> str:
        """The order that was paid."""
        return f"order:{self.order_id}"
