"""Reads of payments."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from marketplace.kernel.ids import OrderId
from marketplace.payments.errors import IntentNotFound
from marketplace.payments.models import PaymentIntent
from marketplace.payments.views import IntentView


def intents_of(session: Session, *, order_ids: Iterable[OrderId]) -> dict[OrderId, IntentView]:
    """Look up the payments of some orders, in one question."""
    found = session.exec(select(PaymentIntent).where(col(PaymentIntent.order_id).in_(tuple(order_ids))))
    return {intent.order_id: _view(intent) for intent in found}


def intent_of(session: Session, *, order_id: OrderId) -> IntentView:
    """Look up the payment of an order."""
    view = intents_of(session, order_ids=[order_id]).get(order_id)
    if view is None:
        raise IntentNotFound(order_id)
    return view


def _view(intent: PaymentIntent) -> IntentView:
    return IntentView(
        id=intent.id,
        order_id=intent.order_id,
        method=intent.method,
        state=intent.state,
        amount=intent.amount,
        captured_at=intent.captured_at,
    )
