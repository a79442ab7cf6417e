"""Maturing: an order's money goes over to its vendor when nothing can call it back any more."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from marketplace import flags, ledger
from marketplace.flags import Limit
from marketplace.kernel import profile
from marketplace.kernel.ids import OrderId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Entry, Posting
from marketplace.settlement import queries
from marketplace.settlement.models import PayoutOrder
from marketplace.settlement.queries import Ripe

AT_ONCE: Final = 500

MATURED: Final = "matured"
"""The kind of the posting (domain-rules B16, P12)."""


def mature(uow: UnitOfWork) -> int:
    """Let the money of orders go over that were delivered, were paid for and have waited; returns how many."""
    waits = timedelta(days=flags.limit(uow.session, Limit.MATURITY_DAYS, at=uow.now))
    ripe = queries.ripe_orders(uow.session, when=profile.chosen().payable_when, waits=waits, now=uow.now, limit=AT_ONCE)
    held = _held(uow, ripe)
    ledger.post_all(uow, entries=[_entry(order, held[order.order_id]) for order in ripe if held[order.order_id]])
    uow.session.add_all(
        PayoutOrder(
            order_id=order.order_id,
            store_id=order.store_id,
            amount_minor=held[order.order_id].minor,
            currency=order.currency,
            matured_at=uow.now,
        )
        for order in ripe
    )
    return len(ripe)


def _held(uow: UnitOfWork, ripe: Sequence[Ripe]) -> dict[OrderId, Money]:
    pots = {order.order_id: ledger.vendor_pending(order.store_id) for order in ripe}
    return ledger.held_for_orders(uow.session, accounts=pots, currency=profile.chosen().currency)


def _entry(order: Ripe, amount: Money) -> Entry:
    return Entry(
        kind=MATURED,
        source=f"order:{order.number}",
        key=f"order:{order.order_id}:matured",
        order_id=order.order_id,
        postings=(
            Posting.debit(ledger.vendor_pending(order.store_id), amount),
            Posting.credit(ledger.vendor_available(order.store_id), amount),
        ),
    )
