"""The ways payments refuse."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound
from marketplace.kernel.ids import OrderId
from marketplace.kernel.money import Money


class IntentNotFound(NotFound):
    """Nobody intends to pay for that order."""

    code = "payments.intent_not_found"

    def __init__(self, order_id: OrderId) -> None:
        super().__init__("There is no payment for order {order_id}.", order_id=order_id)


class WrongAmount(Conflict):
    """Not what is to be paid."""

    code = "payments.wrong_amount"

    def __init__(self, *, due: Money, given: Money) -> None:
        super().__init__(
            "{due} {currency} are to be paid, not {given}: take exactly that amount.",
            due=due.decimal,
            given=given.decimal,
            currency=due.currency,
        )


CONSTRAINTS: Final[Constraints] = {
    "uq_payment_intents_order_id": Broken(
        Conflict, "payments.intended_already", "This order has its payment already: look at it instead."
    ),
    "ck_payment_intents_amount_not_negative": Broken(
        Invalid, "payments.negative_amount", "A payment cannot be less than nothing: check the amount."
    ),
    "ck_payment_intents_captured_has_instant": Broken(
        Conflict, "payments.capture_incomplete", "A captured payment says when it was taken: try again."
    ),
    "ck_payment_intents_canceled_has_instant": Broken(
        Conflict, "payments.cancel_incomplete", "A canceled payment says when it was canceled: try again."
    ),
}
