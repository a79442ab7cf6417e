"""The money of an order: posted here alone, in the transaction of the fact, under the order's lock."""

from collections.abc import Collection
from datetime import datetime, timedelta

from marketplace import events, flags, ledger, payments
from marketplace.flags import Limit
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import OrderId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Entry, Posting
from marketplace.orders.errors import NotHandedOver, NothingDue, NotPayable, OnHold, WrongAmount
from marketplace.orders.events import OrderClosed, OrderDelivered, OrderSettled
from marketplace.orders.models import Order
from marketplace.orders.queries import due_for_closing
from marketplace.orders.service.journey import (
    Journey,
    advance,
    locked,
    locked_all,
    settle_paid_state,
    told,
)
from marketplace.orders.states import OrderAction, OrderState


def deliver(uow: UnitOfWork, *, order_id: OrderId, by: Actor) -> None:
    """The buyer has the parcel: the vendor has earned its price, and the house its fee (P3, P3c, P4)."""
    journey = locked(uow, order_id=order_id)
    order = journey.order
    advance(uow, by, journey, OrderAction.DELIVER)
    days = flags.limit(uow.session, Limit.RETURN_WINDOW_DAYS, at=uow.now)
    order.closes_at = uow.now + timedelta(days=days)
    ledger.post_all(uow, entries=_earnings(order, paid=_prepaid(uow, order)))
    events.emit(uow, told(OrderDelivered, order))


def settle(uow: UnitOfWork, *, order_id: OrderId, amount: Money, agent_id: UserId) -> None:
    """An agent has taken the exact sum for an order on his hands, before or after its delivery (P8)."""
    order = locked(uow, order_id=order_id).order
    if order.settled_at is not None or order.state not in {OrderState.IN_TRANSIT, OrderState.DELIVERED}:
        raise NothingDue(order.number)
    if amount != order.total:
        raise WrongAmount(order.number)
    order.settled_at = uow.now
    order.version += 1
    settle_paid_state(order)
    ledger.post_all(uow, entries=[_cash(order, agent_id)])
    payments.record_capture(uow, order_id=order.id, amount=amount, by=f"agent:{agent_id}")
    events.emit(uow, told(OrderSettled, order, amount_minor=amount.minor, currency=amount.currency))


def note_cash_handed_over(uow: UnitOfWork, *, order_ids: Collection[OrderId], at: datetime) -> None:
    """The cash of these orders is in the safe."""
    for journey in locked_all(uow, order_ids=order_ids):
        order = journey.order
        if order.settled_at is None or order.cash_handed_over_at is not None:
            raise NotHandedOver
        order.cash_handed_over_at = at
        order.version += 1
        settle_paid_state(order)


def close(uow: UnitOfWork, *, order_ids: Collection[OrderId], at: datetime) -> tuple[OrderId, ...]:
    """Note that these orders were paid out, and close those past their return window; the clock closes the others.

    One that is held is paid to nobody: whoever asks has looked before, but knows only under the lock.
    """
    journeys = locked_all(uow, order_ids=order_ids)
    for journey in journeys:
        _pay_out(journey.order, at)
    return _close(uow, [journey for journey in journeys if _is_over(journey.order, uow.now)])


def close_due(uow: UnitOfWork, *, limit: int = 200) -> tuple[OrderId, ...]:
    """Close the orders that were paid out and whose return window has ended since; returns which."""
    due = due_for_closing(uow.session, now=uow.now, limit=limit)
    return _close(uow, locked_all(uow, order_ids=due))


def _prepaid(uow: UnitOfWork, order: Order) -> Money:
    """What the buyer has paid before he has the parcel: nothing, while it is not settled."""
    if order.settled_at is None:
        return Money.zero(order.currency)
    prepayment = ledger.buyer_prepayment(order.buyer_store_id)
    return ledger.held_for_order(uow.session, order_id=order.id, account=prepayment, currency=order.currency)


def _pay_out(order: Order, at: datetime) -> None:
    if order.paid_out_at is not None or order.settled_at is None or order.state is not OrderState.DELIVERED:
        raise NotPayable
    if order.is_held:
        raise OnHold(order.number)
    order.paid_out_at = at
    order.version += 1
    settle_paid_state(order)


def _is_over(order: Order, now: datetime) -> bool:
    return order.closes_at is not None and order.closes_at <= now


def _close(uow: UnitOfWork, journeys: Collection[Journey]) -> tuple[OrderId, ...]:
    for journey in journeys:
        advance(uow, system("closing"), journey, OrderAction.CLOSE)
    events.emit(uow, *(told(OrderClosed, journey.order) for journey in journeys))
    return tuple(journey.order.id for journey in journeys)


def _earnings(order: Order, *, paid: Money) -> list[Entry]:
    pending = ledger.vendor_pending(order.store_id)
    due = order.total - paid
    entries = []
    if paid:
        prepaid = ledger.buyer_prepayment(order.buyer_store_id)
        entries.append(_entry(order, "P3", "sale", [Posting.debit(prepaid, paid), Posting.credit(pending, paid)]))
    if due:
        owed = ledger.buyer_receivable(order.buyer_store_id)
        entries.append(
            _entry(order, "P3c", "sale_on_receivable", [Posting.debit(owed, due), Posting.credit(pending, due)])
        )
    if order.fee or order.fee_vat:
        takings = [
            Posting.debit(pending, order.fee + order.fee_vat),
            Posting.credit(ledger.REFERRAL_INCOME, order.fee),
            Posting.credit(ledger.OUTPUT_VAT, order.fee_vat),
        ]
        entries.append(_entry(order, "P4", "referral_fee", takings))
    return entries


def _cash(order: Order, agent_id: UserId) -> Entry:
    is_delivered = order.state is OrderState.DELIVERED
    owed = ledger.buyer_receivable if is_delivered else ledger.buyer_prepayment
    taken = [
        Posting.debit(ledger.agent_cash(agent_id), order.total),
        Posting.credit(owed(order.buyer_store_id), order.total),
    ]
    return _entry(order, "P8", "cash_collected", taken)


def _entry(order: Order, step: str, kind: str, postings: list[Posting]) -> Entry:
    return Entry(
        kind=kind,
        source=f"order:{order.number}",
        key=f"order:{order.id}:{step}",
        postings=tuple(postings),
        order_id=order.id,
    )
