"""The ways delivery refuses."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound


class StopNotFound(NotFound):
    """No such stop, or one on somebody else's round."""

    code = "delivery.stop_not_found"

    def __init__(self) -> None:
        super().__init__("That stop is not on your round. Reload your stops.")


class OrderNotFound(NotFound):
    """No such order for the one who asks."""

    code = "delivery.order_not_found"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} is not here. Check the number.", number=number)


class AgentNotFound(NotFound):
    """Nobody of that id is an agent."""

    code = "delivery.agent_not_found"

    def __init__(self) -> None:
        super().__init__("Nobody of that name works the road. Choose an agent of the list.")


class HandOverNotFound(NotFound):
    """No such hand-over for the one who asks."""

    code = "delivery.hand_over_not_found"

    def __init__(self) -> None:
        super().__init__("That hand-over is not here. Reload the list.")


class ExceptionNotFound(NotFound):
    """No such cash exception."""

    code = "delivery.exception_not_found"

    def __init__(self) -> None:
        super().__init__("That question about cash is not here. Reload the list.")


class NotReady(Conflict):
    """The order does not wait for an agent."""

    code = "delivery.not_ready"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} does not wait for an agent. Reload the queue.", number=number)


class AlreadyAssigned(Conflict):
    """Somebody else gave the order out, or it is with this agent already."""

    code = "delivery.already_assigned"

    def __init__(self) -> None:
        super().__init__("This order has an agent already. Reload the queue.")


class NotOnTheRoad(Conflict):
    """The parcel is not in the agent's hands."""

    code = "delivery.not_on_the_road"

    def __init__(self, number: str) -> None:
        super().__init__("Pick up the parcel of order {number} first.", number=number)


class AgentFull(Conflict):
    """The agent carries as many parcels as he may."""

    code = "delivery.agent_full"

    def __init__(self, capacity: int) -> None:
        super().__init__("This agent already has {capacity} parcels. Choose another agent.", capacity=capacity)


class CashBlocked(Conflict):
    """The agent's last hand-over is looked into."""

    code = "delivery.cash_blocked"

    def __init__(self) -> None:
        super().__init__("A hand-over is being looked into. You take no cash until it is cleared.")


class AgentBlocked(Conflict):
    """The agent may not take cash for now."""

    code = "delivery.agent_blocked"

    def __init__(self) -> None:
        super().__init__("This agent is blocked from cash until a hand-over is cleared. Choose another agent.")


class CashOverdue(Conflict):
    """The agent has carried cash for too long."""

    code = "delivery.cash_overdue"

    def __init__(self, hours: int) -> None:
        super().__init__(
            "This agent has carried cash for over {hours} hours. Have it handed over, or choose another agent.",
            hours=hours,
        )


class FloatExceeded(Conflict):
    """With this order the agent would carry more cash than he may."""

    code = "delivery.float_exceeded"

    def __init__(self) -> None:
        super().__init__(
            "With this order the agent would carry more cash than the limit. "
            "Choose one with more room, or with no cash."
        )


class OnTheWay(Conflict):
    """The parcel is already in somebody's hands."""

    code = "delivery.on_the_way"

    def __init__(self, number: str) -> None:
        super().__init__("The parcel of order {number} is already on the road with its agent.", number=number)


class CodeLocked(Conflict):
    """The code was guessed wrong too often."""

    code = "delivery.code_locked"

    def __init__(self) -> None:
        super().__init__("The code was wrong too often. Take a photo as proof, or call the dispatcher.")


class WrongCode(Invalid):
    """The code is not the buyer's."""

    code = "delivery.code_wrong"

    def __init__(self, tries_left: int) -> None:
        super().__init__(
            "That is not the buyer's code. Ask for it again. Tries left: {tries_left}.", tries_left=tries_left
        )


class NoCode(NotFound):
    """The order is on nobody's round, so there is no code yet, or not any more."""

    code = "delivery.no_code"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} has no code: it gets one when an agent has it.", number=number)


class NoProof(NotFound):
    """Nothing was handed over yet, or not for the one who asks."""

    code = "delivery.no_proof"

    def __init__(self, number: str) -> None:
        super().__init__("Nothing proves yet that order {number} was handed over.", number=number)


class NoCashDue(Conflict):
    """There is nothing to collect at this stop."""

    code = "delivery.no_cash_due"

    def __init__(self) -> None:
        super().__init__("Nothing is to be collected for this order.")


class NothingOffered(Invalid):
    """A sum of nothing is not taken: the parcel stays with the agent."""

    code = "delivery.amount_not_positive"

    def __init__(self) -> None:
        super().__init__(
            "Enter what the buyer pays. Who pays nothing gets no parcel: report that it was not delivered."
        )


class CashTaken(Conflict):
    """The cash was taken: the parcel has changed hands."""

    code = "delivery.cash_taken"

    def __init__(self) -> None:
        super().__init__("The cash for this order is taken. Confirm the delivery, or call the dispatcher.")


class ExceptionOpen(Conflict):
    """The dispatcher has yet to decide about the sum."""

    code = "delivery.exception_open"

    def __init__(self) -> None:
        super().__init__("The dispatcher has yet to decide about the sum you reported. Wait for the answer.")


class ExceptionDecided(Conflict):
    """The question was answered."""

    code = "delivery.exception_decided"

    def __init__(self) -> None:
        super().__init__("This question about cash has been answered. Reload the list.")


class NothingToHandOver(Conflict):
    """The agent carries no cash."""

    code = "delivery.nothing_to_hand_over"

    def __init__(self) -> None:
        super().__init__("You carry no cash to hand over.")


class OwnCash(Conflict):
    """Nobody counts what he handed in himself, nor recounts what he counted."""

    code = "delivery.own_cash"

    def __init__(self) -> None:
        super().__init__("Somebody else must count this: you have signed for it already.")


class NotReturning(Conflict):
    """The parcel is not on its way back."""

    code = "delivery.not_returning"

    def __init__(self, number: str) -> None:
        super().__init__("The parcel of order {number} is not on its way back.", number=number)


class PhotoMissing(Invalid):
    """Neither a code nor a photo was given."""

    code = "delivery.photo_missing"

    def __init__(self) -> None:
        super().__init__("Enter the buyer's code, or take a photo first.")


class WrongCurrency(Invalid):
    """The sum is in a currency we do not collect."""

    code = "delivery.wrong_currency"

    def __init__(self, currency: str) -> None:
        super().__init__("Count the cash in {currency}.", currency=currency)


CONSTRAINTS: Final[Constraints] = {
    "uq_assignments_live_order": Broken(
        Conflict, "delivery.already_assigned", "This order has an agent already. Reload the queue."
    ),
    "uq_stops_assignment_kind": Broken(
        Conflict, "delivery.stop_twice", "This order is on the round already. Reload the stops."
    ),
    "pk_cash_collections": Broken(
        Conflict,
        "delivery.cash_taken",
        "The cash for this order is taken. Confirm the delivery, or call the dispatcher.",
    ),
    "uq_cash_exceptions_open_order": Broken(
        Conflict,
        "delivery.exception_open",
        "The dispatcher has yet to decide about the sum you reported. Wait for the answer.",
    ),
    "uq_hand_overs_open_agent": Broken(
        Conflict, "delivery.hand_over_open", "Your last hand-over has yet to be counted. Wait for the cashier."
    ),
    "ck_cash_collections_amount_positive": Broken(Invalid, "delivery.amount_not_positive", "Enter a sum above zero."),
    "ck_cash_exceptions_offered_not_negative": Broken(
        Invalid, "delivery.amount_negative", "Enter a sum that is not below zero."
    ),
    "ck_hand_overs_declared_not_negative": Broken(
        Invalid, "delivery.amount_negative", "Enter a sum that is not below zero."
    ),
    "ck_hand_overs_counted_not_negative": Broken(
        Invalid, "delivery.amount_negative", "Enter a sum that is not below zero."
    ),
    "ck_hand_overs_counted_by_another": Broken(
        Conflict, "delivery.own_cash", "Somebody else must count this: you have signed for it already."
    ),
    "ck_assignments_cash_not_negative": Broken(
        Invalid, "delivery.amount_negative", "Enter a sum that is not below zero."
    ),
    "ck_delivery_codes_tries_not_negative": Broken(
        Conflict,
        "delivery.code_locked",
        "The code was wrong too often. Take a photo as proof, or call the dispatcher.",
    ),
    "ck_proofs_photo_has_asset": Broken(
        Invalid, "delivery.photo_missing", "Take the photo first, then confirm the delivery."
    ),
}
