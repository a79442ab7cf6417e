"""The vendor's word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import inventory, orders, rates
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import OrderLineId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import (
    Decision,
    LineDecision,
    LineState,
    OrderNotFound,
    OrderState,
    OrderView,
    PaidState,
    RejectReason,
)
from marketplace.orders.errors import LinesUndecided, ReasonMissing
from marketplace.payments.models import PaymentIntent
from tests.factories.actors import clerk
from tests.factories.orders import Buyer, accept_all, make_order, reject_all, seller
from tests.factories.shelves import OnSale


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def stock(uow: UnitOfWork, sold: OnSale) -> tuple[int, int, int]:
    found = inventory.stock_of(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]
    return found.on_hand, found.reserved, found.allocated


@pytest.fixture
def order(uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale) -> OrderView:
    return make_order(uow, buyer, (kettle, 5), (grinder, 2))


def accept_kettles(order: OrderView) -> list[LineDecision]:
    kettles, grinders = order.lines
    return [
        LineDecision(kettles.id, Decision.ACCEPT),
        LineDecision(grinders.id, Decision.REJECT, RejectReason.DAMAGED),
    ]


class TestDecide:
    def test_promises_the_units_of_an_accepted_order(
        self, uow: UnitOfWork, order: OrderView, kettle: OnSale, grinder: OnSale
    ) -> None:
        seen = orders.decide(seller(order.store.id), uow, number=order.number, decisions=accept_all(order))

        assert seen.state is OrderState.ACCEPTED
        assert seen.totals == order.totals
        assert (stock(uow, kettle), stock(uow, grinder)) == ((10, 0, 5), (3, 0, 2))
        assert seen.can == {"ready", "cancel"}

    def test_promises_the_day_of_arrival_from_the_yes_on(self, uow: UnitOfWork, order: OrderView) -> None:
        a_week_later = replace(uow, now=uow.now + timedelta(days=7))

        seen = orders.decide(seller(order.store.id), a_week_later, number=order.number, decisions=accept_all(order))

        made = rates.promise(uow.session, store_ids=[order.store.id], at=a_week_later.now)[order.store.id]
        assert (seen.earliest_on, seen.latest_on, seen.ship_by) == (made.earliest_on, made.latest_on, made.ship_by)
        assert order.latest_on is not None
        assert made.latest_on > order.latest_on

    def test_takes_a_rejected_line_off_the_bill_and_back_to_stock(
        self, uow: UnitOfWork, order: OrderView, kettle: OnSale, grinder: OnSale
    ) -> None:
        seen = orders.decide(seller(order.store.id), uow, number=order.number, decisions=accept_kettles(order))

        assert seen.state is OrderState.PARTIALLY_ACCEPTED
        assert [line.state for line in seen.lines] == [LineState.ACCEPTED, LineState.REJECTED]
        assert (seen.agreed, seen.totals.total, seen.comes_to) == (sar(747_75), sar(707_75), sar(707_75))
        assert seen.payable == seen.totals.total - (seen.lines[0].fee or sar(0))
        assert stock(uow, grinder) == (3, 0, 0)
        (intent,) = uow.session.execute(select(PaymentIntent)).scalars()
        assert intent.amount_minor == 707_75
        assert seen.moves[-1].reason == "damaged"

    def test_asks_nothing_of_the_buyer_when_all_is_rejected(
        self, uow: UnitOfWork, order: OrderView, kettle: OnSale
    ) -> None:
        seen = orders.decide(seller(order.store.id), uow, number=order.number, decisions=reject_all(order))

        assert seen.state is OrderState.REJECTED
        assert seen.paid_state is PaidState.CANCELED
        assert seen.totals.total == seen.due == sar(0)
        assert seen.comes_to == seen.agreed == sar(747_75)
        assert stock(uow, kettle) == (10, 0, 0)

    def test_tells_of_it(self, uow: UnitOfWork, order: OrderView) -> None:
        orders.decide(seller(order.store.id), uow, number=order.number, decisions=accept_kettles(order))

        topic = col(OutboxMessage.topic) == "orders.order_decided.v1"
        (message,) = uow.session.execute(select(OutboxMessage).where(topic)).scalars()
        assert message.envelope["body"]["state"] == "partially_accepted"
        assert message.envelope["body"]["total_minor"] == 707_75

    def test_wants_every_line_decided_once(self, uow: UnitOfWork, order: OrderView) -> None:
        first, second = accept_all(order)

        for wrong in ([first], [first, first, second], [first, second, LineDecision(new_line(), Decision.ACCEPT)]):
            with pytest.raises(LinesUndecided):
                orders.decide(seller(order.store.id), uow, number=order.number, decisions=wrong)

    def test_wants_a_reason_for_a_rejection(self, uow: UnitOfWork, order: OrderView) -> None:
        bare = [LineDecision(line.id, Decision.REJECT) for line in order.lines]

        with pytest.raises(ReasonMissing):
            orders.decide(seller(order.store.id), uow, number=order.number, decisions=bare)

    def test_is_said_once(self, uow: UnitOfWork, order: OrderView) -> None:
        orders.decide(seller(order.store.id), uow, number=order.number, decisions=accept_all(order))

        with pytest.raises(Conflict) as refusal:
            orders.decide(seller(order.store.id), uow, number=order.number, decisions=reject_all(order))

        assert refusal.value.reason == "order.cannot_reject"

    def test_is_the_vendors_to_say(self, uow: UnitOfWork, order: OrderView, buyer: Buyer) -> None:
        onlooker = clerk(order.store.id, Permission.ORDERS_READ)

        with pytest.raises(Forbidden):
            orders.decide(buyer.actor, uow, number=order.number, decisions=accept_all(order))
        with pytest.raises(Forbidden):
            orders.decide(onlooker, uow, number=order.number, decisions=accept_all(order))
        with pytest.raises(OrderNotFound):
            orders.decide(seller(StoreId(new_uuid())), uow, number=order.number, decisions=accept_all(order))


def new_line() -> OrderLineId:
    return OrderLineId(new_uuid())
