"""Payouts as they are proposed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from marketplace import flags, settlement
from marketplace.events.models import OutboxMessage
from marketplace.flags import Limit
from marketplace.kernel.actor import Permission, system
from marketplace.kernel.clock import Period
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders.models import Order
from marketplace.settlement import PayoutState
from tests.factories.actors import clerk, officer
from tests.factories.people import make_vendor
from tests.factories.sales import Market

FINANCE = officer(Permission.PAYOUTS_READ)


@pytest.fixture
def market(uow: UnitOfWork) -> Market:
    """Somebody sells to somebody."""
    return Market(uow)


def matured(market: Market, total: int = 11_500, *, fee: int = 1_000, fee_vat: int = 150) -> str:
    order = market.sell(total, fee=fee, fee_vat=fee_vat, delivered_at=market.uow.now - timedelta(days=7))
    settlement.mature(market.uow)
    return order.number


class TestPropose:
    def test_sums_up_what_has_matured(self, uow: UnitOfWork, market: Market) -> None:
        numbers = {matured(market), matured(market, 23_000, fee=2_000, fee_vat=300)}

        assert settlement.propose(uow) == 1

        (payout,) = settlement.payouts(FINANCE, uow.session).items
        assert (payout.state, payout.amount) == (PayoutState.PROPOSED, Money(10_350 + 20_700, "SAR"))
        assert set(payout.orders) == numbers
        assert (payout.store_id, payout.store_name) == (market.vendor.id, market.vendor.name)
        assert (payout.period.starts_at, payout.period.ends_at) == (uow.now, uow.now)

    def test_tells_when_its_orders_were_delivered(self, uow: UnitOfWork, market: Market) -> None:
        for days in (9, 12, 8):
            market.sell(delivered_at=uow.now - timedelta(days=days))
        settlement.mature(uow)
        settlement.propose(uow)

        (payout,) = settlement.payouts(system("test"), uow.session).items

        assert payout.delivered == Period(uow.now - timedelta(days=12), uow.now - timedelta(days=8))

    def test_publishes_the_fact(self, uow: UnitOfWork, market: Market) -> None:
        matured(market)

        settlement.propose(uow)

        topic = "settlement.payout_proposed.v1"
        published = uow.session.exec(select(OutboxMessage).where(col(OutboxMessage.topic) == topic)).one()
        assert published.envelope["body"]["amount_minor"] == 10_350
        assert published.store_id == market.vendor.id

    def test_makes_one_payout_a_vendor(self, uow: UnitOfWork, market: Market) -> None:
        other = make_vendor(uow)
        matured(market)
        market.sell(vendor=other, delivered_at=uow.now - timedelta(days=8))
        settlement.mature(uow)

        assert settlement.propose(uow) == 2
        stores = {payout.store_id for payout in settlement.payouts(FINANCE, uow.session).items}
        assert stores == {market.vendor.id, other.id}

    def test_proposes_once_a_day_and_carries_the_rest(self, uow: UnitOfWork, market: Market) -> None:
        matured(market)
        settlement.propose(uow)
        late = matured(market)

        assert settlement.propose(uow) == 0
        tomorrow = replace(uow, now=uow.now + timedelta(days=1))
        assert settlement.propose(tomorrow) == 1
        newest = settlement.payouts(FINANCE, uow.session).items[0]
        assert newest.orders == (late,)

    def test_leaves_what_matures_later(self, uow: UnitOfWork, market: Market) -> None:
        matured(market)

        assert settlement.propose(replace(uow, now=uow.now - timedelta(days=1))) == 0

    def test_leaves_what_is_held_for_a_later_payout(self, uow: UnitOfWork, market: Market) -> None:
        held, free = matured(market), matured(market)
        order = uow.session.exec(select(Order).where(col(Order.number) == held)).one()
        order.is_held = True
        uow.session.flush()

        settlement.propose(uow)
        order.is_held = False
        uow.session.flush()
        settlement.propose(replace(uow, now=uow.now + timedelta(days=1)))

        later, first = settlement.payouts(FINANCE, uow.session).items
        assert (first.orders, later.orders) == ((free,), (held,))

    def test_takes_midnight_from_the_place_of_the_profile(self, uow: UnitOfWork, market: Market) -> None:
        before = replace(uow, now=uow.now.replace(hour=20, minute=59))
        after = replace(uow, now=uow.now.replace(hour=21, minute=0))
        matured(market)
        settlement.propose(before)
        matured(market)

        assert settlement.propose(after) == 1

    def test_carries_what_is_less_than_the_minimum(self, uow: UnitOfWork, market: Market) -> None:
        flags.set_limit(officer(Permission.FLAGS_EDIT), uow, limit=Limit.PAYOUT_MINIMUM_MINOR, value=10_351)
        matured(market)

        assert settlement.propose(uow) == 0

    def test_carries_a_debt_until_it_is_covered(self, uow: UnitOfWork, market: Market) -> None:
        matured(market, 50, fee=100, fee_vat=15)
        assert settlement.propose(uow) == 0

        matured(market)

        assert settlement.propose(uow) == 1
        (payout,) = settlement.payouts(FINANCE, uow.session).items
        assert payout.amount == Money(10_350 - 65, "SAR")


class TestPayouts:
    def test_shows_a_vendor_his_own_alone(self, uow: UnitOfWork, market: Market) -> None:
        other = make_vendor(uow)
        matured(market)
        settlement.propose(uow)

        own = settlement.payouts(clerk(market.vendor.id, Permission.PAYOUTS_READ), uow.session)
        foreign = settlement.payouts(clerk(other.id, Permission.PAYOUTS_READ), uow.session)
        nothing = settlement.payouts(clerk(market.vendor.id), uow.session)

        assert [len(page.items) for page in (own, foreign, nothing)] == [1, 0, 0]
        assert own.items[0].can_confirm is False
        with pytest.raises(settlement.PayoutNotFound):
            settlement.payout(clerk(other.id, Permission.PAYOUTS_READ), uow.session, payout_id=own.items[0].id)

    def test_goes_on_page_by_page_and_keeps_to_a_state(self, uow: UnitOfWork, market: Market) -> None:
        for days in range(3):
            matured(market)
            settlement.propose(replace(uow, now=uow.now + timedelta(days=days)))

        first = settlement.payouts(FINANCE, uow.session, limit=2)
        second = settlement.payouts(FINANCE, uow.session, limit=2, cursor=first.next_cursor)

        assert (len(first.items), len(second.items), second.next_cursor) == (2, 1, None)
        assert settlement.payouts(FINANCE, uow.session, state=PayoutState.PAID).items == ()


class TestEarnings:
    def test_tells_a_vendor_where_his_money_is(self, uow: UnitOfWork, market: Market) -> None:
        matured(market)
        settlement.propose(uow)
        matured(market)
        market.sell(5_750, fee=500, fee_vat=75)

        seen = settlement.earnings(clerk(market.vendor.id, Permission.PAYOUTS_READ), uow.session)

        amounts = (seen.pending, seen.available, seen.proposed, seen.paid)
        assert [amount.minor for amount in amounts] == [5_175, 10_350, 10_350, 0]
