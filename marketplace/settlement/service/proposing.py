"""Proposing: once a day, what has matured for a vendor becomes a payout for finance to confirm."""

from collections import defaultdict
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from marketplace import events, flags
from marketplace.flags import Limit
from marketplace.kernel import profile
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.settlement import queries
from marketplace.settlement.events import PayoutProposed
from marketplace.settlement.models import Payout, PayoutOrder
from marketplace.settlement.states import PAYOUT

STORES_AT_ONCE: Final = 200


def propose(uow: UnitOfWork) -> int:
    """Propose a payout to each vendor whose matured money is enough, one a day; returns how many."""
    least = flags.limit(uow.session, Limit.PAYOUT_MINIMUM_MINOR, at=uow.now)
    day = uow.now.astimezone(ZoneInfo(profile.chosen().time_zone)).date()
    waiting = queries.waiting_orders(uow.session, now=uow.now, day=day, least_minor=least, stores=STORES_AT_ONCE)
    by_store: defaultdict[tuple[StoreId, str], list[PayoutOrder]] = defaultdict(list)
    for order in waiting:
        by_store[order.store_id, order.currency].append(order)
    proposed = [_payout(uow, orders, day) for orders in by_store.values()]
    events.emit(uow, *(_fact(payout) for payout in proposed))
    return len(proposed)


def _payout(uow: UnitOfWork, orders: list[PayoutOrder], day: date) -> Payout:
    payout = Payout(
        store_id=orders[0].store_id,
        state=PAYOUT.initial,
        amount_minor=sum(order.amount_minor for order in orders),
        currency=orders[0].currency,
        period_starts_at=min(order.matured_at for order in orders),
        period_ends_at=uow.now,
        proposed_on=day,
        proposed_at=uow.now,
        proposed_by=uow.asked_by,
    )
    uow.session.add(payout)
    uow.session.flush()
    for order in orders:
        order.payout_id = payout.id
    return payout


def _fact(payout: Payout) -> PayoutProposed:
    return PayoutProposed(
        payout_id=payout.id,
        store_id=payout.store_id,
        amount_minor=payout.amount_minor,
        currency=payout.currency,
    )
