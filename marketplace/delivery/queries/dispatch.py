"""Reads for whoever gives parcels to agents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from marketplace.delivery import policy
from marketplace.delivery.errors import OrderNotFound
from marketplace.delivery.models import Agent, Assignment, CashException
from marketplace.delivery.queries.cash import allowance, due_of, loads, usual_allowance
from marketplace.delivery.queries.round import pieces_of
from marketplace.delivery.rules import Allowance, Load, is_overdue
from marketplace.delivery.states import AssignmentState, ExceptionState
from marketplace.delivery.views import AgentView, ExceptionView, QueueItem
from marketplace.identity import SystemRole
from marketplace.identity.models import Address, Store, SystemGrant, User
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import CashExceptionId, OrderId, StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import MAX_LIMIT, Page, a_name, clamp, instant_and_id, parts_of
from marketplace.kernel.rows import after
from marketplace.orders import OrderState
from marketplace.orders.models import Order

NEVER: Final = date.max
"""The day of what was promised for none: it waits behind all that was."""

Asked = Select[CashException, str, str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What must be known of an order to give it to an agent."""

    order_id: OrderId
    number: str
    store_id: StoreId
    buyer_store_id: StoreId
    state: OrderState
    is_held: bool
    cash_due: Money
    destination: Mapping[str, Any]
    promised_on: date | None
    origin: Mapping[str, Any]
    origin_name: str
    origin_phone: str


def queue(actor: Actor, session: Session) -> tuple[QueueItem, ...]:
    """Orders that are packed and not picked up yet, as many as a desk shows: those most in a hurry."""
    return paged_queue(actor, session, limit=MAX_LIMIT).items


def paged_queue(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[QueueItem]:
    """Orders that are packed and not picked up yet: the soonest promised first, then the longest waiting."""
    permit(policy.can_dispatch(actor), "see what waits for an agent")
    asked = clamp(limit)
    urgency = (
        func.coalesce(col(Order.latest_on), NEVER),
        func.coalesce(col(Order.ready_at), col(Order.placed_at)),
        col(Order.id),
    )
    found = _waiting().order_by(*urgency).limit(asked + 1)
    if cursor is not None:
        found = found.where(after(urgency, parts_of(cursor, date.fromisoformat, datetime.fromisoformat, UUID)))
    rows = session.execute(found).all()
    pieces = pieces_of(session, [row[0].id for row in rows])
    items = [
        QueueItem(
            order_id=order.id,
            number=order.number,
            store_id=order.store_id,
            store_name=store_name,
            store_city=store_city or "",
            buyer_name=buyer_name,
            address=order.address,
            pieces=pieces.get(order.id, 0),
            cash_due=due_of(order),
            latest_on=order.latest_on,
            ready_at=order.ready_at or order.placed_at,
            offered_to=offered_to,
            offered_to_name=agent_name,
        )
        for order, store_name, store_city, buyer_name, offered_to, agent_name in rows
    ]
    return Page.of(items, limit=asked, key=_urgency)


def agents(actor: Actor, session: Session, *, at: datetime) -> tuple[AgentView, ...]:
    """Everybody who works the road, with what he carries: a desk chooses among all of them."""
    permit(policy.can_dispatch(actor), "see the agents")
    return _agents(session, session.execute(_on_the_road()).all(), at=at)


def paged_agents(
    actor: Actor, session: Session, *, at: datetime, cursor: str | None = None, limit: int | None = None
) -> Page[AgentView]:
    """Everybody who works the road, with what he carries, by name."""
    permit(policy.can_dispatch(actor), "see the agents")
    asked = clamp(limit)
    found = _on_the_road().limit(asked + 1)
    if cursor is not None:
        found = found.where(after(_BY_NAME, parts_of(cursor, a_name, UUID)))
    views = _agents(session, session.execute(found).all(), at=at)
    return Page.of(views, limit=asked, key=lambda agent: (agent.name, str(agent.user_id)))


def exceptions(actor: Actor, session: Session) -> tuple[ExceptionView, ...]:
    """Sums that differ from what was due and wait for an answer, as many as a desk shows: the oldest."""
    return paged_exceptions(actor, session, limit=MAX_LIMIT).items


def paged_exceptions(
    actor: Actor, session: Session, *, only_open: bool = True, cursor: str | None = None, limit: int | None = None
) -> Page[ExceptionView]:
    """Sums that differ from what was due, oldest first: the dispatcher decides."""
    permit(policy.can_dispatch(actor), "see questions about cash")
    asked = clamp(limit)
    age = (col(CashException.raised_at), col(CashException.id))
    found = _exceptions().order_by(*age).limit(asked + 1)
    if only_open:
        found = found.where(col(CashException.state) == ExceptionState.OPEN)
    if cursor is not None:
        found = found.where(after(age, instant_and_id(cursor)))
    views = _exception_views(session, found)
    return Page.of(views, limit=asked, key=lambda view: (view.raised_at.isoformat(), str(view.id)))


def exception(session: Session, *, exception_id: CashExceptionId) -> ExceptionView:
    """One question about cash, for whoever has just answered it."""
    (view,) = _exception_views(session, _exceptions().where(col(CashException.id) == exception_id))
    return view


def parcel(session: Session, *, number: str) -> Parcel:
    """What must be known to give an order to an agent; the order keeps its state until this unit ends."""
    address = and_(
        col(Address.store_id) == col(Order.store_id), col(Address.is_default), col(Address.archived_at).is_(None)
    )
    found = (
        select(Order, Store, Address)
        .join(Store, col(Store.id) == col(Order.store_id))
        .outerjoin(Address, address)
        .where(col(Order.number) == number)
        .with_for_update(read=True, of=Order)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise OrderNotFound(number)
    order, store, origin = row
    return Parcel(
        order_id=order.id,
        number=order.number,
        store_id=order.store_id,
        buyer_store_id=order.buyer_store_id,
        state=order.state,
        is_held=order.is_held,
        cash_due=due_of(order),
        destination=order.address,
        promised_on=order.latest_on,
        origin=_origin(store, origin),
        origin_name=store.name,
        origin_phone=store.phone or (origin.phone if origin else ""),
    )


def is_agent(session: Session, *, user_id: UserId) -> bool:
    """Whether somebody works the road."""
    return session.get(SystemGrant, (user_id, SystemRole.AGENT)) is not None


def _waiting() -> Select[*tuple[Any, ...]]:
    vendor, buyer, agent = aliased(Store), aliased(Store), aliased(User)
    offered = and_(col(Assignment.order_id) == col(Order.id), col(Assignment.state) == AssignmentState.OFFERED)
    return (
        select(
            Order, col(vendor.name), col(vendor.city), col(buyer.name), col(Assignment.agent_id), col(agent.full_name)
        )
        .join(vendor, col(vendor.id) == col(Order.store_id))
        .join(buyer, col(buyer.id) == col(Order.buyer_store_id))
        .outerjoin(Assignment, offered)
        .outerjoin(agent, col(agent.id) == col(Assignment.agent_id))
        .where(col(Order.state) == OrderState.READY, ~col(Order.is_held))
    )


def _urgency(item: QueueItem) -> tuple[str, str, str]:
    return (item.latest_on or NEVER).isoformat(), item.ready_at.isoformat(), str(item.order_id)


_BY_NAME: Final = (col(User.full_name), col(User.id))


def _on_the_road() -> Select[User, Agent]:
    return (
        select(User, Agent)
        .join(SystemGrant, col(SystemGrant.user_id) == col(User.id))
        .outerjoin(Agent, col(Agent.user_id) == col(User.id))
        .where(col(SystemGrant.role) == SystemRole.AGENT)
        .order_by(*_BY_NAME)
    )


def _agents(session: Session, people: Sequence[Any], *, at: datetime) -> tuple[AgentView, ...]:
    carried = loads(session, [user.id for user, _ in people])
    usual = usual_allowance(session, at=at)
    return tuple(_agent(user, carried[user.id], allowance(own, usual), at=at) for user, own in people)


def _origin(store: Store, address: Address | None) -> dict[str, str]:
    """Where a store's parcels are fetched."""
    if address is None:
        return {
            "recipient": store.name,
            "phone": store.phone or "",
            "line1": store.city or "",
            "city": store.city or "",
        }
    return {
        "recipient": address.recipient,
        "phone": address.phone,
        "line1": address.line1,
        "line2": address.line2,
        "district": address.district,
        "city": address.city,
        "region": address.region,
        "postal_code": address.postal_code,
        "country": address.country,
    }


def _agent(user: User, load: Load, allowed: Allowance, *, at: datetime) -> AgentView:
    return AgentView(
        user_id=user.id,
        name=user.full_name,
        phone=user.phone,
        parcels=load.parcels,
        parcel_limit=allowed.parcels,
        cash_in_hand=load.in_hand,
        cash_expected=load.expected,
        cash_limit=allowed.cash,
        oldest_cash_at=load.oldest_cash_at,
        is_cash_overdue=is_overdue(load.oldest_cash_at, hours=allowed.warning_hours, at=at),
        is_blocked=load.is_blocked,
    )


def _exceptions() -> Asked:
    return (
        select(CashException, col(Assignment.number), col(User.full_name))
        .join(Assignment, col(Assignment.id) == col(CashException.assignment_id))
        .join(User, col(User.id) == col(CashException.agent_id))
    )


def _exception_views(session: Session, found: Asked) -> tuple[ExceptionView, ...]:
    return tuple(
        ExceptionView(
            id=asked.id,
            order_id=asked.order_id,
            number=number,
            agent_id=asked.agent_id,
            agent_name=agent_name,
            due=asked.due,
            offered=asked.offered,
            state=asked.state,
            raised_at=asked.raised_at,
            decided_at=asked.decided_at,
        )
        for asked, number, agent_name in session.execute(found)
    )
