"""Cash on its way from an agent to the safe: declared, counted blind, and looked into where it differs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from marketplace import audit, events, ledger, orders
from marketplace.delivery import policy, queries
from marketplace.delivery.errors import HandOverNotFound, NothingToHandOver, OwnCash, WrongCurrency
from marketplace.delivery.events import HandedOver, HandOverAccepted, HandOverDisputed
from marketplace.delivery.models import Agent, CashCollection, HandOver
from marketplace.delivery.rules import is_within
from marketplace.delivery.states import HandOverAction
from marketplace.delivery.views import HandOverView
from marketplace.flags import Limit, limit
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import HandOverId, OrderId
from marketplace.kernel.money import Money, total
from marketplace.kernel.work import UnitOfWork


def hand_over(actor: Actor, uow: UnitOfWork, *, counted: Money, note: str | None = None) -> HandOverView:
    """Bring in everything the agent carries, and say how much he thinks it is."""
    permit(policy.can_work(actor), "hand cash over")
    if actor.user_id is None:
        raise Forbidden("Only somebody who works the road hands cash over.")
    carried = _carried(actor, uow)
    if not carried:
        raise NothingToHandOver
    expected = total([taken.amount for taken in carried], carried[0].currency)
    _check_currency(counted, expected)
    handed = HandOver(
        agent_id=actor.user_id,
        expected_minor=expected.minor,
        declared_minor=counted.minor,
        currency=expected.currency,
        note=note,
        handed_at=uow.now,
    )
    uow.session.add(handed)
    uow.session.flush()
    for taken in carried:
        taken.hand_over_id = handed.id
    uow.session.flush()
    audit.record(uow, actor, "delivery.hand_over", handed.id, after=counted.minor)
    events.emit(uow, HandedOver(hand_over_id=handed.id, agent_id=handed.agent_id))
    return queries.hand_over(actor, uow.session, hand_over_id=handed.id)


def accept_hand_over(actor: Actor, uow: UnitOfWork, *, hand_over_id: HandOverId, counted: Money) -> HandOverView:
    """Count what an agent brought, without being told what should be there.

    A small difference is posted as over or short. A larger one is looked into: nothing is posted, and the agent takes
    no cash until somebody else has counted again.
    """
    handed = _locked(actor, uow, hand_over_id)
    _check_currency(counted, handed.expected)
    variance = handed.variance(counted)
    tolerance = Money(limit(uow.session, Limit.HAND_OVER_TOLERANCE_MINOR, at=uow.now), handed.currency)
    is_fine = is_within(variance, tolerance)
    handed.act(HandOverAction.ACCEPT if is_fine else HandOverAction.INVESTIGATE)
    handed.counted_minor, handed.counted_by, handed.counted_at = counted.minor, actor.user_id, uow.now
    audit.record(uow, actor, "delivery.accept_hand_over", handed.id, before=handed.expected_minor, after=counted.minor)
    if is_fine:
        _bank(uow, handed, counted)
    else:
        _dispute(uow, handed, variance)
    uow.session.flush()
    return queries.hand_over(actor, uow.session, hand_over_id=hand_over_id)


def clear_hand_over(
    actor: Actor, uow: UnitOfWork, *, hand_over_id: HandOverId, counted: Money, note: str
) -> HandOverView:
    """End the looking into: a second person's count, as blind as the first, stands; the agent goes on."""
    handed = _locked(actor, uow, hand_over_id)
    _check_currency(counted, handed.expected)
    handed.act(HandOverAction.CLEAR)
    handed.counted_minor, handed.cleared_by, handed.cleared_at = counted.minor, actor.user_id, uow.now
    audit.record(
        uow,
        actor,
        "delivery.clear_hand_over",
        handed.id,
        before=handed.expected_minor,
        after=counted.minor,
        reason=note,
    )
    _set_blocked(uow, handed, is_blocked=False)
    _bank(uow, handed, counted)
    uow.session.flush()
    return queries.hand_over(actor, uow.session, hand_over_id=hand_over_id)


def _carried(actor: Actor, uow: UnitOfWork) -> Sequence[CashCollection]:
    found = (
        select(CashCollection)
        .where(col(CashCollection.agent_id) == actor.user_id, col(CashCollection.hand_over_id).is_(None))
        .order_by(col(CashCollection.order_id))
        .with_for_update()
    )
    return uow.session.execute(found).scalars().all()


def _locked(actor: Actor, uow: UnitOfWork, hand_over_id: HandOverId) -> HandOver:
    permit(policy.can_count(actor), "count cash")
    handed = uow.session.get(HandOver, hand_over_id, with_for_update=True)
    if handed is None:
        raise HandOverNotFound
    if not policy.can_count_this(actor, handed):
        raise OwnCash
    return handed


def _bank(uow: UnitOfWork, handed: HandOver, counted: Money) -> None:
    """Put the counted cash into the safe, and free the agent of all he was expected to bring."""
    variance = handed.variance(counted)
    safe = [ledger.Posting.debit(ledger.SAFE, counted)] if counted else []
    agent = ledger.Posting.credit(ledger.agent_cash(handed.agent_id), handed.expected)
    ledger.post(
        uow,
        kind="hand_over",
        source="delivery",
        key=f"hand_over:{handed.id}",
        postings=[*safe, *_over_short(variance), agent],
    )
    orders.note_cash_handed_over(uow, order_ids=_orders_of(uow, handed.id), at=uow.now)
    events.emit(
        uow,
        HandOverAccepted(
            hand_over_id=handed.id,
            agent_id=handed.agent_id,
            counted_minor=counted.minor,
            variance_minor=variance.minor,
            currency=counted.currency,
        ),
    )


def _dispute(uow: UnitOfWork, handed: HandOver, variance: Money) -> None:
    _set_blocked(uow, handed, is_blocked=True)
    events.emit(
        uow,
        HandOverDisputed(
            hand_over_id=handed.id,
            agent_id=handed.agent_id,
            variance_minor=variance.minor,
            currency=variance.currency,
        ),
    )


def _over_short(variance: Money) -> list[ledger.Posting]:
    if variance.minor > 0:
        return [ledger.Posting.credit(ledger.OVER_SHORT, variance)]
    return [ledger.Posting.debit(ledger.OVER_SHORT, -variance)] if variance else []


def _orders_of(uow: UnitOfWork, hand_over_id: HandOverId) -> list[OrderId]:
    covered = (
        select(col(CashCollection.order_id))
        .where(col(CashCollection.hand_over_id) == hand_over_id)
        .order_by(col(CashCollection.order_id))
    )
    return list(uow.session.execute(covered).scalars())


def _set_blocked(uow: UnitOfWork, handed: HandOver, *, is_blocked: bool) -> None:
    agent = uow.session.get_one(Agent, handed.agent_id, with_for_update=True)
    agent.is_blocked = is_blocked


def _check_currency(counted: Money, expected: Money) -> None:
    if counted.currency != expected.currency:
        raise WrongCurrency(expected.currency)
