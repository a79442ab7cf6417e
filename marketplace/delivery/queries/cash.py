"""Reads of the cash on the road."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import DateTime, Select, Subquery, Uuid, and_, case, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from marketplace import flags
from marketplace.delivery import policy
from marketplace.delivery.models import Agent, Assignment, CashCollection, CashException, HandOver
from marketplace.delivery.rules import Allowance, Load, is_overdue
from marketplace.delivery.states import LIVE, AssignmentState, ExceptionState, HandOverState
from marketplace.delivery.views import CashInHandView, CollectionView, HandOverView
from marketplace.flags import Limit
from marketplace.identity.models import User
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import HandOverId, OrderId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page, clamp, instant_and_id
from marketplace.orders import PaidState
from marketplace.orders.models import Order

MOST_SHOWN: Final = 200

Found = Select[*tuple[Any, ...]]
"""Hand-overs, each with the names of agent and cashier and how many orders it covers."""


def cash_in_hand(actor: Actor, session: Session, *, at: datetime) -> CashInHandView:
    """What the agent carries, order by order, and whether he has to bring it in."""
    permit(policy.can_work(actor), "see cash in hand")
    user_id = _themselves(actor)
    carried = loads(session, [user_id])[user_id]
    own = session.get(Agent, user_id)
    allowed = allowance(own, usual_allowance(session, at=at))
    in_hand = (
        select(CashCollection, col(Assignment.number))
        .join(Assignment, col(Assignment.id) == col(CashCollection.assignment_id))
        .where(col(CashCollection.agent_id) == user_id, col(CashCollection.hand_over_id).is_(None))
        .order_by(col(CashCollection.collected_at).desc())
        .limit(MOST_SHOWN)
    )
    collections = tuple(
        CollectionView(taken.order_id, number, taken.amount, taken.collected_at)
        for taken, number in session.execute(in_hand)
    )
    handed = hand_overs(actor, session, only_open=True, agent_id=user_id).items
    return CashInHandView(
        total=carried.in_hand,
        limit=allowed.cash,
        collections=collections,
        oldest_cash_at=carried.oldest_cash_at,
        is_overdue=is_overdue(carried.oldest_cash_at, hours=allowed.warning_hours, at=at),
        is_blocked=carried.is_blocked,
        open_hand_over=handed[0] if handed else None,
    )


def hand_overs(
    actor: Actor,
    session: Session,
    *,
    only_open: bool = False,
    agent_id: UserId | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[HandOverView]:
    """Cash brought in, newest first."""
    permit(policy.can_count(actor) or policy.can_work(actor), "see hand-overs")
    asked = clamp(limit)
    found = (
        _hand_overs()
        .where(policy.hand_overs_visible(actor))
        .order_by(col(HandOver.handed_at).desc(), col(HandOver.id).desc())
        .limit(asked + 1)
    )
    if only_open:
        found = found.where(col(HandOver.state) != HandOverState.ACCEPTED)
    if agent_id is not None:
        found = found.where(col(HandOver.agent_id) == agent_id)
    if cursor is not None:
        handed_at, last_id = instant_and_id(cursor)
        last = tuple_(literal(handed_at, DateTime(timezone=True)), literal(last_id, Uuid))
        found = found.where(tuple_(col(HandOver.handed_at), col(HandOver.id)) < last)
    views = _hand_over_views(session, found, actor)
    return Page.of(views, limit=asked, key=lambda view: (view.handed_at.isoformat(), str(view.id)))


def hand_over(actor: Actor, session: Session, *, hand_over_id: HandOverId) -> HandOverView:
    """One hand-over, for whoever has just brought or counted it."""
    one = _hand_overs().where(col(HandOver.id) == hand_over_id, policy.hand_overs_visible(actor))
    (view,) = _hand_over_views(session, one, actor)
    return view


def loads(session: Session, user_ids: Sequence[UserId]) -> dict[UserId, Load]:
    """What each of these agents has on him and before him, in one question."""
    currency = profile.chosen().currency
    ahead, held = _before_them(user_ids), _on_them(user_ids)
    found = (
        select(
            col(User.id),
            func.coalesce(ahead.c.parcels, 0),
            func.coalesce(held.c.minor, 0),
            func.coalesce(ahead.c.owed, 0),
            held.c.oldest,
            func.coalesce(col(Agent.is_blocked), false()),
        )
        .outerjoin(Agent, col(Agent.user_id) == col(User.id))
        .outerjoin(ahead, ahead.c.agent_id == col(User.id))
        .outerjoin(held, held.c.agent_id == col(User.id))
        .where(col(User.id).in_(user_ids))
    )
    return {
        UserId(user_id): Load(
            parcels=parcels,
            in_hand=Money(int(minor), currency),
            expected=Money(int(owed), currency),
            oldest_cash_at=oldest,
            is_blocked=is_blocked,
        )
        for user_id, parcels, minor, owed, oldest, is_blocked in session.execute(found)
    }


def _before_them(user_ids: Sequence[UserId]) -> Subquery:
    """The parcels that agents have before them, and the cash they will take for them: none for one that goes back."""
    is_owed = and_(col(Order.paid_state) == PaidState.UNPAID, col(Assignment.state) != AssignmentState.RETURNING)
    owed = case((is_owed, col(Assignment.cash_due_minor)), else_=0)
    return (
        select(
            col(Assignment.agent_id),
            func.count().filter(col(Assignment.state).in_(LIVE)).label("parcels"),
            func.sum(owed).label("owed"),
        )
        .join(Order, col(Order.id) == col(Assignment.order_id))
        .where(
            col(Assignment.agent_id).in_(user_ids),
            col(Assignment.state).in_([*LIVE, AssignmentState.DELIVERED]),
            or_(col(Assignment.state).in_(LIVE), col(Order.paid_state) == PaidState.UNPAID),
        )
        .group_by(col(Assignment.agent_id))
        .subquery()
    )


def _on_them(user_ids: Sequence[UserId]) -> Subquery:
    """The cash that agents have on them until it is counted, and since when."""
    return (
        select(
            col(CashCollection.agent_id),
            func.sum(col(CashCollection.amount_minor)).label("minor"),
            func.min(col(CashCollection.collected_at)).label("oldest"),
        )
        .outerjoin(HandOver, col(HandOver.id) == col(CashCollection.hand_over_id))
        .where(
            col(CashCollection.agent_id).in_(user_ids),
            or_(col(HandOver.id).is_(None), col(HandOver.state) != HandOverState.ACCEPTED),
        )
        .group_by(col(CashCollection.agent_id))
        .subquery()
    )


def usual_allowance(session: Session, *, at: datetime) -> Allowance:
    """How much any agent may carry."""
    return Allowance(
        parcels=flags.limit(session, Limit.AGENT_OPEN_ORDERS, at=at),
        cash=Money(flags.limit(session, Limit.AGENT_FLOAT_MINOR, at=at), profile.chosen().currency),
        hours=flags.limit(session, Limit.CASH_CARRIED_HOURS, at=at),
        warning_hours=flags.limit(session, Limit.CASH_WARNING_HOURS, at=at),
    )


def allowance(agent: Agent | None, usual: Allowance) -> Allowance:
    """How much this agent may carry: what was agreed with him, else what is usual."""
    if agent is None:
        return usual
    cash = usual.cash if agent.float_limit_minor is None else Money(agent.float_limit_minor, usual.cash.currency)
    return replace(usual, parcels=agent.parcel_limit or usual.parcels, cash=cash)


@dataclass(frozen=True, slots=True)
class AtDoor:
    """What an agent must know of an order before he takes cash for it."""

    due: Money
    is_taken: bool
    is_asked: bool


def is_blocked(session: Session, *, agent_id: UserId) -> bool:
    """Whether an agent may take no cash for now."""
    found = select(col(Agent.is_blocked)).where(col(Agent.user_id) == agent_id)
    return bool(session.execute(found).scalar_one_or_none())


def cash_at_door(session: Session, *, order_id: OrderId) -> AtDoor:
    """What is still to be collected for an order, and whether another sum was taken or asked about before."""
    taken = select(CashCollection).where(col(CashCollection.order_id) == col(Order.id)).exists()
    is_open = col(CashException.state) == ExceptionState.OPEN
    asked = select(CashException).where(col(CashException.order_id) == col(Order.id), is_open).exists()
    order, is_taken, is_asked = session.execute(select(Order, taken, asked).where(col(Order.id) == order_id)).one()
    return AtDoor(due_of(order), is_taken, is_asked)


def due_of(order: Order) -> Money:
    """What is still to be collected for an order."""
    return order.total if order.paid_state is PaidState.UNPAID else Money.zero(order.currency)


def _themselves(actor: Actor) -> UserId:
    if actor.user_id is None:
        raise Forbidden("Only somebody who works the road carries cash.")
    return actor.user_id


@cache
def _hand_overs() -> Found:
    agent, cashier = aliased(User), aliased(User)
    covered = (
        select(func.count())
        .select_from(CashCollection)
        .where(col(CashCollection.hand_over_id) == col(HandOver.id))
        .scalar_subquery()
    )
    return (
        select(HandOver, col(agent.full_name), col(cashier.full_name), covered)
        .join(agent, col(agent.id) == col(HandOver.agent_id))
        .outerjoin(cashier, col(cashier.id) == col(HandOver.counted_by))
    )


def _hand_over_views(session: Session, found: Found, actor: Actor) -> tuple[HandOverView, ...]:
    return tuple(
        HandOverView.of(handed, agent_name=agent_name, counted_by_name=counted_by_name, orders=orders, seen_by=actor)
        for handed, agent_name, counted_by_name, orders in session.execute(found)
    )
