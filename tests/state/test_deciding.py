"""What a vendor reads of an order's lines."""

from marketplace import orders
from marketplace.kernel.work import UnitOfWork
from state.reader import Reader
from state.vendor.deciding import LineRow
from state.vendor.order import VendorOrderState
from tests.factories.market import buyer, kettle, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.shelves import OnSale
from tests.state.states import made


def line(uow: UnitOfWork, buyer: Buyer, kettle: OnSale, quantity: int) -> LineRow:  # noqa: F811 (not the fixtures)
    order = make_order(uow, buyer, (kettle, quantity))
    vendor = seller(kettle.listing.store_id)
    seen = orders.by_number(vendor, uow.session, number=order.number, side="vendor")
    return LineRow.of(seen.lines[0], Reader.of(made(VendorOrderState, address="/vendor/orders")), {})


class TestLineRow:
    def test_names_the_quantity_price_so_that_the_figures_multiply(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
    ) -> None:
        row = line(uow, buyer, kettle, 5)

        assert (row.quantity, row.unit_price, row.line_total) == ("5", "SAR\u00a0141.55", "SAR\u00a0707.75")
        assert row.before == "SAR\u00a0149.00"
        assert line(uow, buyer, kettle, 1).before == ""
