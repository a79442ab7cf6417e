"""Giving parcels to agents, and taking them back off their rounds."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace import audit, events
from marketplace.delivery import policy, queries
from marketplace.delivery.errors import AgentNotFound, AlreadyAssigned, NotReady, OnTheWay
from marketplace.delivery.events import Assigned, Withdrawn
from marketplace.delivery.models import Agent, Assignment, DeliveryCode, Stop
from marketplace.delivery.queries.cash import allowance, usual_allowance
from marketplace.delivery.queries.dispatch import Parcel
from marketplace.delivery.rules import check_headroom, draw_code
from marketplace.delivery.service.telling import told
from marketplace.delivery.states import CARRIED, LIVE, AssignmentAction, StopKind
from marketplace.delivery.views import AssignmentView
from marketplace.flags import Limit, limit
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OnHold, OrderState


def assign(
    actor: Actor, uow: UnitOfWork, *, order_number: str, agent_id: UserId, instead_of: UserId | None = None
) -> AssignmentView:
    """Give a packed order to an agent who has room for it and for its cash.

    An order that was given to another agent changes hands only when that agent is named, so that two dispatchers
    who look at the same queue do not undo each other's work.
    """
    permit(policy.can_dispatch(actor), "give orders to agents")
    before = _live(uow, order_number)
    parcel = queries.parcel(uow.session, number=order_number)
    if before is not None:
        _check_may_change(before, agent_id=agent_id, instead_of=instead_of)
    if parcel.state is not OrderState.READY:
        raise NotReady(order_number)
    if parcel.is_held:
        raise OnHold(order_number)
    if before is not None:
        before.act(AssignmentAction.REASSIGN, at=uow.now)
        uow.session.flush()
    _check_agent(uow, parcel, agent_id)
    assignment = _add(actor, uow, parcel, agent_id)
    _issue_code(uow, parcel.order_id)
    _tell(actor, uow, assignment, came_from=before.agent_id if before else None)
    return AssignmentView.of(assignment)


def withdraw(uow: UnitOfWork, *, order_id: OrderId) -> None:
    """Take an order that goes nowhere any more off the round it was on; nothing happens where it was on none."""
    found = select(Assignment).where(col(Assignment.order_id) == order_id, col(Assignment.state).in_(LIVE))
    assignment = uow.session.execute(found.with_for_update()).scalar_one_or_none()
    if assignment is None or assignment.state in CARRIED:
        return
    assignment.act(AssignmentAction.WITHDRAW, at=uow.now)
    events.emit(uow, told(Withdrawn, assignment))


def _live(uow: UnitOfWork, order_number: str) -> Assignment | None:
    found = select(Assignment).where(col(Assignment.number) == order_number, col(Assignment.state).in_(LIVE))
    return uow.session.execute(found.with_for_update()).scalar_one_or_none()


def _check_may_change(before: Assignment, *, agent_id: UserId, instead_of: UserId | None) -> None:
    if before.state in CARRIED:
        raise OnTheWay(before.number)
    if instead_of != before.agent_id or agent_id == before.agent_id:
        raise AlreadyAssigned


def _check_agent(uow: UnitOfWork, parcel: Parcel, agent_id: UserId) -> None:
    if not queries.is_agent(uow.session, user_id=agent_id):
        raise AgentNotFound
    own = _locked_agent(uow, agent_id)
    load = queries.loads(uow.session, [agent_id])[agent_id]
    allowed = allowance(own, usual_allowance(uow.session, at=uow.now))
    check_headroom(load, allowed, cash=parcel.cash_due, at=uow.now)


def _locked_agent(uow: UnitOfWork, agent_id: UserId) -> Agent:
    """Lock what the house knows of an agent, from his first parcel on: whoever gives him another one waits."""
    known = uow.session.get(Agent, agent_id, with_for_update=True)
    if known is not None:
        return known
    uow.session.execute(insert(Agent).values(user_id=agent_id, is_blocked=False).on_conflict_do_nothing())
    return uow.session.get_one(Agent, agent_id, with_for_update=True)


def _add(actor: Actor, uow: UnitOfWork, parcel: Parcel, agent_id: UserId) -> Assignment:
    assignment = Assignment(
        order_id=parcel.order_id,
        number=parcel.number,
        store_id=parcel.store_id,
        buyer_store_id=parcel.buyer_store_id,
        agent_id=agent_id,
        cash_due_minor=parcel.cash_due.minor,
        currency=parcel.cash_due.currency,
        assigned_by=actor.name,
        assigned_at=uow.now,
    )
    uow.session.add(assignment)
    pickup = Stop(
        assignment_id=assignment.id,
        kind=StopKind.PICKUP,
        address=dict(parcel.origin),
        contact_name=parcel.origin_name,
        contact_phone=parcel.origin_phone,
        promised_on=parcel.promised_on,
    )
    drop = Stop(
        assignment_id=assignment.id,
        kind=StopKind.DROP,
        address=dict(parcel.destination),
        contact_name=str(parcel.destination.get("recipient", "")),
        contact_phone=str(parcel.destination.get("phone", "")),
        promised_on=parcel.promised_on,
    )
    uow.session.add_all([pickup, drop])
    uow.session.flush()
    return assignment


def _issue_code(uow: UnitOfWork, order_id: OrderId) -> None:
    """Make the code when the order is first given out; it stays the same with the next agent."""
    tries = limit(uow.session, Limit.DELIVERY_CODE_TRIES, at=uow.now)
    code = {"order_id": order_id, "code": draw_code(uow.random), "tries_left": tries}
    uow.session.execute(insert(DeliveryCode).values(code).on_conflict_do_nothing())


def _tell(actor: Actor, uow: UnitOfWork, assignment: Assignment, *, came_from: UserId | None) -> None:
    audit.record(
        uow,
        actor,
        "delivery.assign",
        assignment.order_id,
        store_id=assignment.store_id,
        before=str(came_from) if came_from else None,
        after=str(assignment.agent_id),
    )
    events.emit(uow, told(Assigned, assignment, from_agent_id=came_from))
