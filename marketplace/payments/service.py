"""Commands on payments. All are internal: orders calls them while it holds the order's lock."""

from collections.abc import Mapping

from sqlmodel import col, select

from marketplace import events
from marketplace.kernel.ids import OrderId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.rows import put_rows
from marketplace.kernel.work import UnitOfWork
from marketplace.payments.errors import IntentNotFound
from marketplace.payments.events import PaymentCaptured
from marketplace.payments.models import PaymentIntent
from marketplace.payments.states import PAYMENT, PaymentMethod


def intend(uow: UnitOfWork, *, method: PaymentMethod, amounts: Mapping[OrderId, Money]) -> None:
    """Write down what a buyer will pay for each of these orders, in one statement."""
    intents = [
        {
            "id": new_uuid(),
            "order_id": order_id,
            "method": method,
            "state": PAYMENT.initial,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "intended_at": uow.now,
        }
        for order_id, amount in amounts.items()
    ]
    put_rows(uow.session, PaymentIntent, intents)


def reduce(uow: UnitOfWork, *, order_id: OrderId, amount: Money) -> None:
    """Ask for less: the vendor took only a part of the order."""
    _locked(uow, order_id).reduce(amount)


def record_capture(uow: UnitOfWork, *, order_id: OrderId, amount: Money, by: str) -> None:
    """Write down that the buyer has paid, exactly what was asked, and to whom."""
    intent = _locked(uow, order_id)
    intent.capture(amount, by=by, at=uow.now)
    fact = PaymentCaptured(
        intent_id=intent.id,
        order_id=order_id,
        method=intent.method,
        amount_minor=amount.minor,
        currency=amount.currency,
    )
    events.emit(uow, fact)


def cancel(uow: UnitOfWork, *, order_id: OrderId) -> None:
    """Ask for nothing any more: the order will not be sent, or came back."""
    _locked(uow, order_id).cancel(at=uow.now)


def _locked(uow: UnitOfWork, order_id: OrderId) -> PaymentIntent:
    intent = uow.session.exec(
        select(PaymentIntent).where(col(PaymentIntent.order_id) == order_id).with_for_update()
    ).one_or_none()
    if intent is None:
        raise IntentNotFound(order_id)
    return intent
