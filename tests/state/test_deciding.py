"""What a vendor reads of an order's lines."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace import orders
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from state import edge
from state.reader import Reader
from state.vendor.deciding import Detail, LineRow
from state.vendor.order import VendorOrderState
from tests.factories.actors import clerk
from tests.factories.market import buyer, kettle, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.shelves import OnSale
from tests.state.states import made


def line(uow: UnitOfWork, buyer: Buyer, kettle: OnSale, quantity: int) -> LineRow:  # noqa: F811 (not the fixtures)
    order = make_order(uow, buyer, (kettle, quantity))
    vendor = seller(kettle.listing.store_id)
    seen = orders.by_number(vendor, uow.session, number=order.number, side="vendor")
    return LineRow.of(seen.lines[0], Reader.of(made(VendorOrderState, address="/vendor/orders")), {})


class TestVendorOrder:
    async def test_shows_nothing_of_the_order_before_where_there_is_none(
        self, uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def vendor(_state: object) -> Actor:
            return clerk(StoreId(new_uuid()), Permission.ORDERS_READ)

        async def here(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
            return query(actor, uow.session, **more)

        monkeypatch.setattr(edge, "actor_of", vendor)
        monkeypatch.setattr("state.vendor.order.read", here)
        page = made(VendorOrderState, address="/vendor/orders/NOPE")
        page.order = Detail(number="26-1119-S96B-T", can_decide=True)

        await page.load()

        assert (page.trouble_kind, page.order) == ("missing", Detail())


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
