"""Cash at the door."""

import pytest
from sqlalchemy import select

from marketplace import delivery, ledger, orders
from marketplace.delivery import ExceptionState, FailureReason
from marketplace.delivery.errors import (
    CashTaken,
    ExceptionDecided,
    ExceptionNotFound,
    ExceptionOpen,
    NoCashDue,
    NothingOffered,
    NotOnTheRoad,
    WrongCurrency,
)
from marketplace.delivery.models import CashCollection, CashException
from marketplace.kernel.actor import system
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import CashExceptionId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState, PaidState
from tests.factories.orders import Buyer
from tests.factories.road import (
    DISPATCHER,
    Rider,
    give,
    hand_over_parcel,
    pot,
    sar,
    sell_for_cash,
    send,
    stop_of,
)
from tests.factories.shelves import OnSale


class TestCollectCash:
    def test_takes_the_exact_sum_before_the_parcel_is_handed_over(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))

        seen = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(298_00))

        assert seen.is_taken
        assert (seen.stop.cash_due, seen.stop.cash_taken, seen.stop.can) == (None, sar(298_00), frozenset({"deliver"}))
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 298_00
        assert pot(uow, ledger.buyer_prepayment(buyer.store_id)) == 298_00
        hand_over_parcel(uow, rider, order, drop)
        assert pot(uow, ledger.buyer_prepayment(buyer.store_id)) == 0

    def test_takes_it_after_the_parcel_is_handed_over(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = sell_for_cash(uow, buyer, rider, (kettle, 2))

        seen = orders.by_number(buyer.actor, uow.session, number=order.number)
        assert (seen.state, seen.paid_state) == (OrderState.DELIVERED, PaidState.CAPTURED)
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 298_00
        assert pot(uow, ledger.buyer_receivable(buyer.store_id)) == 0

    def test_keeps_the_stop_on_the_round_until_it_is_paid(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        hand_over_parcel(uow, rider, order, drop)
        much_later = uow.now.replace(year=uow.now.year + 1)

        left = delivery.stops(rider.actor, uow.session, since=much_later)
        delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(298_00))

        assert [stop.cash_due for stop in left if stop.id == drop.id] == [sar(298_00)]
        assert delivery.stops(rider.actor, uow.session, since=much_later) == ()

    def test_takes_it_once(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=order.due)

        with pytest.raises(CashTaken):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=order.due)

        assert pot(uow, ledger.agent_cash(rider.user_id)) == 298_00

    def test_takes_nothing_before_the_parcel_is_on_its_way_nor_in_other_money(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        waiting = give(uow, buyer, rider, (kettle, 1))
        _, drop = send(uow, buyer, rider, (kettle, 1))
        pickup = next(
            stop
            for stop in delivery.stops(rider.actor, uow.session, since=uow.now)
            if stop.number == waiting.number and stop.can
        )

        with pytest.raises(NotOnTheRoad):
            delivery.collect_cash(rider.actor, uow, stop_id=pickup.id, amount=sar(149_00))
        with pytest.raises(NothingOffered):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(0))
        with pytest.raises(WrongCurrency, match="SAR"):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=Money(149_00, "USD"))

        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0

    def test_takes_nothing_for_an_order_that_is_paid(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        orders.settle(uow, order_id=order.id, amount=order.due, agent_id=UserId(new_uuid()))

        with pytest.raises(NoCashDue):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(298_00))

        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0


class TestCashException:
    def test_asks_about_any_other_sum_and_posts_nothing(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))

        seen = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(290_00))

        assert not seen.is_taken
        assert (seen.stop.cash_due, seen.stop.cash_asked) == (sar(298_00), sar(290_00))
        assert seen.stop.can == {"deliver"}
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0
        (asked,) = delivery.exceptions(DISPATCHER, uow.session)
        assert (asked.number, asked.due, asked.offered) == (order.number, sar(298_00), sar(290_00))
        with pytest.raises(ExceptionOpen):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(298_00))

    @pytest.mark.parametrize(("offered", "short"), [(290_00, 8_00), (300_00, -2_00)])
    def test_settles_in_full_when_it_is_accepted_and_the_house_bears_the_difference(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, offered: int, short: int
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        hand_over_parcel(uow, rider, order, drop)
        asked = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(offered))
        assert asked.exception_id is not None

        seen = delivery.decide_exception(DISPATCHER, uow, exception_id=asked.exception_id, is_accepted=True)

        assert seen.state is ExceptionState.ACCEPTED
        assert pot(uow, ledger.agent_cash(rider.user_id)) == offered
        assert pot(uow, ledger.OVER_SHORT) == short
        assert pot(uow, ledger.buyer_receivable(buyer.store_id)) == 0
        (taken,) = uow.session.execute(select(CashCollection)).scalars()
        assert (taken.amount, taken.due) == (sar(offered), sar(298_00))
        with pytest.raises(ExceptionDecided):
            delivery.decide_exception(DISPATCHER, uow, exception_id=asked.exception_id, is_accepted=False)

    def test_lets_the_agent_insist_when_it_is_declined(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        _, drop = send(uow, buyer, rider, (kettle, 2))
        asked = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(290_00))
        assert asked.exception_id is not None

        delivery.decide_exception(DISPATCHER, uow, exception_id=asked.exception_id, is_accepted=False)
        told = delivery.stop(rider.actor, uow.session, stop_id=drop.id)
        paid = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(298_00))

        assert (asked.stop.cash_declined, told.cash_declined) == (None, sar(290_00))
        assert (told.cash_asked, told.cash_due) == (None, sar(298_00))
        assert paid.is_taken
        assert paid.stop.cash_declined is None
        assert pot(uow, ledger.OVER_SHORT) == 0

    def test_is_answered_before_the_parcel_is_given_up(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        asked = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(290_00))
        assert asked.exception_id is not None

        with pytest.raises(ExceptionOpen):
            delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NO_CASH)
        assert orders.by_number(buyer.actor, uow.session, number=order.number).state is OrderState.IN_TRANSIT
        delivery.decide_exception(DISPATCHER, uow, exception_id=asked.exception_id, is_accepted=False)
        failed = delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NO_CASH)

        assert failed.state is delivery.StopState.FAILED
        assert delivery.exceptions(DISPATCHER, uow.session) == ()

    def test_is_the_dispatcher_s_to_decide(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        _, drop = send(uow, buyer, rider, (kettle, 2))
        asked = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(290_00))
        assert asked.exception_id is not None

        with pytest.raises(Forbidden):
            delivery.decide_exception(rider.actor, uow, exception_id=asked.exception_id, is_accepted=True)

        (row,) = uow.session.execute(select(CashException)).scalars()
        assert row.state is ExceptionState.OPEN

    def test_is_one_that_we_have(self, uow: UnitOfWork) -> None:
        unknown = CashExceptionId(new_uuid())

        with pytest.raises(ExceptionNotFound):
            delivery.decide_exception(DISPATCHER, uow, exception_id=unknown, is_accepted=True)

    def test_stays_on_the_list_of_all_once_it_is_answered(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        asked = delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=sar(290_00)).exception_id
        assert asked is not None
        delivery.decide_exception(DISPATCHER, uow, exception_id=asked, is_accepted=False)

        listed = delivery.paged_exceptions(DISPATCHER, uow.session, only_open=False).items

        assert [(one.id, one.number, one.state) for one in listed] == [(asked, order.number, ExceptionState.DECLINED)]
        assert delivery.exceptions(DISPATCHER, uow.session) == ()


class TestCashInHand:
    def test_lists_what_he_carries_order_by_order(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale, rider: Rider
    ) -> None:
        first = sell_for_cash(uow, buyer, rider, (kettle, 2))
        second = sell_for_cash(uow, buyer, rider, (kettle, 1))

        seen = delivery.cash_in_hand(rider.actor, uow.session, at=uow.now)

        assert seen.total == sar(462_00)
        assert {one.number: one.amount for one in seen.collections} == {
            first.number: sar(298_00),
            second.number: sar(164_00),
        }
        assert (seen.limit, seen.is_overdue, seen.is_blocked) == (sar(5_000_00), False, False)
        assert stop_of(uow, rider, first, delivery.StopKind.DROP).cash_taken == sar(298_00)

    def test_is_of_a_person_and_not_of_the_house(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden, match="Only somebody who works the road carries cash"):
            delivery.cash_in_hand(system("clock"), uow.session, at=uow.now)
