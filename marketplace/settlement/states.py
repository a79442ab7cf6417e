"""How a payout goes."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class PayoutState(StrEnum):
    """Where a payout stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    PAID = "paid"


class PayoutAction(StrEnum):
    """What can be done to a payout."""

    CONFIRM = "confirm"
    PAY = "pay"


PAYOUT: Final = Machine(
    noun="payout",
    initial=PayoutState.PROPOSED,
    moves={
        PayoutState.PROPOSED: {
            PayoutAction.CONFIRM: PayoutState.CONFIRMED,
            PayoutAction.PAY: PayoutState.PAID,
        },
        PayoutState.CONFIRMED: {PayoutAction.PAY: PayoutState.PAID},
        PayoutState.PAID: {},
    },
)
"""Confirmed is half way: a large payout is paid when a second person says so too."""
