"""Checking out."""

import pytest

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId, new_uuid
from state import edge
from state.shop.checkout import CheckoutState
from tests.factories.actors import clerk
from tests.state.states import made


class TestNewAddress:
    async def test_is_asked_for_in_an_empty_form(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def buyer(_state: object) -> Actor:
            return clerk(StoreId(new_uuid()), Permission.ADDRESSES_EDIT)

        monkeypatch.setattr(edge, "actor_of", buyer)
        page = made(CheckoutState, address="/checkout")
        page.errors, before = {"phone": "Write a phone number."}, page.form_key

        await page.write_address()

        assert page.form_key != before
        assert page.errors == {}
