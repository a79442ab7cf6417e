"""The page of the vendor's shop."""

from typing import NoReturn

import pytest

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import StoreId, new_uuid
from state import edge
from state.vendor.store import StoreState
from tests.factories.actors import clerk
from tests.state.states import made

WRONG = {"flat": "Write what delivery costs in figures, such as 15.00; 0 when it costs nothing."}


class TestWhatIsWrong:
    async def test_stays_said_while_the_page_is_refreshed_and_is_over_when_one_comes_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def vendor(_state: object) -> Actor:
            return clerk(StoreId(new_uuid()), Permission.ORDERS_FULFILL)

        async def nothing(*_asked: object) -> NoReturn:
            raise Forbidden("Choose one of your stores first.")

        monkeypatch.setattr(edge, "actor_of", vendor)
        monkeypatch.setattr("state.vendor.store.read", nothing)
        page = made(StoreState, address="/vendor/store")
        page.errors = WRONG

        await page.load()
        assert page.errors == WRONG

        await page.arrive()
        assert page.errors == {}
