"""Paying for orders."""

import pytest
from sqlmodel import select

from marketplace import payments
from marketplace.events.models import OutboxMessage
from marketplace.kernel.errors import Conflict
from marketplace.kernel.ids import OrderId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.payments import IntentNotFound, PaymentMethod, PaymentState, WrongAmount
from marketplace.payments.states import PAYMENT

DUE = Money(11_500, "SAR")


@pytest.fixture
def order_id(uow: UnitOfWork) -> OrderId:
    """An order that somebody intends to pay in cash."""
    order_id = OrderId(new_uuid())
    payments.intend(uow, method=PaymentMethod.CASH, amounts={order_id: DUE})
    uow.session.flush()
    return order_id


class TestIntend:
    def test_asks_for_the_whole_amount(self, uow: UnitOfWork, order_id: OrderId) -> None:
        intent = payments.intent_of(uow.session, order_id=order_id)

        assert (intent.state, intent.amount, intent.method) == (PaymentState.UNPAID, DUE, PaymentMethod.CASH)
        assert intent.captured_at is None

    def test_knows_nothing_of_other_orders(self, uow: UnitOfWork, order_id: OrderId) -> None:
        stranger = OrderId(new_uuid())

        assert set(payments.intents_of(uow.session, order_ids=[order_id, stranger])) == {order_id}
        with pytest.raises(IntentNotFound):
            payments.intent_of(uow.session, order_id=stranger)


class TestReduce:
    def test_asks_for_less(self, uow: UnitOfWork, order_id: OrderId) -> None:
        payments.reduce(uow, order_id=order_id, amount=Money(5_000, "SAR"))

        assert payments.intent_of(uow.session, order_id=order_id).amount == Money(5_000, "SAR")

    def test_never_asks_for_more(self, uow: UnitOfWork, order_id: OrderId) -> None:
        with pytest.raises(WrongAmount):
            payments.reduce(uow, order_id=order_id, amount=Money(11_501, "SAR"))

        assert payments.intent_of(uow.session, order_id=order_id).amount == DUE


class TestRecordCapture:
    def test_takes_exactly_what_is_due_and_publishes_the_fact(self, uow: UnitOfWork, order_id: OrderId) -> None:
        payments.record_capture(uow, order_id=order_id, amount=DUE, by="agent")

        intent = payments.intent_of(uow.session, order_id=order_id)
        assert (intent.state, intent.captured_at) == (PaymentState.CAPTURED, uow.now)
        published = uow.session.exec(select(OutboxMessage)).one()
        assert published.topic == "payments.payment_captured.v1"
        assert published.aggregate == f"order:{order_id}"
        assert published.envelope["body"]["amount_minor"] == 11_500

    @pytest.mark.parametrize("given", [Money(11_499, "SAR"), Money(11_501, "SAR"), Money(11_500, "USD")])
    def test_refuses_any_other_amount(self, uow: UnitOfWork, order_id: OrderId, given: Money) -> None:
        with pytest.raises(WrongAmount, match=r"115\.00 SAR are to be paid"):
            payments.record_capture(uow, order_id=order_id, amount=given, by="agent")

        assert payments.intent_of(uow.session, order_id=order_id).state is PaymentState.UNPAID
        assert uow.session.exec(select(OutboxMessage)).all() == []

    def test_refuses_to_take_it_twice(self, uow: UnitOfWork, order_id: OrderId) -> None:
        payments.record_capture(uow, order_id=order_id, amount=DUE, by="agent")

        with pytest.raises(Conflict) as refused:
            payments.record_capture(uow, order_id=order_id, amount=DUE, by="agent")

        assert refused.value.reason == "payment.cannot_capture"

    def test_refuses_an_order_that_nobody_pays_for(self, uow: UnitOfWork) -> None:
        with pytest.raises(IntentNotFound):
            payments.record_capture(uow, order_id=OrderId(new_uuid()), amount=DUE, by="agent")


class TestCancel:
    def test_asks_for_nothing_any_more(self, uow: UnitOfWork, order_id: OrderId) -> None:
        payments.cancel(uow, order_id=order_id)

        assert payments.intent_of(uow.session, order_id=order_id).state is PaymentState.CANCELED
        with pytest.raises(Conflict):
            payments.record_capture(uow, order_id=order_id, amount=DUE, by="agent")

    def test_leaves_money_that_was_taken(self, uow: UnitOfWork, order_id: OrderId) -> None:
        payments.record_capture(uow, order_id=order_id, amount=DUE, by="agent")

        with pytest.raises(Conflict):
            payments.cancel(uow, order_id=order_id)


class TestPaymentMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(PAYMENT.moves) == set(PaymentState)
        assert PAYMENT.reachable() == set(PaymentState)
