"""The ways settlement refuses."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Forbidden, Invalid, NotFound
from marketplace.kernel.ids import PayoutId
from marketplace.kernel.money import Money


class PayoutNotFound(NotFound):
    """Not there, or not for these eyes."""

    code = "settlement.payout_not_found"

    def __init__(self, payout_id: PayoutId) -> None:
        super().__init__("There is no payout {payout_id}.", payout_id=payout_id)


class FourEyes(Forbidden):
    """The same person twice."""

    code = "settlement.four_eyes"

    def __init__(self) -> None:
        super().__init__("You have confirmed this payout already: it is large, so somebody else must confirm it too.")


class PaidAlready(Conflict):
    """The money is on its way, and goes once."""

    code = "settlement.paid_already"

    def __init__(self, reference: str) -> None:
        super().__init__("This payout was paid already, under the reference {reference}.", reference=reference)


class OwnPayout(Forbidden):
    """Money for oneself."""

    code = "settlement.own_payout"

    def __init__(self) -> None:
        super().__init__("This payout is your own store's: somebody who does not belong to it must confirm it.")


class NotCovered(Conflict):
    """More than the vendor has."""

    code = "settlement.not_covered"

    def __init__(self, *, available: Money, wanted: Money) -> None:
        super().__init__(
            "Only {available} {currency} of the {wanted} are available to this vendor: check the books first.",
            available=available.decimal,
            wanted=wanted.decimal,
            currency=wanted.currency,
        )


class OrderHeld(Conflict):
    """Money of an order that may not go on."""

    code = "settlement.order_on_hold"

    def __init__(self, number: str) -> None:
        super().__init__("Order {number} of this payout is on hold: confirm when the hold is lifted.", number=number)


CONSTRAINTS: Final[Constraints] = {
    "uq_payouts_store_id_proposed_on": Broken(
        Conflict, "settlement.proposed_today", "This vendor's payout of today was proposed already: look at that one."
    ),
    "ck_payouts_amount_positive": Broken(
        Invalid, "settlement.nothing_to_pay", "A payout sends more than nothing: wait until more has matured."
    ),
    "ck_payouts_period_in_order": Broken(
        Invalid, "settlement.period_out_of_order", "A period ends after it began: check both days."
    ),
    "ck_payouts_confirmed_by_two": Broken(
        Conflict, "settlement.four_eyes", "The same person cannot confirm a payout twice: ask somebody else."
    ),
    "ck_payouts_confirmed_says_who": Broken(
        Conflict, "settlement.confirmation_incomplete", "A confirmed payout says who confirmed it: try again."
    ),
    "ck_payouts_paid_says_who": Broken(
        Conflict, "settlement.payment_incomplete", "A paid payout says who paid it and by which reference: try again."
    ),
}
