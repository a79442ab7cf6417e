"""How a payment may go."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class PaymentMethod(StrEnum):
    """What a buyer pays with."""

    CASH = "cash"


class PaymentState(StrEnum):
    """Where a payment stands."""

    UNPAID = "unpaid"
    CAPTURED = "captured"
    CANCELED = "canceled"


class PaymentAction(StrEnum):
    """What can be done to a payment."""

    CAPTURE = "capture"
    REDUCE = "reduce"
    CANCEL = "cancel"


PAYMENT: Final = Machine(
    noun="payment",
    initial=PaymentState.UNPAID,
    moves={
        PaymentState.UNPAID: {
            PaymentAction.CAPTURE: PaymentState.CAPTURED,
            PaymentAction.REDUCE: PaymentState.UNPAID,
            PaymentAction.CANCEL: PaymentState.CANCELED,
        },
        PaymentState.CAPTURED: {},
        PaymentState.CANCELED: {},
    },
)
