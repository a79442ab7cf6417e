"""The ways orders refuse."""

from collections.abc import Mapping
from typing import Any, Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound, TooMany


class OrderNotFound(NotFound):
    """No such order, or one that is not for these eyes."""

    code = "orders.not_found"

    def __init__(self) -> None:
        super().__init__("There is no such order here. Check its number, or choose it from your list.")


class OnHold(Conflict):
    """The order is held, so it cannot go on."""

    code = "orders.on_hold"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is on hold. It can go on when the hold is lifted.", number=number)


class CannotHold(Conflict):
    """The order is over, or on the road."""

    code = "orders.cannot_hold"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is on the road or over, so there is nothing to hold.", number=number)


class HeldAlready(Conflict):
    """One hold for one reason."""

    code = "orders.held_already"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is on hold for that reason already.", number=number)


class NotHeld(Conflict):
    """The order is not held, or not for that reason."""

    code = "orders.not_held"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is not on hold. Reload it to see where it stands.", number=number)


class LinesUndecided(Invalid):
    """A decision must speak of every waiting line once."""

    code = "orders.lines_undecided"

    def __init__(self) -> None:
        super().__init__("Decide every waiting line of this order once, and no other. Reload it to see them.")


class ReasonMissing(Invalid):
    """Whoever rejects says why."""

    code = "orders.reason_missing"

    def __init__(self) -> None:
        super().__init__("Say why you reject a line: the buyer will read it.")


class AcceptedAlready(Conflict):
    """The vendor has said yes, so the buyer alone cannot call it off."""

    code = "orders.accepted_already"

    def __init__(self, number: str) -> None:
        super().__init__("The shop has accepted order {number}. Ask the shop to cancel it.", number=number)


class AlreadyPaid(Conflict):
    """The buyer has paid, so the parcel is his."""

    code = "orders.already_paid"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is paid. Confirm its delivery, or call the dispatcher.", number=number)


class WrongAmount(Conflict):
    """Only the exact sum settles an order."""

    code = "orders.wrong_amount"

    def __init__(self, number: str) -> None:
        super().__init__("Only the exact sum settles order {number}. Look up what is due.", number=number)


class NothingDue(Conflict):
    """The order is not at a point where money is taken."""

    code = "orders.nothing_due"

    def __init__(self, number: str) -> None:
        super().__init__("Nothing is due for order {number} now. Reload it to see where it stands.", number=number)


class NotHandedOver(Conflict):
    """Cash that nobody collected cannot be handed over."""

    code = "orders.not_collected"

    def __init__(self) -> None:
        super().__init__("Cash of an order that was not collected cannot be handed over.")


class NotPayable(Conflict):
    """Money of an order that was not delivered and settled cannot be paid out."""

    code = "orders.not_payable"

    def __init__(self) -> None:
        super().__init__("An order is paid out once, when it is delivered and its cash is in the safe.")


class NudgedLately(TooMany):
    """One reminder a day is enough."""

    code = "orders.nudged_lately"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            "You reminded the shop within the last day. Give it a little time to answer.",
            retry_after_seconds=retry_after_seconds,
        )


class NotWaiting(Conflict):
    """Nobody's answer is awaited."""

    code = "orders.not_waiting"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is over, so there is nobody to remind.", number=number)


class CannotRetry(Conflict):
    """Only what lapsed can be ordered again this way, and once."""

    code = "orders.cannot_retry"

    def __init__(self, number: str) -> None:
        super().__init__(
            "Order {number} cannot be retried: only an order that lapsed unanswered can, and only once.", number=number
        )


class NothingLeft(Conflict):
    """Nothing could be ordered, or not all of it where the buyer wants it so: the code is the first line's."""

    code = "orders.nothing_left"

    def __init__(self, *, code: str, message: str, facts: Mapping[str, Any]) -> None:
        super().__init__(message, code=code, **facts)


CONSTRAINTS: Final[Constraints] = {
    "uq_checkout_groups_number": Broken(
        Conflict, "orders.number_taken", "That number was just given away. Please try once more."
    ),
    "uq_checkout_groups_cart_id": Broken(
        Conflict, "orders.already_placed", "This cart was ordered already. Look at your orders."
    ),
    "uq_orders_number": Broken(
        Conflict, "orders.number_taken", "That number was just given away. Please try once more."
    ),
    "uq_orders_retry_of": Broken(
        Conflict, "orders.cannot_retry", "This order was retried already. Look at your orders."
    ),
    "uq_order_holds_open": Broken(Conflict, "orders.held_already", "This order is on hold for that reason already."),
    "ck_orders_nobody_buys_from_itself": Broken(
        Conflict, "orders.own_listing", "A store cannot buy from itself. Choose another vendor."
    ),
    "ck_orders_sums_not_negative": Broken(Invalid, "orders.negative", "An order cannot come to less than nothing."),
    "ck_orders_canceled_has_reason": Broken(Invalid, "orders.reason_missing", "Say why the order is canceled."),
    "ck_orders_paid_after_captured": Broken(
        Conflict, "orders.not_payable", "An order is paid out once, when it is delivered and its cash is in the safe."
    ),
    "ck_order_lines_quantity_positive": Broken(Invalid, "orders.quantity", "Order at least one piece."),
    "ck_order_lines_sums_agree": Broken(Invalid, "orders.negative", "A line cannot come to less than nothing."),
    "ck_order_lines_rejected_has_reason": Broken(
        Invalid, "orders.reason_missing", "Say why you reject a line: the buyer will read it."
    ),
}
