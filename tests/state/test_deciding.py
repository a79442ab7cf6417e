"""What a vendor reads of an order's lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from marketplace import delivery, orders
from marketplace.delivery import FailureReason, StopKind
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from state import edge
from state.reader import Reader
from state.vendor import deciding
from state.vendor.deciding import Detail, LineRow
from state.vendor.order import VendorOrderState
from tests.factories.market import buyer, kettle, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.road import make_agent, send, stop_of
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


class TestDetail:
    def test_says_where_the_parcel_goes_as_it_must_stand_on_it(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        there = replace(
            order, address={"line1": "3901 NW 39th St", "line2": "Suite 5", "city": "Moore", "postal_code": "73112"}
        )

        shown = Detail.of(there, Reader.of(made(VendorOrderState, address="/vendor/orders")))

        assert shown.goes_to == "3901 NW 39th St, Suite 5, Moore 73112"


class TestPressingTwice:
    async def test_decides_and_packs_once_and_says_nothing_of_the_second_press(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        _stand_in(monkeypatch, seller(kettle.listing.store_id), uow)
        page = made(VendorOrderState, address=f"/vendor/orders/{order.number}")
        await page.load()

        assert await page.decide() is not None
        assert await page.decide() is None
        assert await page.ready() is not None
        assert await page.ready() is None
        assert page.order.state == OrderState.READY
        assert [move.words for move in page.moves] == ["Order placed", "Accepted", "Ready"]


class TestTakingBack:
    async def test_ends_an_order_that_nobody_took(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        vendor, rider = seller(kettle.listing.store_id), make_agent(uow)
        order, door = send(uow, buyer, rider, (kettle, 1))
        while delivery.fail(rider.actor, uow, stop_id=door.id, reason=FailureReason.NOT_HOME).can:
            delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, order, StopKind.DROP).id)
        _stand_in(monkeypatch, vendor, uow)
        page = made(VendorOrderState, address=f"/vendor/orders/{order.number}")
        await page.load()
        assert (page.order.can_confirm_return, page.order.comes_to_nothing) == (True, True)

        await page.take_back()

        assert (page.order.state, page.order.can_confirm_return) == (OrderState.RETURNED, False)


def _stand_in(monkeypatch: pytest.MonkeyPatch, vendor: Actor, uow: UnitOfWork) -> None:
    """Let the page act for the vendor, in the test's own unit of work."""

    async def actor(_state: object) -> Actor:
        return vendor

    async def reads(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
        return query(actor, uow.session, **more)

    async def does(command: Callable[..., Any], actor: Actor, _key: str, **more: Any) -> Any:  # noqa: ANN401 (likewise)
        return command(actor, uow, **more)

    async def no_pictures(_images: object) -> dict[str, str]:
        return {}

    monkeypatch.setattr(edge, "actor_of", actor)
    monkeypatch.setattr("state.vendor.order.read", reads)
    monkeypatch.setattr(deciding, "read", reads)
    monkeypatch.setattr(deciding, "once", does)
    monkeypatch.setattr(deciding, "addresses", no_pictures)
