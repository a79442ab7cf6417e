"""Cash at the door: the exact sum, or a question to the dispatcher."""

from marketplace import audit, events, ledger, orders
from marketplace.delivery import policy, queries
from marketplace.delivery.errors import (
    CashBlocked,
    CashTaken,
    ExceptionDecided,
    ExceptionNotFound,
    ExceptionOpen,
    NoCashDue,
    NothingOffered,
    NotOnTheRoad,
    WrongCurrency,
)
from marketplace.delivery.events import CashCollected, CashExceptionDecided, CashExceptionRaised
from marketplace.delivery.models import Assignment, CashCollection, CashException
from marketplace.delivery.queries.cash import is_blocked
from marketplace.delivery.service.round import own_assignment
from marketplace.delivery.service.telling import told
from marketplace.delivery.states import AssignmentState, ExceptionState
from marketplace.delivery.views import CashView, ExceptionView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import CashExceptionId, StopId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork


def collect_cash(actor: Actor, uow: UnitOfWork, *, stop_id: StopId, amount: Money) -> CashView:
    """Take the cash for an order, before or after the parcel is handed over.

    The exact sum is taken at once. Another sum is not: it becomes a question, and nothing is posted until the
    dispatcher has answered it.
    """
    permit(policy.can_work(actor), "collect cash")
    assignment = own_assignment(actor, uow, stop_id)
    due = _due(uow, assignment, amount)
    if amount == due:
        _take(actor, uow, assignment, due=due, taken=amount)
        return CashView(queries.stop(actor, uow.session, stop_id=stop_id))
    asked = _ask(actor, uow, assignment, due=due, offered=amount)
    return CashView(queries.stop(actor, uow.session, stop_id=stop_id), exception_id=asked.id)


def decide_exception(
    actor: Actor, uow: UnitOfWork, *, exception_id: CashExceptionId, is_accepted: bool
) -> ExceptionView:
    """Answer the agent: take that sum, and the house bears the difference; or insist on the exact one."""
    permit(policy.can_dispatch(actor), "decide about cash")
    asked = uow.session.get(CashException, exception_id, with_for_update=True)
    if asked is None:
        raise ExceptionNotFound
    if asked.state is not ExceptionState.OPEN:
        raise ExceptionDecided
    assignment = uow.session.get_one(Assignment, asked.assignment_id)
    asked.state = ExceptionState.ACCEPTED if is_accepted else ExceptionState.DECLINED
    asked.decided_by, asked.decided_at = actor.name, uow.now
    if is_accepted:
        _take(actor, uow, assignment, due=asked.due, taken=asked.offered)
    audit.record(
        uow,
        actor,
        "delivery.decide_exception",
        asked.order_id,
        store_id=assignment.store_id,
        before=asked.due_minor,
        after=asked.offered_minor,
        reason=asked.state,
    )
    events.emit(uow, told(CashExceptionDecided, assignment, exception_id=asked.id, is_accepted=is_accepted))
    uow.session.flush()
    return queries.exception(uow.session, exception_id=exception_id)


def _due(uow: UnitOfWork, assignment: Assignment, amount: Money) -> Money:
    if assignment.state not in {AssignmentState.PICKED_UP, AssignmentState.DELIVERED}:
        raise NotOnTheRoad(assignment.number)
    at_door = queries.cash_at_door(uow.session, order_id=assignment.order_id)
    if at_door.is_taken:
        raise CashTaken
    due = at_door.due
    if not due:
        raise NoCashDue
    if amount.currency != due.currency:
        raise WrongCurrency(due.currency)
    if amount.minor <= 0:
        raise NothingOffered
    if at_door.is_asked:
        raise ExceptionOpen
    if is_blocked(uow.session, agent_id=assignment.agent_id):
        raise CashBlocked
    return due


def _ask(actor: Actor, uow: UnitOfWork, assignment: Assignment, *, due: Money, offered: Money) -> CashException:
    asked = CashException(
        order_id=assignment.order_id,
        assignment_id=assignment.id,
        agent_id=assignment.agent_id,
        due_minor=due.minor,
        offered_minor=offered.minor,
        currency=due.currency,
        raised_at=uow.now,
    )
    uow.session.add(asked)
    uow.session.flush()
    audit.record(
        uow,
        actor,
        "delivery.ask_about_cash",
        assignment.order_id,
        store_id=assignment.store_id,
        before=due.minor,
        after=offered.minor,
    )
    events.emit(
        uow,
        told(
            CashExceptionRaised,
            assignment,
            exception_id=asked.id,
            due_minor=due.minor,
            offered_minor=offered.minor,
            currency=due.currency,
        ),
    )
    return asked


def _take(actor: Actor, uow: UnitOfWork, assignment: Assignment, *, due: Money, taken: Money) -> None:
    """Settle the order in full; what the agent has more or less of is over or short, on the house."""
    orders.settle(uow, order_id=assignment.order_id, amount=due, agent_id=assignment.agent_id)
    _post_difference(uow, assignment, difference=taken - due)
    collection = CashCollection(
        order_id=assignment.order_id,
        assignment_id=assignment.id,
        agent_id=assignment.agent_id,
        amount_minor=taken.minor,
        due_minor=due.minor,
        currency=due.currency,
        collected_at=uow.now,
    )
    uow.session.add(collection)
    uow.session.flush()
    audit.record(
        uow, actor, "delivery.collect_cash", assignment.order_id, store_id=assignment.store_id, after=taken.minor
    )
    events.emit(uow, told(CashCollected, assignment, amount_minor=taken.minor, currency=taken.currency))


def _post_difference(uow: UnitOfWork, assignment: Assignment, *, difference: Money) -> None:
    if not difference:
        return
    agent, over_short = ledger.agent_cash(assignment.agent_id), ledger.OVER_SHORT
    more, less = (agent, over_short) if difference.minor > 0 else (over_short, agent)
    size = difference if difference.minor > 0 else -difference
    ledger.post(
        uow,
        kind="cash_exception",
        source="delivery",
        key=f"cash_exception:{assignment.order_id}",
        postings=[ledger.Posting.debit(more, size), ledger.Posting.credit(less, size)],
    )
