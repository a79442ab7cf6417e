"""Ordering again what lapsed."""

from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import policy
from marketplace.orders.errors import CannotRetry
from marketplace.orders.queries import seen_by
from marketplace.orders.service.journey import found
from marketplace.orders.states import OrderState
from marketplace.orders.views import OrderView


def to_retry(actor: Actor, uow: UnitOfWork, *, number: str) -> OrderView:
    """Lock an order that lapsed and was not ordered again yet, for checkout to place it anew."""
    order = found(actor, uow, number=number).order
    permit(policy.can_retry(actor, order), "order this again")
    view = seen_by(actor, uow.session, order.id)
    if order.state is not OrderState.EXPIRED or view.retried_as is not None:
        raise CannotRetry(order.number)
    return view
