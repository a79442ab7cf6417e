"""Reads of an agent's round, and of the code that waits for him at the door."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from marketplace.delivery import policy
from marketplace.delivery.errors import StopNotFound
from marketplace.delivery.models import (
    Agent,
    Assignment,
    Attempt,
    CashCollection,
    CashException,
    DeliveryCode,
    Stop,
)
from marketplace.delivery.queries.cash import due_of
from marketplace.delivery.rules import Door, open_to
from marketplace.delivery.states import (
    BACK_TO_SHOP,
    COMING,
    LIVE,
    AssignmentState,
    ExceptionState,
    FailureReason,
    StopKind,
)
from marketplace.delivery.views import CodeView, StopView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId, StopId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page, a_choice, clamp, parts_of
from marketplace.kernel.rows import after
from marketplace.orders import DROPPED, PaidState
from marketplace.orders.models import Order, OrderLine

MOST_STOPS: Final = 200

Found = Select[*tuple[Any, ...]]
"""Stops, each with where its parcel was fetched, its parcel, order, code, cash taken and asked about, pieces, failed
attempts and the last reason, the sum that was declined last, and whether its agent may take no cash for now."""

Row = tuple[
    Stop,
    Stop,
    Assignment,
    Order,
    DeliveryCode | None,
    CashCollection | None,
    CashException | None,
    int | None,
    int,
    FailureReason | None,
    int | None,
    bool | None,
]


def stops(actor: Actor, session: Session, *, since: datetime) -> tuple[StopView, ...]:
    """The round of the agent: what is to be done in the order of promises, then what was done since then."""
    permit(policy.can_work(actor), "see a round")
    return _stop_views(session, _round(actor, since=since).limit(MOST_STOPS), actor)


def paged_stops(
    actor: Actor, session: Session, *, since: datetime, cursor: str | None = None, limit: int | None = None
) -> Page[StopView]:
    """The round of the agent, page by page."""
    permit(policy.can_work(actor), "see a round")
    asked = clamp(limit)
    found = _round(actor, since=since).limit(asked + 1)
    if cursor is not None:
        mark = parts_of(cursor, a_choice, date.fromisoformat, datetime.fromisoformat, a_choice, UUID)
        found = found.where(after(_IN_TURN, mark))
    return Page.of(_rows(session, found), limit=asked, key=_turn).map(lambda row: _view(actor, row))


def stop(actor: Actor, session: Session, *, stop_id: StopId) -> StopView:
    """One stop of the agent's round."""
    found = _stop_views(session, _stops().where(col(Stop.id) == stop_id, policy.on_round(actor)), actor)
    if not found:
        raise StopNotFound
    return found[0]


def of_order(actor: Actor, session: Session, *, number: str) -> StopView | None:
    """Where the parcel of an order is, for the dispatcher: its last drop, if an agent ever had it."""
    permit(policy.can_dispatch(actor), "see where a parcel is")
    last = (
        _stops()
        .where(col(Assignment.number) == number, col(Stop.kind) == StopKind.DROP)
        .order_by(col(Assignment.assigned_at).desc())
        .limit(1)
    )
    found = _stop_views(session, last, actor)
    return found[0] if found else None


def can_renew_code(actor: Actor, session: Session, *, number: str) -> bool:
    """Whether the actor may give the buyer of an order another code: its parcel is with an agent."""
    if not policy.can_dispatch(actor):
        return False
    coming = select(col(Assignment.id)).where(col(Assignment.number) == number, col(Assignment.state).in_(COMING))
    return session.execute(coming).first() is not None


def code_for_buyer(actor: Actor, session: Session, *, number: str) -> CodeView | None:
    """The code of an order that is on its way to the asking store."""
    found = (
        select(DeliveryCode)
        .join(Assignment, col(Assignment.order_id) == col(DeliveryCode.order_id))
        .where(col(Assignment.number) == number, policy.of_own_purchase(actor), col(Assignment.state).in_(LIVE))
        .limit(1)
    )
    code = session.execute(found).scalar_one_or_none()
    return None if code is None else CodeView(number, code.code, code.tries_left)


def pieces_of(session: Session, order_ids: Sequence[OrderId]) -> dict[OrderId, int]:
    """How many pieces each order sends."""
    counted = (
        select(col(OrderLine.order_id), func.sum(col(OrderLine.quantity)))
        .where(col(OrderLine.order_id).in_(order_ids), col(OrderLine.state).not_in(DROPPED))
        .group_by(col(OrderLine.order_id))
    )
    return {order_id: int(pieces) for order_id, pieces in session.execute(counted)}


_IN_TURN: Final = (
    col(Assignment.state).not_in(LIVE),
    func.coalesce(col(Stop.promised_on), date.max),
    col(Assignment.assigned_at),
    col(Stop.kind) == StopKind.DROP,
    col(Stop.id),
)
"""What is still to be done, then by promise, then by age; a parcel is fetched before it is brought."""


def _turn(row: Row) -> tuple[str | int, ...]:
    stop, _shop, assignment, *_ = row
    is_done, is_drop = assignment.state not in LIVE, stop.kind is StopKind.DROP
    promised = (stop.promised_on or date.max).isoformat()
    return int(is_done), promised, assignment.assigned_at.isoformat(), int(is_drop), str(stop.id)


def _round(actor: Actor, *, since: datetime) -> Found:
    unpaid_at_door = and_(col(Assignment.state) == AssignmentState.DELIVERED, col(Order.paid_state) == PaidState.UNPAID)
    on_it = or_(col(Assignment.state).in_(LIVE), unpaid_at_door, col(Assignment.ended_at) >= since)
    mine = true() if actor.is_system else col(Assignment.agent_id) == actor.user_id
    shown = col(Assignment.state).not_in([AssignmentState.REASSIGNED, AssignmentState.WITHDRAWN])
    return _stops().where(mine, on_it, shown).order_by(*_IN_TURN)


@cache
def _stops() -> Found:
    asked = and_(
        col(CashException.order_id) == col(Assignment.order_id), col(CashException.state) == ExceptionState.OPEN
    )
    pieces = (
        select(func.sum(col(OrderLine.quantity)))
        .where(col(OrderLine.order_id) == col(Order.id), col(OrderLine.state).not_in(DROPPED))
        .scalar_subquery()
    )
    tried = select(func.count()).where(col(Attempt.order_id) == col(Order.id)).scalar_subquery()
    last_failure = (
        select(col(Attempt.reason))
        .where(col(Attempt.order_id) == col(Order.id))
        .order_by(col(Attempt.failed_at).desc(), col(Attempt.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    shop, answered = aliased(Stop), aliased(CashException)
    declined = (
        select(col(answered.offered_minor))
        .where(col(answered.assignment_id) == col(Assignment.id), col(answered.state) == ExceptionState.DECLINED)
        .order_by(col(answered.decided_at).desc())
        .limit(1)
        .scalar_subquery()
    )
    blocked = select(col(Agent.is_blocked)).where(col(Agent.user_id) == col(Assignment.agent_id)).scalar_subquery()
    return (
        select(
            Stop,
            shop,
            Assignment,
            Order,
            DeliveryCode,
            CashCollection,
            CashException,
            pieces,
            tried,
            last_failure,
            declined,
            blocked,
        )
        .join(Assignment, col(Assignment.id) == col(Stop.assignment_id))
        .join(shop, and_(col(shop.assignment_id) == col(Assignment.id), col(shop.kind) == StopKind.PICKUP))
        .join(Order, col(Order.id) == col(Assignment.order_id))
        .outerjoin(DeliveryCode, col(DeliveryCode.order_id) == col(Assignment.order_id))
        .outerjoin(CashCollection, col(CashCollection.order_id) == col(Assignment.order_id))
        .outerjoin(CashException, asked)
    )


def _stop_views(session: Session, found: Found, actor: Actor) -> tuple[StopView, ...]:
    return tuple(_view(actor, row) for row in _rows(session, found))


def _rows(session: Session, found: Found) -> Sequence[Row]:
    return [tuple(row) for row in session.execute(found.execution_options(populate_existing=True))]


def _view(actor: Actor, row: Row) -> StopView:
    stop, shop, assignment, order, code, taken, asked, pieces, tried, last_failure, declined, is_blocked = row
    where_to = shop if assignment.state in BACK_TO_SHOP else stop
    is_drop = stop.kind is StopKind.DROP
    due = due_of(order)
    door = Door(
        assignment.state,
        is_cash_due=bool(due),
        is_cash_asked=asked is not None,
        is_cash_taken=taken is not None,
        is_agent_blocked=bool(is_blocked),
    )
    return StopView(
        id=stop.id,
        assignment_id=assignment.id,
        order_id=assignment.order_id,
        number=assignment.number,
        kind=stop.kind,
        state=stop.state_with(assignment),
        address=where_to.address,
        contact_name=where_to.contact_name,
        contact_phone=where_to.contact_phone,
        cash_due=due if is_drop and due else None,
        cash_taken=taken.amount if is_drop and taken else None,
        cash_asked=asked.offered if is_drop and asked else None,
        cash_declined=Money(declined, due.currency) if is_drop and due and declined is not None else None,
        is_cash_blocked=is_drop and bool(due) and door.is_agent_blocked,
        promised_on=stop.promised_on,
        pieces=pieces or 0,
        attempts=tried,
        last_failure=last_failure,
        code_tries_left=code.tries_left if code else 0,
        done_at=assignment.ended_at if is_drop else assignment.picked_up_at,
        can=open_to(stop.kind, door) if policy.is_own(actor, assignment) else frozenset(),
    )
