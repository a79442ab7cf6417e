"""What the page of an order holds for those who help with it."""

from dataclasses import replace

from marketplace import orders
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import LineState, OrderState
from state.admin.order import HouseOrderState, LineRow, OrderFacts
from state.reader import Reader
from tests.factories.market import buyer, kettle, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import ROAD, Buyer, make_order
from tests.factories.shelves import OnSale
from tests.state.states import made


def reader() -> Reader:
    return Reader.of(made(HouseOrderState, address="/admin/orders/x"))


class TestOrderFacts:
    def test_ask_for_nothing_once_the_parcel_goes_back(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (the fixture)
        kettle: OnSale,  # noqa: F811 (the fixture)
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.DELIVERY_FAILED)
        assert OrderFacts.of(order, reader()).due == "SAR\u00a0298.00"
        for _ in range(2):
            orders.pick_up(uow, order_id=order.id, by=ROAD)
            orders.fail_delivery(uow, order_id=order.id, by=ROAD, reason="refused")

        back = orders.by_number(buyer.actor, uow.session, number=order.number)

        assert (back.state, OrderFacts.of(back, reader()).due) == (OrderState.RETURNING, "")


class TestLineRow:
    def test_tells_what_is_not_sent_from_what_is(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (the fixture)
        kettle: OnSale,  # noqa: F811 (the fixture)
    ) -> None:
        (line,) = make_order(uow, buyer, (kettle, 2)).lines
        rejected = replace(line, state=LineState.REJECTED)

        assert [LineRow.of(one, reader()).is_dropped for one in (line, rejected)] == [False, True]
