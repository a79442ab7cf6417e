"""The vendor's word on an order: all of it, some of it, or nothing."""

from collections.abc import Sequence

from marketplace import events, inventory, payments, rates
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import LinesUndecided, ReasonMissing
from marketplace.orders.events import OrderDecided
from marketplace.orders.models import Order
from marketplace.orders.queries import seen_by
from marketplace.orders.service.journey import Journey, conclude, found, told
from marketplace.orders.states import LINE, Decision, LineAction, LineState, OrderAction, OrderState, RejectReason
from marketplace.orders.views import LineDecision, OrderView


def decide(actor: Actor, uow: UnitOfWork, *, number: str, decisions: Sequence[LineDecision]) -> OrderView:
    """Accept or reject every waiting line; what is rejected goes back to stock and off the bill at once."""
    journey = found(actor, uow, number=number)
    permit(policy.can_decide(actor, journey.order), "decide on this order")
    by_line = _complete(journey, decisions)
    action = _action(decisions)
    journey.check(action)
    _decide_lines(uow, journey, by_line)
    journey.add_up()
    conclude(uow, actor, journey, action, reason=_reasons(decisions))
    _follow(uow, journey.order)
    return seen_by(actor, uow.session, journey.order.id, lines=journey.lines)


def _complete(journey: Journey, decisions: Sequence[LineDecision]) -> dict[object, LineDecision]:
    by_line: dict[object, LineDecision] = {decision.line_id: decision for decision in decisions}
    if journey.order.state is OrderState.PLACED:
        waiting = {line.id for line in journey.lines if line.state is LineState.PENDING}
        if len(by_line) < len(decisions) or set(by_line) != waiting:
            raise LinesUndecided
    if any(one.decision is Decision.REJECT and one.reason is None for one in decisions):
        raise ReasonMissing
    return by_line


def _action(decisions: Sequence[LineDecision]) -> OrderAction:
    said = {one.decision for one in decisions}
    if said == {Decision.REJECT}:
        return OrderAction.REJECT
    return OrderAction.ACCEPT_PARTLY if Decision.REJECT in said else OrderAction.ACCEPT


def _decide_lines(uow: UnitOfWork, journey: Journey, by_line: dict[object, LineDecision]) -> None:
    accepted, rejected = [], []
    for line in journey.lines:
        decision = by_line[line.id]
        if decision.decision is Decision.ACCEPT:
            line.state = LINE.after(line.state, LineAction.ACCEPT)
            accepted.append(line.id)
        else:
            line.state = LINE.after(line.state, LineAction.REJECT)
            line.reject_reason = decision.reason
            rejected.append(line.id)
    if accepted and rejected:
        inventory.hold_still(uow, holder_ids=[*accepted, *rejected])
    if accepted:
        inventory.convert(uow, holder_ids=accepted)
    if rejected:
        inventory.release(uow, holder_ids=rejected)


def _follow(uow: UnitOfWork, order: Order) -> None:
    """The payment, the days of leaving and arriving, and everybody who waits for the answer follow the decision."""
    if order.state is OrderState.REJECTED:
        payments.cancel(uow, order_id=order.id)
    else:
        promise = rates.promise(uow.session, store_ids=[order.store_id], at=uow.now)[order.store_id]
        order.earliest_on, order.latest_on = promise.earliest_on, promise.latest_on
        order.ship_by = promise.ship_by
    if order.state is OrderState.PARTIALLY_ACCEPTED:
        payments.reduce(uow, order_id=order.id, amount=order.total)
    fact = told(OrderDecided, order, state=order.state, total_minor=order.total_minor, currency=order.currency)
    events.emit(uow, fact)


def _reasons(decisions: Sequence[LineDecision]) -> str | None:
    given: list[RejectReason] = [one.reason for one in decisions if one.reason is not None]
    return ", ".join(dict.fromkeys(given)) or None
