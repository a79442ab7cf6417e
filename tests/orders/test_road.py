"""From the packing table to the buyer's door, and the money on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import inventory, ledger, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import OrderId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import HoldReason, OnHold, OrderNotFound, OrderState, OrderView, PaidState
from marketplace.orders.errors import AlreadyPaid, NotHandedOver, NothingDue, NotPayable, WrongAmount
from marketplace.orders.models import Order, OrderMove
from marketplace.payments import PaymentState
from marketplace.payments.models import PaymentIntent
from tests.factories.actors import officer
from tests.factories.counting import counted
from tests.factories.orders import ROAD, Buyer, make_order, seller
from tests.factories.shelves import OnSale

AGENT = UserId(new_uuid())


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def pot(uow: UnitOfWork, account: ledger.Account) -> int:
    return ledger.balance(uow.session, account=account, currency="SAR").minor


def look(uow: UnitOfWork, buyer: Buyer, order: OrderView) -> OrderView:
    return orders.by_number(buyer.actor, uow.session, number=order.number)


def on_hand(uow: UnitOfWork, sold: OnSale) -> tuple[int, int, int]:
    found = inventory.stock_of(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]
    return found.on_hand, found.reserved, found.allocated


class TestReady:
    def test_says_that_the_parcel_is_packed(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.ACCEPTED)

        seen = orders.ready(seller(order.store.id), uow, number=order.number)

        assert (seen.state, seen.ready_at) == (OrderState.READY, uow.now)

    def test_comes_after_the_decision(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2))

        with pytest.raises(Conflict):
            orders.ready(seller(order.store.id), uow, number=order.number)
        with pytest.raises(Forbidden):
            orders.ready(buyer.actor, uow, number=order.number)


class TestPickUp:
    def test_takes_the_units_off_the_shelf(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)

        assert order.state is OrderState.IN_TRANSIT
        assert on_hand(uow, kettle) == (8, 0, 0)


class TestDelivery:
    def test_earns_the_vendor_his_price_and_the_house_its_fee(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)
        row = uow.session.get_one(Order, order.id)

        assert pot(uow, ledger.buyer_receivable(buyer.store_id)) == 298_00
        assert pot(uow, ledger.vendor_pending(order.store.id)) == 298_00 - row.fee_minor - row.fee_vat_minor
        assert pot(uow, ledger.REFERRAL_INCOME) == row.fee_minor
        assert pot(uow, ledger.OUTPUT_VAT) == row.fee_vat_minor

    def test_is_paid_for_afterwards(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)

        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)

        assert pot(uow, ledger.agent_cash(AGENT)) == 298_00
        assert pot(uow, ledger.buyer_receivable(buyer.store_id)) == 0
        seen = look(uow, buyer, order)
        assert (seen.paid_state, seen.due) == (PaidState.CAPTURED, sar(0))
        (intent,) = uow.session.execute(select(PaymentIntent)).scalars()
        assert intent.state is PaymentState.CAPTURED

    def test_may_be_paid_for_before(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)

        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)
        held = pot(uow, ledger.buyer_prepayment(buyer.store_id))
        orders.deliver(uow, order_id=order.id, by=ROAD)

        assert held == 298_00
        assert pot(uow, ledger.buyer_prepayment(buyer.store_id)) == 0
        assert pot(uow, ledger.buyer_receivable(buyer.store_id)) == 0
        assert pot(uow, ledger.agent_cash(AGENT)) == 298_00

    def test_takes_the_exact_sum_once(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)

        with pytest.raises(WrongAmount):
            orders.settle(uow, order_id=order.id, amount=sar(297_99), agent_id=AGENT)
        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)
        with pytest.raises(NothingDue):
            orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)

        assert pot(uow, ledger.agent_cash(AGENT)) == 298_00

    def test_takes_nothing_before_the_parcel_is_on_its_way(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.READY)

        with pytest.raises(NothingDue):
            orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)

    def test_takes_no_fee_where_none_was_agreed(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)
        agreed = uow.session.get_one(Order, order.id)
        agreed.fee_minor = agreed.fee_vat_minor = 0

        orders.deliver(uow, order_id=order.id, by=ROAD)

        assert pot(uow, ledger.vendor_pending(order.store.id)) == 298_00
        assert (pot(uow, ledger.REFERRAL_INCOME), pot(uow, ledger.OUTPUT_VAT)) == (0, 0)

    def test_is_of_an_order_that_we_have(self, uow: UnitOfWork) -> None:
        with pytest.raises(OrderNotFound):
            orders.deliver(uow, order_id=OrderId(new_uuid()), by=ROAD)


class TestFailedDelivery:
    def test_tries_again_and_turns_back_after_the_third(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)

        states = []
        for attempt in range(3):
            states.append(orders.fail_delivery(uow, order_id=order.id, by=ROAD, reason="not_home"))
            if attempt < 2:
                orders.pick_up(uow, order_id=order.id, by=ROAD)

        assert states == [OrderState.DELIVERY_FAILED, OrderState.DELIVERY_FAILED, OrderState.RETURNING]
        assert (look(uow, buyer, order).attempts, look(uow, buyer, order).due) == (3, sar(0))
        assert on_hand(uow, kettle) == (8, 0, 0)

    def test_brings_the_units_back_with_the_parcel(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERY_FAILED)
        for _ in range(2):
            orders.pick_up(uow, order_id=order.id, by=ROAD)
            orders.fail_delivery(uow, order_id=order.id, by=ROAD, reason="refused")

        orders.returned(uow, order_id=order.id, by=seller(order.store.id))

        seen = look(uow, buyer, order)
        assert (seen.state, seen.paid_state, seen.due) == (OrderState.RETURNED, PaidState.CANCELED, sar(0))
        assert on_hand(uow, kettle) == (10, 0, 0)
        assert pot(uow, ledger.vendor_pending(order.store.id)) == 0

    def test_cannot_happen_to_what_is_paid(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.IN_TRANSIT)
        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)

        with pytest.raises(AlreadyPaid):
            orders.fail_delivery(uow, order_id=order.id, by=ROAD, reason="not_home")


class TestClose:
    def test_follows_the_cash_to_the_safe_and_the_money_to_the_vendor(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)
        with pytest.raises(NotHandedOver):
            orders.note_cash_handed_over(uow, order_ids=[order.id], at=uow.now)
        with pytest.raises(NotPayable):
            orders.close(uow, order_ids=[order.id], at=uow.now)
        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)
        orders.note_cash_handed_over(uow, order_ids=[order.id], at=uow.now)

        early = orders.close(uow, order_ids=[order.id], at=uow.now)
        paid = look(uow, buyer, order)
        closed = orders.close_due(replace(uow, now=uow.now + timedelta(days=7)))

        assert (early, closed) == ((), (order.id,))
        assert (paid.state, paid.paid_state) == (OrderState.DELIVERED, PaidState.PAID)
        assert look(uow, buyer, order).state is OrderState.CLOSED

    def test_pays_for_no_order_that_is_held(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)
        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)
        support = officer(Permission.ORDERS_READ, Permission.ORDERS_HOLD)
        orders.hold(support, uow, number=order.number, reason=HoldReason.FRAUD)

        with pytest.raises(OnHold):
            orders.close(uow, order_ids=[order.id], at=uow.now)

        assert look(uow, buyer, order).paid_state is PaidState.CAPTURED

    def test_waits_for_cash_of_orders_that_are_locked_in_the_order_of_their_ids(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        sold = [make_order(uow, buyer, (kettle, 1), state=OrderState.DELIVERED) for _ in range(3)]
        for order in sold:
            orders.settle(uow, order_id=order.id, amount=order.due, agent_id=AGENT)
        uow.session.flush()

        with counted(uow) as asked:
            orders.note_cash_handed_over(uow, order_ids=[order.id for order in reversed(sold)], at=uow.now)
            uow.session.flush()

        first = next(statement for statement in asked if "orders" in statement)
        assert first.rstrip().endswith("FOR UPDATE")
        assert "ORDER BY orders.id" in first
        assert {look(uow, buyer, order).paid_state for order in sold} == {PaidState.SETTLED}
        with pytest.raises(NotHandedOver):
            orders.note_cash_handed_over(uow, order_ids=[sold[0].id], at=uow.now)

    def test_happens_at_once_after_the_return_window(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)
        orders.settle(uow, order_id=order.id, amount=sar(298_00), agent_id=AGENT)
        late = replace(uow, now=uow.now + timedelta(days=8))

        assert orders.close(late, order_ids=[order.id], at=late.now) == (order.id,)
        with pytest.raises(NotPayable):
            orders.close(late, order_ids=[order.id], at=late.now)


class TestMoves:
    def test_tell_the_whole_journey(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERED)

        steps = [(move.came_from, move.went_to, move.side) for move in look(uow, buyer, order).moves]
        assert steps == [
            (None, "placed", "buyer"),
            ("placed", "accepted", "vendor"),
            ("accepted", "ready", "vendor"),
            ("ready", "in_transit", "house"),
            ("in_transit", "delivered", "house"),
        ]
        kept = select(OrderMove).where(col(OrderMove.order_id) == order.id).order_by(col(OrderMove.position))
        assert [move.position for move in uow.session.execute(kept).scalars()] == [1, 2, 3, 4, 5]
