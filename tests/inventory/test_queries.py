"""Who sees which stock."""

import pytest
from sqlmodel import select, update

from marketplace import inventory
from marketplace.inventory import StockNotFound, Want
from marketplace.inventory.models import Movement, Stock
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.ids import OrderLineId, new_uuid
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
        inventory.take_back(uow, wants=[])
        assert uow.session.exec(select(Movement)).all() == []


class TestRunningLow:
    def test_pages_through_what_is_nearly_sold_out_with_the_newest_listing_first(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        few = [make_stock(uow, store, 2).id for _ in range(3)]
        make_stock(uow, store, 50)
        make_stock(uow, make_vendor(uow), 2)
        uow.session.execute(update(Stock).values(warn_at=5))

        first = inventory.running_low(keeper(store.id), uow.session, limit=2)
        rest = inventory.running_low(keeper(store.id), uow.session, limit=2, cursor=first.next_cursor)

        assert [low.listing_id for low in (*first.items, *rest.items)] == few[::-1]
        assert rest.next_cursor is None
        assert inventory.count_running_low(keeper(store.id), uow.session) == 3

    def test_counts_what_is_set_aside_as_gone(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 10)
        uow.session.execute(update(Stock).values(warn_at=5))
        before = inventory.count_running_low(keeper(store.id), uow.session)

        inventory.reserve(uow, wants=[Want(listing.id, 5, OrderLineId(new_uuid()))])

        assert (before, inventory.count_running_low(keeper(store.id), uow.session)) == (0, 1)


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
