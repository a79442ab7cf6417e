"""What waits for whom."""

import pytest

from marketplace import ops
from marketplace.events import Backlog
from marketplace.identity import StandingReason
from marketplace.identity.models import StoreStanding
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from tests.factories.actors import clerk, officer
from tests.factories.belongings import make_dead_letter, make_payout
from tests.factories.orders import make_order, make_shopper
from tests.factories.people import make_vendor
from tests.factories.road import DISPATCHER, give, make_agent
from tests.factories.shelves import make_product, put_on_sale


class TestWaiting:
    def test_counts_what_each_may_do_something_about_and_nothing_else(self, uow: UnitOfWork) -> None:
        vendor, buyer, rider = make_vendor(uow), make_shopper(uow), make_agent(uow)
        sold = put_on_sale(uow, make_product(uow, "Kettle", owner=vendor.id), store=vendor.id)
        make_order(uow, buyer, (sold, 1))
        make_order(uow, buyer, (sold, 1), state=OrderState.READY)
        give(uow, buyer, rider, (sold, 1))
        uow.session.flush()

        assert ops.waiting(DISPATCHER, uow.session) == {"dispatch": 1}
        assert ops.waiting(rider.actor, uow.session) == {"stops": 1}
        packer = clerk(vendor.id, Permission.ORDERS_FULFILL)
        assert ops.waiting(packer, uow.session) == {"orders": 1, "returns": 0}

    def test_counts_nothing_for_those_who_may_do_nothing(self, uow: UnitOfWork) -> None:
        assert ops.waiting(visitor(), uow.session) == {}

    def test_counts_cash_payouts_stores_and_dead_letters_in_the_house(self, uow: UnitOfWork) -> None:
        house = officer(
            Permission.CASH_COUNT, Permission.PAYOUTS_CONFIRM, Permission.STORES_APPROVE, Permission.EVENTS_REPLAY
        )

        before = ops.waiting(house, uow.session)

        vendor = make_vendor(uow)
        uow.session.add(make_payout(uow, vendor.id))
        make_dead_letter(uow, 1)
        uow.session.get_one(StoreStanding, vendor.id).set_reasons([StandingReason.AWAITING_APPROVAL], at=uow.now)
        uow.session.flush()

        assert before == {"hand-overs": 0, "payouts": 0, "stores": 0, "dead": 0}
        assert ops.waiting(house, uow.session) == {"hand-overs": 0, "payouts": 1, "stores": 1, "dead": 1}


class TestBacklog:
    def test_is_for_those_who_may_replay(self, uow: UnitOfWork) -> None:
        admin = officer(Permission.EVENTS_REPLAY)

        assert ops.backlog(admin, uow.session) == Backlog(pending=0, dead=0, oldest_pending_at=None, unrelayed=0)
        with pytest.raises(Forbidden):
            ops.backlog(officer(Permission.ORDERS_READ), uow.session)


class TestWaitingTopics:
    def test_are_those_of_what_is_counted(self, uow: UnitOfWork) -> None:
        vendor, rider = make_vendor(uow), make_agent(uow)
        packer = clerk(vendor.id, Permission.ORDERS_FULFILL)
        house = officer(Permission.CASH_COUNT, Permission.DISPATCH_ASSIGN, Permission.EVENTS_REPLAY)

        assert ops.waiting_topics(packer) == (f"orders:store:{vendor.id}",)
        assert ops.waiting_topics(rider.actor) == (f"agent:{rider.actor.user_id}",)
        assert ops.waiting_topics(house) == ("dispatch", "hand_overs")
        assert ops.waiting_topics(visitor()) == ()
