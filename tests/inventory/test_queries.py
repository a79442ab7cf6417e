"""Who sees which stock."""

import pytest

from marketplace import inventory
from marketplace.inventory import StockNotFound
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import officer
from tests.factories.goods import keeper, make_stock
from tests.factories.people import make_vendor


class TestStock:
    def test_is_shown_to_its_store_and_to_the_house(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 5)

        for actor in (keeper(store.id), officer(Permission.LISTINGS_READ)):
            assert inventory.stock(actor, uow.session, listing_id=listing.id).on_hand == 5
        for actor in (keeper(make_vendor(uow).id), visitor()):
            with pytest.raises(StockNotFound):
                inventory.stock(actor, uow.session, listing_id=listing.id)

    def test_of_nothing_is_nothing(self, uow: UnitOfWork) -> None:
        assert inventory.stock_of(uow.session, listing_ids=[]) == {}
        assert inventory.available(uow.session, listing_ids=[]) == {}
        assert inventory.reserve(uow, wants=[]).taken == ()
        assert inventory.release(uow, holder_ids=[]) == frozenset()


class TestMovements:
    def test_are_paged_from_the_newest(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 5)
        for version, on_hand in enumerate((6, 8), start=1):
            inventory.set_on_hand(
                keeper(store.id), uow, listing_id=listing.id, on_hand=on_hand, expected_version=version
            )

        first = inventory.movements(keeper(store.id), uow.session, listing_id=listing.id, limit=2)
        rest = inventory.movements(
            keeper(store.id), uow.session, listing_id=listing.id, limit=2, cursor=first.next_cursor
        )

        assert [one.on_hand for one in (*first.items, *rest.items)] == [2, 1, 5]
        assert rest.next_cursor is None
