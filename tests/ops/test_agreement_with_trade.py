"""The books agree with trade as it is really done, after every step of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace import delivery, ledger, ops, orders, settlement
from marketplace.delivery import FailureReason
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Permission
from marketplace.kernel.work import UnitOfWork
from marketplace.ops import AgreementView
from marketplace.orders import Decision, LineDecision, OrderState, RejectReason
from tests.factories.actors import clerk, officer
from tests.factories.orders import SELLS, Buyer, buy, seller
from tests.factories.people import make_officer
from tests.factories.road import (
    DISPATCHER,
    Rider,
    hand_over_parcel,
    make_agent,
    make_cashier,
    pot,
    sar,
    sell_for_cash,
    send,
    stop_of,
)
from tests.factories.shelves import OnSale

CHECKER = officer(Permission.LEDGER_READ)


@pytest.fixture
def rider(uow: UnitOfWork) -> Rider:
    """An agent."""
    return make_agent(uow)


@pytest.fixture
def agree(uow: UnitOfWork) -> Callable[[], AgreementView]:
    """Insist that the books agree."""

    def agreed() -> AgreementView:
        uow.session.flush()
        found = ops.agreement(CHECKER, uow.session)
        assert found.disagreements == ()
        assert found.agrees
        return found

    return agreed


class TestAgreementWithTrade:
    def test_holds_from_the_door_to_the_bank(
        self, uow: UnitOfWork, buyer: Buyer, rider: Rider, kettle: OnSale, agree: Callable[[], AgreementView]
    ) -> None:
        order, door = send(uow, buyer, rider, (kettle, 2))
        agree()
        hand_over_parcel(uow, rider, order, door)
        agree()
        delivery.collect_cash(rider.actor, uow, stop_id=door.id, amount=order.due)
        agree()
        handed = delivery.hand_over(rider.actor, uow, counted=order.due)
        agree()
        delivery.accept_hand_over(make_cashier(uow), uow, hand_over_id=handed.id, counted=order.due - sar(300))
        agree()
        later = replace(uow, now=uow.now + timedelta(days=8))
        settlement.mature(later)
        agree()
        settlement.propose(later)
        finance = make_officer(uow, SystemRole.FINANCE).id
        accountant = officer(Permission.PAYOUTS_READ, Permission.PAYOUTS_CONFIRM, user_id=finance)
        (payout,) = settlement.payouts(accountant, uow.session).items
        settlement.confirm_payout(accountant, later, payout_id=payout.id, reference="1")

        found = agree()

        assert found.orders == 1
        assert orders.by_number(buyer.actor, uow.session, number=order.number).state is OrderState.CLOSED
        assert pot(uow, ledger.SAFE) == order.due.minor - 300
        assert pot(uow, ledger.OVER_SHORT) == 300
        assert pot(uow, ledger.BANK) == -payout.amount.minor
        assert (pot(uow, ledger.agent_cash(rider.user_id)), pot(uow, ledger.buyer_receivable(buyer.store_id))) == (0, 0)

    def test_holds_where_the_cash_comes_first(
        self, uow: UnitOfWork, buyer: Buyer, rider: Rider, kettle: OnSale, agree: Callable[[], AgreementView]
    ) -> None:
        order, door = send(uow, buyer, rider, (kettle, 1))
        delivery.collect_cash(rider.actor, uow, stop_id=door.id, amount=order.due)
        agree()
        assert pot(uow, ledger.buyer_prepayment(buyer.store_id)) == order.due.minor

        hand_over_parcel(uow, rider, order, door)

        agree()
        assert pot(uow, ledger.buyer_prepayment(buyer.store_id)) == 0

    def test_holds_where_a_part_was_taken(
        self,
        uow: UnitOfWork,
        buyer: Buyer,
        rider: Rider,
        kettle: OnSale,
        grinder: OnSale,
        agree: Callable[[], AgreementView],
    ) -> None:
        (order,) = buy(uow, buyer, (kettle, 1), (grinder, 2)).orders
        vendor = seller(order.store.id)
        yes, no = order.lines
        decisions = [
            LineDecision(yes.id, Decision.ACCEPT),
            LineDecision(no.id, Decision.REJECT, RejectReason.OUT_OF_STOCK),
        ]
        orders.decide(vendor, uow, number=order.number, decisions=decisions)
        orders.ready(vendor, uow, number=order.number)
        delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=rider.user_id)
        delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, order, delivery.StopKind.PICKUP).id)
        door = stop_of(uow, rider, order, delivery.StopKind.DROP)
        hand_over_parcel(uow, rider, order, door)
        agree()
        due = orders.by_number(buyer.actor, uow.session, number=order.number).due
        assert due < order.due

        delivery.collect_cash(rider.actor, uow, stop_id=door.id, amount=due)

        agree()

    def test_holds_where_the_cash_was_short(
        self, uow: UnitOfWork, buyer: Buyer, rider: Rider, kettle: OnSale, agree: Callable[[], AgreementView]
    ) -> None:
        order, door = send(uow, buyer, rider, (kettle, 1))
        hand_over_parcel(uow, rider, order, door)
        asked = delivery.collect_cash(rider.actor, uow, stop_id=door.id, amount=order.due - sar(100))
        agree()
        assert asked.exception_id is not None

        delivery.decide_exception(DISPATCHER, uow, exception_id=asked.exception_id, is_accepted=True)

        found = agree()
        (pocket,) = found.cash_with_agents
        assert pocket.booked == order.due - sar(100)

    def test_holds_where_the_parcel_came_back(
        self, uow: UnitOfWork, buyer: Buyer, rider: Rider, kettle: OnSale, agree: Callable[[], AgreementView]
    ) -> None:
        order, door = send(uow, buyer, rider, (kettle, 1))
        for attempt in range(3):
            if attempt:
                delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, order, delivery.StopKind.DROP).id)
            delivery.fail(rider.actor, uow, stop_id=door.id, reason=FailureReason.NOT_HOME)
        delivery.confirm_return(clerk(order.store.id, *SELLS), uow, order_number=order.number)

        assert agree().orders == 0

    def test_holds_while_a_count_is_looked_into(
        self,
        uow: UnitOfWork,
        buyer: Buyer,
        rider: Rider,
        kettle: OnSale,
        mugs: OnSale,
        agree: Callable[[], AgreementView],
    ) -> None:
        first, second = (sell_for_cash(uow, buyer, rider, (sold, 1)) for sold in (kettle, mugs))
        brought = first.due + second.due
        handed = delivery.hand_over(rider.actor, uow, counted=brought)
        delivery.accept_hand_over(make_cashier(uow), uow, hand_over_id=handed.id, counted=brought - sar(5_000))
        agree()

        delivery.clear_hand_over(
            make_cashier(uow), uow, hand_over_id=handed.id, counted=brought - sar(4_000), note="Found one note"
        )

        agree()
        assert pot(uow, ledger.OVER_SHORT) == 4_000
