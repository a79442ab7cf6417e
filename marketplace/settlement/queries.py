"""Reads of settlement."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import and_, func, select, tuple_
from sqlmodel import Session, col

from marketplace import flags, identity, ledger
from marketplace.flags import Limit
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.clock import Period
from marketplace.kernel.ids import OrderId, PayoutId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page, clamp, instant_and_id
from marketplace.orders import OrderState
from marketplace.orders.models import Order
from marketplace.settlement import policy
from marketplace.settlement.errors import PayoutNotFound
from marketplace.settlement.models import Payout, PayoutOrder
from marketplace.settlement.states import PayoutState
from marketplace.settlement.views import EarningsView, PayoutView


@dataclass(frozen=True, slots=True)
class Ripe:
    """An order whose money may go over to its vendor."""

    order_id: OrderId
    number: str
    store_id: StoreId
    currency: str


@dataclass(frozen=True, slots=True)
class Sale:
    """An order that a payout pays."""

    number: str
    delivered_at: datetime | None


def payouts(
    actor: Actor,
    session: Session,
    *,
    state: PayoutState | None = None,
    only_own: bool = False,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[PayoutView]:
    """Payouts, newest first; in one state, or of the actor's own store alone, where asked."""
    asked = clamp(limit)
    seen = policy.own(actor) if only_own else policy.visible(actor)
    newest = select(Payout).where(seen).order_by(col(Payout.proposed_at).desc(), col(Payout.id).desc())
    if state is not None:
        newest = newest.where(col(Payout.state) == state)
    if cursor is not None:
        newest = newest.where(tuple_(col(Payout.proposed_at), col(Payout.id)) < tuple_(*instant_and_id(cursor)))
    found = session.execute(newest.limit(asked + 1)).scalars().all()
    page = Page.of(found, limit=asked, key=lambda row: (row.proposed_at.isoformat(), str(row.id)))
    return Page(tuple(views(actor, session, page.items)), page.next_cursor)


def payout(actor: Actor, session: Session, *, payout_id: PayoutId) -> PayoutView:
    """One payout."""
    found = select(Payout).where(col(Payout.id) == payout_id, policy.visible(actor))
    row = session.execute(found).scalar_one_or_none()
    if row is None:
        raise PayoutNotFound(payout_id)
    (view,) = views(actor, session, [row])
    return view


def needs_two(session: Session, *, amount: Money, at: datetime) -> bool:
    """Whether a payout is so large that two persons confirm it."""
    return amount.minor > flags.limit(session, Limit.PAYOUT_SINGLE_MINOR, at=at)


def takes_two(actor: Actor, session: Session, *, payout_id: PayoutId, at: datetime) -> bool:
    """Whether a payout that somebody may see is to be confirmed by two persons."""
    return needs_two(session, amount=payout(actor, session, payout_id=payout_id).amount, at=at)


def earnings(actor: Actor, session: Session) -> EarningsView:
    """Where the money of the actor's own store is; what a payout names is in its pot until paid, and counts once."""
    permit(policy.can_see_earnings(actor), "see what this store has earned")
    store_id, currency = StoreId(cast("UUID", actor.store_id)), profile.chosen().currency
    pots = (ledger.vendor_pending(store_id), ledger.vendor_available(store_id))
    balances = ledger.balances(session, accounts=pots, currency=currency)
    sums = (
        select(col(Payout.state), func.sum(col(Payout.amount_minor)))
        .where(col(Payout.store_id) == store_id, col(Payout.currency) == currency)
        .group_by(col(Payout.state))
    )
    by_state = {state: int(minor) for state, minor in session.execute(sums)}
    paid = by_state.pop(PayoutState.PAID, 0)
    proposed = Money(sum(by_state.values()), currency)
    return EarningsView(
        store_id=store_id,
        pending=balances[pots[0]],
        available=balances[pots[1]] - proposed,
        proposed=proposed,
        paid=Money(paid, currency),
    )


def views(actor: Actor, session: Session, rows: Sequence[Payout]) -> Iterator[PayoutView]:
    """Show payouts to somebody, in six questions for however many."""
    paid = {row.store_id for row in rows}
    stores, people = identity.stores_by_id(session, paid), identity.members_of(session, paid)
    first_hands = identity.users_by_id(session, {row.confirmed_by for row in rows if row.confirmed_by is not None})
    sales = _sales(session, [row.id for row in rows])
    for row in rows:
        yield PayoutView(
            id=row.id,
            store_id=row.store_id,
            store_name=stores[row.store_id].name,
            store_slug=stores[row.store_id].slug,
            state=row.state,
            amount=row.amount,
            period=Period(row.period_starts_at, row.period_ends_at),
            orders=tuple(sale.number for sale in sales[row.id]),
            delivered=_delivered(sales[row.id]),
            proposed_at=row.proposed_at,
            confirmed_by=row.confirmed_by,
            confirmed_by_name=first_hands[row.confirmed_by].full_name if row.confirmed_by is not None else None,
            confirmed_at=row.confirmed_at,
            paid_by=row.paid_by,
            paid_at=row.paid_at,
            reference=row.reference,
            can_confirm=policy.can_confirm_now(actor, row, paid=people.get(row.store_id, ())),
        )


def ripe_orders(
    session: Session, *, when: Literal["matured", "cash_handed_over"], waits: timedelta, now: datetime, limit: int
) -> list[Ripe]:
    """Find orders that were delivered and paid for and have waited long enough, and lock them."""
    has_waited = col(Order.delivered_at) <= now - waits if when == "matured" else col(Order.cash_handed_over_at) <= now
    is_new = ~select(PayoutOrder).where(col(PayoutOrder.order_id) == col(Order.id)).exists()
    found = (
        select(col(Order.id), col(Order.number), col(Order.store_id), col(Order.currency))
        .where(
            col(Order.state) == OrderState.DELIVERED,
            col(Order.paid_out_at).is_(None),
            col(Order.settled_at).is_not(None),
            ~col(Order.is_held),
            has_waited,
            is_new,
        )
        .order_by(col(Order.delivered_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [
        Ripe(OrderId(id_), number, StoreId(store), currency) for id_, number, store, currency in session.execute(found)
    ]


def waiting_orders(session: Session, *, now: datetime, day: date, least_minor: int, stores: int) -> list[PayoutOrder]:
    """Find what waits to be paid to vendors who had no payout yet that day, where it is enough, and lock it.

    An order that is held meanwhile waits for a later payout: it would keep this one from being paid.
    """
    is_held = select(Order).where(col(Order.id) == col(PayoutOrder.order_id), col(Order.is_held)).exists()
    waits = and_(col(PayoutOrder.payout_id).is_(None), col(PayoutOrder.matured_at) <= now, ~is_held)
    had_one = (
        select(Payout).where(col(Payout.store_id) == col(PayoutOrder.store_id), col(Payout.proposed_on) == day).exists()
    )
    enough = (
        select(col(PayoutOrder.store_id))
        .where(waits, ~had_one)
        .group_by(col(PayoutOrder.store_id))
        .having(func.sum(col(PayoutOrder.amount_minor)) >= max(least_minor, 1))
        .order_by(col(PayoutOrder.store_id))
        .limit(stores)
    )
    waiting = (
        select(PayoutOrder)
        .where(waits, col(PayoutOrder.store_id).in_(enough))
        .order_by(col(PayoutOrder.order_id))
        .with_for_update()
    )
    return list(session.execute(waiting).scalars())


def held_order(session: Session, *, payout_id: PayoutId) -> str | None:
    """The number of an order of a payout that is on hold, if there is one."""
    found = (
        select(col(Order.number))
        .join(PayoutOrder, col(PayoutOrder.order_id) == col(Order.id))
        .where(col(PayoutOrder.payout_id) == payout_id, col(Order.is_held))
        .order_by(col(Order.number))
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()


def _sales(session: Session, ids: Sequence[PayoutId]) -> defaultdict[PayoutId, list[Sale]]:
    found = (
        select(col(PayoutOrder.payout_id), col(Order.number), col(Order.delivered_at))
        .join(Order, col(Order.id) == col(PayoutOrder.order_id))
        .where(col(PayoutOrder.payout_id).in_(ids))
        .order_by(col(Order.number))
    )
    sales: defaultdict[PayoutId, list[Sale]] = defaultdict(list)
    for payout_id, number, delivered_at in session.execute(found):
        sales[payout_id].append(Sale(number, delivered_at))
    return sales


def _delivered(sales: Sequence[Sale]) -> Period | None:
    days = [sale.delivered_at for sale in sales if sale.delivered_at is not None]
    return Period(min(days), max(days)) if days else None
