"""What leaves the slice of payments."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.kernel.ids import OrderId, PaymentIntentId
from marketplace.kernel.money import Money
from marketplace.payments.states import PaymentMethod, PaymentState


@dataclass(frozen=True, slots=True)
class IntentView:
    """A payment, for reading."""

    id: PaymentIntentId
    order_id: OrderId
    method: PaymentMethod
    state: PaymentState
    amount: Money
    captured_at: datetime | None
