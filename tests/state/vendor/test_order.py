"""One order on a page of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from state import edge
from state.vendor.deciding import Detail
from state.vendor.order import VendorOrderState
from tests.factories.actors import clerk
from tests.state.states import made


class TestVendorOrder:
    async def test_shows_nothing_of_the_order_before_where_there_is_none(
        self, uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def vendor(_state: object) -> Actor:
            return clerk(StoreId(new_uuid()), Permission.ORDERS_FULFILL)

        async def here(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
            return query(actor, uow.session, **more)

        monkeypatch.setattr(edge, "actor_of", vendor)
        monkeypatch.setattr("state.vendor.order.read", here)
        page = made(VendorOrderState, address="/vendor/orders/NOPE")
        page.order = Detail(number="26-1119-S96B-T", can_decide=True)

        await page.load()

        assert (page.trouble_kind, page.order) == ("missing", Detail())
