"""What waits for a vendor, and what his board offers of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from marketplace import identity, orders
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import HoldReason, OrderState
from state import edge
from state.vendor import home
from state.vendor.home import VendorHomeState
from state.vendor.orders import OrdersState
from tests.factories.actors import officer
from tests.factories.market import buyer, kettle, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.shelves import OnSale
from tests.state.states import made


class TestHeldOrders:
    @pytest.mark.parametrize(
        ("state", "needs"),
        [(OrderState.PLACED, "1 order to accept or reject"), (OrderState.ACCEPTED, "1 order to pack")],
    )
    async def test_need_nobody_until_they_may_go_on(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
        monkeypatch: pytest.MonkeyPatch,
        state: OrderState,
        needs: str,
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1), state=state)
        store_id = kettle.listing.store_id
        (owner,) = identity.members(uow.session, store_id=store_id)
        _stand_in(monkeypatch, replace(seller(store_id), user_id=owner), uow)
        page, board = made(VendorHomeState, address="/vendor"), made(OrdersState, address="/vendor/orders")
        await page.load()
        await board.load()
        assert [need.words for need in page.needs] == [needs]
        assert (page.can_decide, board.can_pick) == (state is OrderState.PLACED, state is OrderState.ACCEPTED)

        house = officer(Permission.ORDERS_HOLD, Permission.ORDERS_READ)
        orders.hold(house, uow, number=order.number, reason=HoldReason.ADDRESS)
        await page.load()
        await board.load()

        assert page.needs == []
        assert (page.can_decide, board.can_pick, board.open_count) == (False, False, 1)


def _stand_in(monkeypatch: pytest.MonkeyPatch, vendor: Actor, uow: UnitOfWork) -> None:
    async def actor(_state: object) -> Actor:
        return vendor

    async def reads(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
        return query(actor, uow.session, **more)

    monkeypatch.setattr(edge, "actor_of", actor)
    monkeypatch.setattr(home, "read", reads)
    monkeypatch.setattr("state.vendor.orders.read", reads)
