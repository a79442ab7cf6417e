"""Payouts, as the contract prints them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace.kernel.clock import Period
from marketplace.rest.shapes.base import FullLine, Moment, Money, Shape, Store, Wished
from marketplace.settlement import PayoutState, PayoutView


class Matured(Shape):
    """The period in which the paid orders matured."""

    from_: Annotated[Moment, Field(serialization_alias="from")]
    to: Moment

    @classmethod
    def of(cls, period: Period) -> "Matured":
        """Print a period."""
        return cls(from_=period.starts_at, to=period.ends_at)


class Payout(Shape):
    """Money to be sent to a vendor."""

    id: UUID
    store: Store
    state: PayoutState
    amount: Money
    period: Matured | None
    orders: tuple[str, ...]
    reference: str | None
    proposed_at: Moment
    confirmed_at: Moment | None
    paid_at: Moment | None
    can_confirm: bool

    @classmethod
    def of(cls, payout: PayoutView) -> "Payout":
        """Print a payout."""
        return cls(
            id=payout.id,
            store=Store(id=payout.store_id, name=payout.store_name, slug=payout.store_slug),
            state=payout.state,
            amount=Money.of(payout.amount),
            period=Matured.of(payout.period),
            orders=payout.orders,
            reference=payout.reference,
            proposed_at=payout.proposed_at,
            confirmed_at=payout.confirmed_at,
            paid_at=payout.paid_at,
            can_confirm=payout.can_confirm,
        )


class Confirmation(Wished):
    """What the bank calls the transfer."""

    reference: Annotated[FullLine, Field(max_length=140)]
