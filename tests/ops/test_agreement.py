"""Whether the books agree with what happened."""

from datetime import timedelta

import pytest

from marketplace import ledger, ops, settlement
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import OrderId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, Posting
from marketplace.ops import AgreementView, Disagreement, PotView
from marketplace.orders import LineState
from marketplace.orders.models import OrderLine
from tests.factories.actors import clerk, officer
from tests.factories.sales import Market

FINANCE = officer(Permission.LEDGER_READ)


@pytest.fixture
def market(uow: UnitOfWork) -> Market:
    """Somebody sells to somebody."""
    return Market(uow)


def check(uow: UnitOfWork) -> AgreementView:
    uow.session.flush()
    return ops.agreement(FINANCE, uow.session)


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def post(uow: UnitOfWork, debit: Account, credit: Account, minor: int, *, order_id: OrderId | None = None) -> None:
    lines = [Posting.debit(debit, sar(minor)), Posting.credit(credit, sar(minor))]
    ledger.post(uow, kind="wrong", source="test", key=str(new_uuid()), postings=lines, order_id=order_id)


class TestAgreement:
    def test_holds_over_a_whole_history(self, uow: UnitOfWork, market: Market) -> None:
        market.sell(is_paid=False)
        market.sell(23_000, fee=2_000, fee_vat=300, delivered_at=uow.now - timedelta(days=8))
        market.sell(5_000)
        settlement.mature(uow)
        settlement.propose(uow)
        market.hand_over(counted=27_900)

        found = check(uow)

        assert found.disagreements == ()
        assert found.cash_with_agents == (PotView(str(market.agent), sar(28_000), sar(28_000), sar(0)),)
        assert found.payable_to_vendors == (PotView(str(market.vendor.id), sar(20_700), sar(0), sar(20_700)),)
        assert (found.orders, found.agrees) == (3, True)

    def test_holds_where_nothing_happened(self, uow: UnitOfWork) -> None:
        found = check(uow)

        assert (found.agrees, found.orders, found.transactions, found.accounts) == (True, 0, 0, 0)

    def test_finds_what_was_not_posted(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell(fee=0, fee_vat=0)
        line = uow.session.get_one(OrderLine, market.lines[order.id])
        line.fee_minor = 100

        found = check(uow)

        assert found.disagreements == (
            Disagreement(order.number, f"2100:store:{market.vendor.id}", sar(-11_400), sar(-11_500)),
            Disagreement(order.number, "4000", sar(-100), sar(0)),
        )
        assert not found.agrees

    def test_finds_what_was_posted_twice(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell()
        post(uow, ledger.vendor_pending(market.vendor.id), ledger.REFERRAL_INCOME, 1_000, order_id=order.id)

        assert check(uow).disagreements == (
            Disagreement(order.number, f"2100:store:{market.vendor.id}", sar(-10_350), sar(-9_350)),
            Disagreement(order.number, "4000", sar(-1_000), sar(-2_000)),
        )

    def test_finds_what_was_posted_to_another_store(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell()
        stranger = StoreId(new_uuid())
        post(uow, ledger.vendor_pending(market.vendor.id), ledger.vendor_pending(stranger), 1, order_id=order.id)

        accounts = {found.account for found in check(uow).disagreements}
        assert accounts == {f"2100:store:{market.vendor.id}", f"2100:store:{stranger}"}

    def test_finds_money_that_belongs_to_no_order(self, uow: UnitOfWork) -> None:
        post(uow, ledger.BANK, ledger.SAFE, 5)

        assert check(uow).disagreements == (
            Disagreement(None, "1000", sar(0), sar(5)),
            Disagreement(None, "1010", sar(0), sar(-5)),
        )

    def test_finds_lines_that_do_not_make_the_price(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell()
        uow.session.get_one(OrderLine, market.lines[order.id]).state = LineState.CANCELED

        assert not check(uow).agrees

    def test_finds_cash_that_an_agent_never_took(self, uow: UnitOfWork, market: Market) -> None:
        market.sell()
        post(uow, ledger.agent_cash(market.agent), ledger.SAFE, 300)

        (pot,) = check(uow).cash_with_agents

        assert pot == PotView(str(market.agent), sar(11_500), sar(0), sar(11_800))
        assert not pot.agrees

    def test_finds_money_that_no_vendor_earned(self, uow: UnitOfWork, market: Market) -> None:
        post(uow, ledger.BANK, ledger.vendor_available(market.vendor.id), 300)

        (pot,) = check(uow).payable_to_vendors

        assert pot == PotView(str(market.vendor.id), sar(0), sar(0), sar(300))

    def test_forgives_a_mistake_that_was_put_right(self, uow: UnitOfWork, market: Market) -> None:
        order = market.sell()
        pending = ledger.vendor_pending(market.vendor.id)
        lines = [Posting.debit(pending, sar(7)), Posting.credit(ledger.REFERRAL_INCOME, sar(7))]
        wrong = ledger.post(uow, kind="wrong", source="test", key="w", postings=lines, order_id=order.id)
        assert not check(uow).agrees

        ledger.reverse(uow, transaction_id=wrong, key="w:undone")

        assert check(uow).agrees

    def test_is_not_for_a_vendor(self, uow: UnitOfWork, market: Market) -> None:
        with pytest.raises(Forbidden):
            ops.agreement(clerk(market.vendor.id, Permission.LEDGER_READ), uow.session)
