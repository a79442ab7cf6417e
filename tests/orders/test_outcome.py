"""What an order comes to for its vendor."""

import pytest

from marketplace import orders
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import (
    CancelReason,
    Decision,
    FeeView,
    LineDecision,
    OrderNotFound,
    OrderState,
    OrderView,
    Outcome,
    RejectReason,
)
from tests.factories.orders import Buyer, make_order, reject_all, seller
from tests.factories.shelves import OnSale


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


@pytest.fixture
def order(uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale) -> OrderView:
    return make_order(uow, buyer, (kettle, 5), (grinder, 2))


def seen(uow: UnitOfWork, order: OrderView, *rejected: int) -> Outcome:
    rejecting = [order.lines[place].id for place in rejected]
    return orders.outcome(seller(order.store.id), uow.session, number=order.number, rejecting=rejecting)


class TestOutcome:
    def test_is_what_was_agreed_while_nothing_is_rejected(self, uow: UnitOfWork, order: OrderView) -> None:
        found = seen(uow, order)

        assert (found.goods, found.shipping, found.total, found.agreed) == (
            sar(747_75),
            sar(0),
            sar(747_75),
            sar(747_75),
        )
        assert (found.taken_off, found.lines_off, found.tax_on_top) == (sar(0), 0, sar(0))

    def test_leaves_the_fee_with_its_bounds_and_the_rate_of_its_vat(self, uow: UnitOfWork, order: OrderView) -> None:
        found = seen(uow, order)

        assert found.fees == (FeeView(bps=1000, least=sar(1_00), most=None, vat_bps=1500, amount=sar(65_02)),)
        assert found.fee_vat == sar(9_75)
        assert found.payable == sar(747_75 - 65_02 - 9_75)

    def test_takes_off_what_would_be_rejected(self, uow: UnitOfWork, order: OrderView) -> None:
        found = seen(uow, order, 1)

        assert (found.goods, found.taken_off, found.lines_off) == (sar(747_75), sar(40_00), 1)
        assert (found.total, found.agreed) == (sar(707_75), sar(747_75))
        assert found.is_rejected
        assert [fee.amount for fee in found.fees] == [sar(61_54)]
        assert found.payable == sar(707_75 - 61_54 - 9_23)

    def test_changes_nothing(self, uow: UnitOfWork, order: OrderView) -> None:
        seen(uow, order, 0, 1)

        assert seen(uow, order).total == sar(747_75)

    def test_costs_nothing_when_all_would_be_rejected(self, uow: UnitOfWork, order: OrderView) -> None:
        found = seen(uow, order, 0, 1)

        assert (found.goods, found.taken_off, found.total, found.payable) == (
            sar(747_75),
            sar(747_75),
            sar(0),
            sar(0),
        )
        assert found.fees == ()

    @pytest.mark.parametrize("rejected", [(), (0,), (1,), (0, 1)])
    def test_foretells_what_the_decision_comes_to(
        self, uow: UnitOfWork, order: OrderView, rejected: tuple[int, ...]
    ) -> None:
        foretold = seen(uow, order, *rejected)
        said = [
            LineDecision(line.id, Decision.REJECT, RejectReason.DAMAGED)
            if place in rejected
            else LineDecision(line.id, Decision.ACCEPT)
            for place, line in enumerate(order.lines)
        ]

        decided = orders.decide(seller(order.store.id), uow, number=order.number, decisions=said)

        assert seen(uow, order) == foretold
        assert (decided.totals.total, decided.payable) == (foretold.total, foretold.payable)

    def test_rejects_nothing_that_waits_no_more(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        packed = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)

        assert seen(uow, packed, 0).lines_off == 0

    def test_tells_rejected_from_canceled(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        vendor = seller(kettle.listing.store_id)
        rejected, canceled = make_order(uow, buyer, (kettle, 1)), make_order(uow, buyer, (kettle, 1))
        orders.decide(vendor, uow, number=rejected.number, decisions=reject_all(rejected))
        orders.cancel(buyer.actor, uow, number=canceled.number, reason=CancelReason.BUYER_CHANGED_MIND)

        assert seen(uow, rejected).is_rejected
        assert (seen(uow, canceled).is_rejected, seen(uow, canceled).lines_off) == (False, 1)

    def test_is_the_vendors_to_see(self, uow: UnitOfWork, order: OrderView, buyer: Buyer) -> None:
        for stranger in (buyer.actor, seller(StoreId(new_uuid()))):
            with pytest.raises(OrderNotFound):
                orders.outcome(stranger, uow.session, number=order.number)
