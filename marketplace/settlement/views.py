"""What leaves settlement."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.kernel.clock import Period
from marketplace.kernel.ids import PayoutId, StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.settlement.states import PayoutState


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A payout, with the numbers of the orders it pays."""

    id: PayoutId
    store_id: StoreId
    store_name: str
    store_slug: str
    state: PayoutState
    amount: Money
    period: Period
    orders: tuple[str, ...]
    delivered: Period | None
    """From the first of these orders that was delivered to the last."""
    proposed_at: datetime
    confirmed_by: UserId | None
    confirmed_by_name: str | None
    confirmed_at: datetime | None
    paid_by: UserId | None
    paid_at: datetime | None
    reference: str | None
    can_confirm: bool


@dataclass(frozen=True, slots=True)
class EarningsView:
    """Where a vendor's money is: not yet his to have, to be paid next, and on its way."""

    store_id: StoreId
    pending: Money
    available: Money
    proposed: Money
    paid: Money
