"""Cash from the agent to the safe."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from marketplace import delivery, flags, ledger, orders
from marketplace.delivery import HandOverState, StopKind
from marketplace.delivery.errors import (
    AgentBlocked,
    CashBlocked,
    CashOverdue,
    HandOverNotFound,
    NothingToHandOver,
    OwnCash,
    WrongCurrency,
)
from marketplace.delivery.models import Agent
from marketplace.events.models import OutboxMessage
from marketplace.flags import Limit
from marketplace.flows.schedule import JOBS, run_due
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import HandOverId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.orders import OrderState, PaidState
from marketplace.ports import House, Ports
from tests.conftest import Today
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_order
from tests.factories.road import (
    DISPATCHER,
    Rider,
    give,
    make_agent,
    make_cashier,
    pot,
    sar,
    sell_for_cash,
    send,
    stop_of,
    topics,
)
from tests.factories.shelves import OnSale


class TestHandOver:
    def test_brings_in_all_that_the_agent_carries(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        sell_for_cash(uow, buyer, rider, (kettle, 1))

        seen = delivery.hand_over(rider.actor, uow, counted=sar(462_00), note="all in fifties")

        assert (seen.state, seen.orders, seen.declared, seen.expected) == (
            HandOverState.DECLARED,
            2,
            sar(462_00),
            sar(462_00),
        )
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 462_00
        assert topics(uow, f"hand_over:{seen.id}") == ["delivery.handed_over.v1"]

    def test_needs_something_to_bring(self, uow: UnitOfWork, rider: Rider) -> None:
        with pytest.raises(NothingToHandOver):
            delivery.hand_over(rider.actor, uow, counted=sar(0))

    def test_waits_for_the_count_before_the_next(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        delivery.hand_over(rider.actor, uow, counted=sar(149_00))
        sell_for_cash(uow, buyer, rider, (kettle, 1))

        with pytest.raises(IntegrityError, match="uq_hand_overs_open_agent"), uow.session.begin_nested():
            delivery.hand_over(rider.actor, uow, counted=sar(149_00))

    def test_is_done_by_a_person_and_not_by_the_house(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden, match="Only somebody who works the road hands cash over"):
            delivery.hand_over(system("clock"), uow, counted=sar(149_00))

    def test_is_counted_in_the_money_that_was_taken(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))

        with pytest.raises(WrongCurrency, match="SAR"):
            delivery.hand_over(rider.actor, uow, counted=Money(149_00, "USD"))

        assert delivery.cash_in_hand(rider.actor, uow.session, at=uow.now).open_hand_over is None

    def test_goes_on_behind_its_page_with_the_newest_first(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, cashier: Actor
    ) -> None:
        riders = [make_agent(uow) for _ in range(3)]
        handed = []
        for minutes, rider in enumerate(riders):
            sell_for_cash(uow, buyer, rider, (kettle, 1))
            handed.append(delivery.hand_over(rider.actor, later(uow, minutes=minutes), counted=sar(149_00)).id)

        first = delivery.hand_overs(cashier, uow.session, limit=2)
        second = delivery.hand_overs(cashier, uow.session, limit=2, cursor=first.next_cursor)

        assert [seen.id for seen in (*first.items, *second.items)] == handed[::-1]
        assert second.next_cursor is None

    def test_is_seen_by_who_brought_it_and_by_no_other_agent(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(149_00))

        assert [seen.id for seen in delivery.hand_overs(rider.actor, uow.session).items] == [handed.id]
        assert delivery.hand_overs(make_agent(uow).actor, uow.session).items == ()


class TestAccept:
    def test_counts_blind(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        delivery.hand_over(rider.actor, uow, counted=sar(298_00))

        (seen,) = delivery.hand_overs(cashier, uow.session, only_open=True).items

        assert (seen.declared, seen.expected, seen.variance, seen.can) == (None, None, None, frozenset({"accept"}))

    def test_puts_the_cash_into_the_safe_and_tells_the_orders(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        order = sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))

        seen = delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(298_00))

        assert (seen.state, seen.expected, seen.variance) == (HandOverState.ACCEPTED, sar(298_00), sar(0))
        assert pot(uow, ledger.SAFE) == 298_00
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0
        assert orders.by_number(buyer.actor, uow.session, number=order.number).paid_state is PaidState.SETTLED
        assert delivery.cash_in_hand(rider.actor, uow.session, at=uow.now).total == sar(0)

    @pytest.mark.parametrize(("counted", "short"), [(293_00, 5_00), (303_00, -5_00)])
    def test_posts_a_small_difference_as_over_or_short(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor, counted: int, short: int
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))

        seen = delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(counted))

        assert (seen.state, seen.variance) == (HandOverState.ACCEPTED, sar(-short))
        assert pot(uow, ledger.SAFE) == counted
        assert pot(uow, ledger.OVER_SHORT) == short
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0

    def test_looks_into_a_larger_one_and_blocks_the_agent_from_cash(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        order = sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))

        seen = delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(292_99))

        assert (seen.state, seen.variance, seen.can) == (HandOverState.INVESTIGATING, sar(-5_01), frozenset())
        assert (pot(uow, ledger.SAFE), pot(uow, ledger.agent_cash(rider.user_id))) == (0, 298_00)
        assert orders.by_number(buyer.actor, uow.session, number=order.number).paid_state is PaidState.CAPTURED
        waiting = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        with pytest.raises(AgentBlocked):
            delivery.assign(DISPATCHER, uow, order_number=waiting.number, agent_id=rider.user_id)

    def test_lets_a_blocked_agent_take_no_cash_at_a_door_until_it_is_cleared(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))
        delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(200_00))

        with pytest.raises(CashBlocked):
            delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=order.due)
        blocked = stop_of(uow, rider, order, StopKind.DROP)
        delivery.clear_hand_over(make_cashier(uow), uow, hand_over_id=handed.id, counted=sar(200_00), note="Short.")
        free = stop_of(uow, rider, order, StopKind.DROP)

        assert blocked.can == {"deliver", "fail"}
        assert blocked.is_cash_blocked
        assert not free.is_cash_blocked
        assert free.can == {"deliver", "fail", "collect_cash"}
        assert delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=order.due).is_taken

    def test_is_somebody_else_s_to_count(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))
        both = officer(Permission.ROUND_WORK, Permission.CASH_COUNT, user_id=rider.user_id)

        with pytest.raises(OwnCash):
            delivery.accept_hand_over(both, uow, hand_over_id=handed.id, counted=sar(298_00))
        with pytest.raises(Forbidden):
            delivery.accept_hand_over(rider.actor, uow, hand_over_id=handed.id, counted=sar(298_00))

        assert pot(uow, ledger.SAFE) == 0

    def test_counts_once(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))
        delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(298_00))

        with pytest.raises((Conflict, OwnCash)):
            delivery.accept_hand_over(make_cashier(uow), uow, hand_over_id=handed.id, counted=sar(298_00))

        assert pot(uow, ledger.SAFE) == 298_00

    def test_needs_a_hand_over_that_we_have(self, uow: UnitOfWork, cashier: Actor) -> None:
        with pytest.raises(HandOverNotFound):
            delivery.accept_hand_over(cashier, uow, hand_over_id=HandOverId(new_uuid()), counted=sar(0))


class TestClear:
    def test_counts_as_blind_as_the_first_time(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))
        delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(200_00))
        second, third = make_cashier(uow), make_cashier(uow)

        (hidden,) = delivery.hand_overs(second, uow.session).items
        (own,) = delivery.hand_overs(cashier, uow.session).items
        (brought,) = delivery.hand_overs(rider.actor, uow.session).items
        delivery.clear_hand_over(second, uow, hand_over_id=handed.id, counted=sar(298_00), note="Found.")
        (clear,) = delivery.hand_overs(third, uow.session).items

        assert hidden.can == {"clear"}
        assert (hidden.declared, hidden.expected, hidden.counted, hidden.variance) == (None, None, None, None)
        assert (own.expected, own.counted, own.variance) == (sar(298_00), sar(200_00), sar(-98_00))
        assert (brought.expected, brought.counted) == (sar(298_00), sar(200_00))
        assert (clear.declared, clear.expected, clear.counted) == (sar(298_00), sar(298_00), sar(298_00))

    def test_lets_a_second_person_s_count_stand_and_the_agent_go_on(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 2))
        handed = delivery.hand_over(rider.actor, uow, counted=sar(298_00))
        delivery.accept_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(200_00))
        second = make_cashier(uow)

        with pytest.raises(OwnCash):
            delivery.clear_hand_over(cashier, uow, hand_over_id=handed.id, counted=sar(290_00), note="found")
        seen = delivery.clear_hand_over(second, uow, hand_over_id=handed.id, counted=sar(290_00), note="found ninety")

        assert (seen.state, seen.counted, seen.variance) == (HandOverState.ACCEPTED, sar(290_00), sar(-8_00))
        assert (pot(uow, ledger.SAFE), pot(uow, ledger.OVER_SHORT)) == (290_00, 8_00)
        assert pot(uow, ledger.agent_cash(rider.user_id)) == 0
        assert uow.session.get_one(Agent, rider.user_id).is_blocked is False
        assert give(uow, buyer, rider, (kettle, 1)).number


def later(uow: UnitOfWork, **span: float) -> UnitOfWork:
    return replace(uow, now=uow.now + timedelta(**span))


def warned(uow: UnitOfWork) -> list[tuple[str, int]]:
    """Who was said to carry cash for too long, and how much of it."""
    found = (
        select(OutboxMessage)
        .where(col(OutboxMessage.topic) == "delivery.cash_went_overdue.v1")
        .order_by(col(OutboxMessage.position))
    )
    bodies = [message.envelope["body"] for message in uow.session.execute(found).scalars()]
    return [(body["agent_id"], body["amount_minor"]) for body in bodies]


class TestCashThatIsCarriedTooLong:
    def test_is_said_after_a_day_and_once_until_it_is_brought_in(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, cashier: Actor
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        sell_for_cash(later(uow, hours=3), buyer, rider, (kettle, 1))

        assert delivery.warn_of_overdue(later(uow, hours=24)) == 0
        assert delivery.warn_of_overdue(later(uow, hours=25)) == 1
        assert delivery.warn_of_overdue(later(uow, hours=25)) == 0
        assert delivery.warn_of_overdue(later(uow, hours=40)) == 0
        assert warned(uow) == [(str(rider.user_id), 328_00)]
        handed = delivery.hand_over(rider.actor, later(uow, hours=40), counted=sar(492_00))
        delivery.accept_hand_over(cashier, later(uow, hours=41), hand_over_id=handed.id, counted=sar(492_00))
        sell_for_cash(later(uow, hours=42), buyer, rider, (kettle, 1))

        assert delivery.warn_of_overdue(later(uow, hours=60)) == 0
        assert delivery.warn_of_overdue(later(uow, hours=67)) == 1
        assert warned(uow)[1:] == [(str(rider.user_id), 164_00)]

    def test_is_said_by_the_clock(
        self,
        uow: UnitOfWork,
        database: Database,
        ports: Ports,
        clock: Today,
        buyer: Buyer,
        kettle: OnSale,
        rider: Rider,
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        uow.session.flush()
        clock.advance(hours=25)
        sweeps = tuple(job for job in JOBS if job.name == "delivery.warn_of_overdue")

        run_due(House(db=database, ports=ports, secret="not asked for"), sweeps)

        assert warned(uow) == [(str(rider.user_id), 164_00)]

    def test_is_not_said_of_what_waits_to_be_counted(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        delivery.hand_over(rider.actor, uow, counted=sar(149_00))

        assert delivery.warn_of_overdue(later(uow, hours=60)) == 0

    def test_is_said_of_each_agent_and_by_the_limit_of_the_day(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        others = [make_agent(uow) for _ in range(2)]
        for one in (rider, *others):
            sell_for_cash(uow, buyer, one, (kettle, 1))
        flags.set_limit(officer(Permission.FLAGS_EDIT), uow, limit=Limit.CASH_WARNING_HOURS, value=8)

        assert delivery.warn_of_overdue(later(uow, hours=9), most=2) == 2
        assert delivery.warn_of_overdue(later(uow, hours=9), most=2) == 1
        assert {who for who, _ in warned(uow)} == {str(one.user_id) for one in (rider, *others)}

    def test_brings_no_new_cash_orders(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        sell_for_cash(uow, buyer, rider, (kettle, 1))
        waiting = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        too_late = later(uow, hours=49)

        with pytest.raises(CashOverdue):
            delivery.assign(DISPATCHER, too_late, order_number=waiting.number, agent_id=rider.user_id)

        (agent,) = delivery.agents(DISPATCHER, uow.session, at=too_late.now)
        assert agent.is_cash_overdue
