"""When a vendor's money becomes his to have."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from marketplace import ledger, settlement
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger.models import Transaction
from marketplace.orders import OrderState
from marketplace.settlement.models import PayoutOrder
from tests.factories.sales import Market


@pytest.fixture
def market(uow: UnitOfWork) -> Market:
    """Somebody sells to somebody."""
    return Market(uow)


def pots(uow: UnitOfWork, store_id: StoreId, currency: str = "SAR") -> tuple[Money, Money]:
    pending, available = ledger.vendor_pending(store_id), ledger.vendor_available(store_id)
    found = ledger.balances(uow.session, accounts=[pending, available], currency=currency)
    return found[pending], found[available]


class TestMature:
    def test_waits_seven_days_in_saudi_arabia(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(delivered_at=uow.now - timedelta(days=7) + timedelta(seconds=1))

        assert settlement.mature(uow) == 0
        assert pots(uow, market.vendor.id) == (Money(10_350, "SAR"), Money(0, "SAR"))

    def test_gives_the_vendor_all_but_the_fee(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell(delivered_at=uow.now - timedelta(days=7))

        assert settlement.mature(uow) == 1

        assert pots(uow, market.vendor.id) == (Money(0, "SAR"), Money(10_350, "SAR"))
        row = uow.session.exec(select(PayoutOrder)).one()
        assert (row.order_id, row.amount_minor, row.matured_at, row.payout_id) == (order.id, 10_350, uow.now, None)
        posted = uow.session.exec(select(Transaction).where(col(Transaction.kind) == "matured")).one()
        assert (posted.source, posted.order_id) == (f"order:{order.number}", order.id)

    def test_does_so_once(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(delivered_at=uow.now - timedelta(days=7))
        settlement.mature(uow)

        assert settlement.mature(uow) == 0

    def test_waits_for_the_buyer_to_pay(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(delivered_at=uow.now - timedelta(days=30), is_paid=False)

        assert settlement.mature(uow) == 0

    def test_waits_while_the_order_is_held(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell(delivered_at=uow.now - timedelta(days=30))
        order.is_held = True

        assert settlement.mature(uow) == 0

    def test_leaves_what_is_not_delivered(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell(delivered_at=uow.now - timedelta(days=30))
        order.state = OrderState.IN_TRANSIT

        assert settlement.mature(uow) == 0

    def test_takes_down_a_fee_above_the_price_as_a_debt(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(50, fee=100, fee_vat=15, delivered_at=uow.now - timedelta(days=7))

        settlement.mature(uow)

        assert pots(uow, market.vendor.id) == (Money(0, "SAR"), Money(-65, "SAR"))

    def test_posts_nothing_where_the_fee_eats_the_price(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(115, fee=100, fee_vat=15, delivered_at=uow.now - timedelta(days=7))

        assert settlement.mature(uow) == 1
        assert uow.session.exec(select(PayoutOrder)).one().amount_minor == 0


@pytest.mark.usefixtures("oklahoma")
class TestMatureInOklahoma:
    def test_waits_for_the_cash_alone(self, uow: UnitOfWork, market: Market) -> None:
        with_agent = market.sell(currency="USD", delivered_at=uow.now - timedelta(days=30))
        in_safe = market.sell(20_000, currency="USD", is_handed_over=True)

        assert settlement.mature(uow) == 1
        assert uow.session.exec(select(PayoutOrder.order_id)).all() == [in_safe.id]
        assert with_agent.cash_handed_over_at is None

    def test_leaves_the_cash_of_a_later_hour(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(currency="USD", is_handed_over=True, delivered_at=uow.now + timedelta(days=1))

        assert settlement.mature(uow) == 0
