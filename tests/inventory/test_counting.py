"""Opening, counting and adjusting what lies on the shelf."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace import audit, inventory
from marketplace.inventory import (
    AdjustReason,
    BadCount,
    Count,
    Counted,
    CountStatus,
    MovementKind,
    PromisedAlready,
    StockChangedMeanwhile,
    StockNotFound,
    Want,
)
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import OrderLineId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk
from tests.factories.goods import keeper, make_listing, make_stock
from tests.factories.people import make_vendor


class TestOpenStock:
    def test_begins_with_what_is_there(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        opened = inventory.open_stock(uow, store_id=store.id, listing_id=listing.id, on_hand=62)

        assert (opened.on_hand, opened.available, opened.version, opened.store_id) == (62, 62, 1, store.id)
        (movement,) = inventory.movements(keeper(store.id), uow.session, listing_id=listing.id).items
        assert (movement.kind, movement.on_hand, movement.reason) == (MovementKind.RECEIVE, 62, "opening stock")

    @pytest.mark.parametrize("number", [-1, 10_000_001])
    def test_refuses_what_cannot_lie_on_a_shelf(self, uow: UnitOfWork, number: int) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        with pytest.raises(BadCount, match="from 0 to 10,000,000"):
            inventory.open_stock(uow, store_id=store.id, listing_id=listing.id, on_hand=number)


class TestSetOnHand:
    def test_replaces_the_count_and_remembers_the_difference(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)

        seen = inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=60, expected_version=1)

        assert (seen.on_hand, seen.version) == (60, 2)
        newest = inventory.movements(keeper(store.id), uow.session, listing_id=listing.id).items[0]
        assert (newest.kind, newest.on_hand) == (MovementKind.ADJUST, -2)
        (entry,) = audit.of_object(uow.session, object_id=str(listing.id))[:1]
        assert (entry.action, entry.before, entry.after) == ("inventory.set_on_hand", 62, 60)

    def test_refuses_a_count_made_against_an_older_version(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)
        inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=60, expected_version=1)

        with pytest.raises(StockChangedMeanwhile, match="60 are on hand now") as refused:
            inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=61, expected_version=1)

        assert refused.value.facts == {"on_hand": 60, "version": 2}

    def test_refuses_less_than_is_promised_and_names_how_many(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)
        inventory.reserve(uow, wants=[Want(listing.id, 17, OrderLineId(new_uuid()))])

        with pytest.raises(PromisedAlready, match="17 are promised") as refused:
            inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=16, expected_version=1)

        assert refused.value.facts == {"blocked": 17}
        least = inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=17, expected_version=1)
        assert (least.on_hand, least.reserved, least.available) == (17, 17, 0)

    def test_changes_nothing_when_the_count_agrees(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)

        seen = inventory.set_on_hand(keeper(store.id), uow, listing_id=listing.id, on_hand=62, expected_version=1)

        assert seen.version == 1

    def test_hides_the_stock_of_other_stores(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 62)
        stranger = make_vendor(uow)

        with pytest.raises(StockNotFound):
            inventory.set_on_hand(keeper(stranger.id), uow, listing_id=listing.id, on_hand=1, expected_version=1)

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)
        onlooker = clerk(store.id, Permission.LISTINGS_READ)

        with pytest.raises(Forbidden):
            inventory.set_on_hand(onlooker, uow, listing_id=listing.id, on_hand=1, expected_version=1)


class TestAdjust:
    @pytest.mark.parametrize(
        ("kind", "left"),
        [
            (AdjustReason.RECEIVE, 65),
            (AdjustReason.FOUND, 65),
            (AdjustReason.LOST, 59),
            (AdjustReason.DAMAGE, 59),
            (AdjustReason.DISPOSE, 59),
        ],
    )
    def test_adds_or_takes_by_its_reason(self, uow: UnitOfWork, kind: AdjustReason, left: int) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 62)

        seen = inventory.adjust(keeper(store.id), uow, listing_id=listing.id, kind=kind, quantity=3, reason="box of 3")

        assert seen.on_hand == left
        newest = inventory.movements(keeper(store.id), uow.session, listing_id=listing.id).items[0]
        assert (newest.kind.value, newest.reason) == (kind.value, "box of 3")

    def test_never_takes_what_is_promised(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 5)
        inventory.reserve(uow, wants=[Want(listing.id, 4, OrderLineId(new_uuid()))])

        with pytest.raises(PromisedAlready):
            inventory.adjust(keeper(store.id), uow, listing_id=listing.id, kind=AdjustReason.LOST, quantity=2)


class TestWarnAt:
    def test_marks_stock_as_low_from_there_on(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_stock(uow, store, 20)

        seen = inventory.warn_at(keeper(store.id), uow, listing_id=listing.id, available=20)

        assert (seen.warn_at, seen.is_low) == (20, True)
        assert inventory.warn_at(keeper(store.id), uow, listing_id=listing.id, available=19).is_low is False


class TestImportStock:
    def test_opens_changes_keeps_and_refuses(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        new, other, same, promised = make_listing(uow, store), *(make_stock(uow, store, 5) for _ in range(3))
        inventory.reserve(uow, wants=[Want(promised.id, 4, OrderLineId(new_uuid()))])
        counts = [Count(new.id, 7), Count(other.id, 8), Count(same.id, 5), Count(promised.id, 3)]

        counted = inventory.import_stock(uow, store_id=store.id, counts=counts)

        assert counted == (
            Counted(new.id, CountStatus.OPENED),
            Counted(other.id, CountStatus.CHANGED),
            Counted(same.id, CountStatus.UNCHANGED),
            Counted(promised.id, CountStatus.REFUSED, blocked=4),
        )
        seen = inventory.stock_of(uow.session, listing_ids=[count.listing_id for count in counts])
        assert [seen[count.listing_id].on_hand for count in counts] == [7, 8, 5, 5]


class TestMovements:
    @pytest.mark.parametrize("statement", ["UPDATE movements SET on_hand = 0", "DELETE FROM movements"])
    def test_are_never_edited(self, uow: UnitOfWork, statement: str) -> None:
        make_stock(uow, make_vendor(uow), 5)

        with pytest.raises(DBAPIError, match=r"permission denied|never edited"), uow.session.begin_nested():
            uow.session.execute(text(statement))

    def test_are_shown_to_their_store_alone(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 5)
        stranger = make_vendor(uow)

        with pytest.raises(StockNotFound):
            inventory.movements(keeper(stranger.id), uow.session, listing_id=listing.id)
