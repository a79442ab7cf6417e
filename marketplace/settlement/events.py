"""The facts that settlement publishes."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import PayoutId, StoreId


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutFact(Event):
    """What every fact about a payout carries: which one, whose, and how much."""

    topic: ClassVar[str]

    payout_id: PayoutId
    store_id: StoreId
    amount_minor: int
    currency: str

    @property
    def aggregate(self) -> str:
        """Facts of one payout arrive in order."""
        return f"payout:{self.payout_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutProposed(PayoutFact):
    """A vendor's matured money waits for finance to send it."""

    topic: ClassVar[str] = "settlement.payout_proposed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutConfirmed(PayoutFact):
    """One person has confirmed a large payout; a second one must."""

    topic: ClassVar[str] = "settlement.payout_confirmed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutPaid(PayoutFact):
    """The money was sent to the vendor's bank."""

    topic: ClassVar[str] = "settlement.payout_paid.v1"

    reference: str
