"""Publishing, pausing and closing listings, and what speaks against them."""

import pytest
from sqlmodel import select

from marketplace import audit, catalog
from marketplace.catalog import (
    Condition,
    Fulfillment,
    ListingNotFound,
    ListingReason,
    ListingState,
    NotForSale,
    ProductNotFound,
    ProductState,
)
from marketplace.catalog.models import Product
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Conflict, Forbidden, Invalid
from marketplace.kernel.ids import ListingId, ProductId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from tests.factories.actors import clerk
from tests.factories.goods import keeper, make_listing, make_product
from tests.factories.people import make_vendor


def last_fact(uow: UnitOfWork) -> OutboxMessage:
    found = select(OutboxMessage).order_by(OutboxMessage.position.desc())  # type: ignore[attr-defined]
    return uow.session.exec(found.limit(1)).one()


class TestPublishListing:
    def test_is_live_at_once_and_says_so(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)

        made = catalog.publish_listing(keeper(store.id), uow, product_id=product.id)

        assert (made.state, made.is_live) == (ListingState.ACTIVE, True)
        assert made.sku == product.fsin
        assert (made.condition, made.fulfillment) == (Condition.NEW, Fulfillment.AGENT)
        assert last_fact(uow).topic == "catalog.listing_published.v1"
        assert last_fact(uow).envelope["body"] == {
            "listing_id": str(made.id),
            "product_id": str(product.id),
            "store_id": str(store.id),
        }

    def test_lets_another_store_sell_a_shared_product(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow))
        other = make_vendor(uow)

        made = catalog.publish_listing(keeper(other.id), uow, product_id=product.id, condition=Condition.REFURBISHED)

        assert made.store_id == other.id
        assert catalog.vendors(uow.session, product_id=product.id) == {other.id}

    def test_refuses_a_sku_that_the_store_has_already(self, uow: UnitOfWork, database: Database) -> None:
        store = make_vendor(uow)
        make_listing(uow, store, sku="QW-KET")
        product = make_product(uow, store)
        constraint = "uq_listings_store_sku"

        with pytest.raises(Exception, match=constraint):
            catalog.publish_listing(keeper(store.id), uow, product_id=product.id, sku="QW-KET")

        assert catalog.CONSTRAINTS[constraint].code == "catalog.sku_taken"
        uow.session.rollback()

    def test_refuses_a_sku_that_is_too_long(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)

        with pytest.raises(Invalid) as refused:
            catalog.publish_listing(keeper(store.id), uow, product_id=product.id, sku="S" * 65)

        assert [problem.field for problem in refused.value.fields] == ["sku"]

    def test_frees_the_sku_of_a_closed_listing(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        old = make_listing(uow, store, product, sku="QW-KET")
        catalog.close(keeper(store.id), uow, listing_id=old.id)

        made = make_listing(uow, store, product, sku="QW-KET")

        assert made.id != old.id

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)

        with pytest.raises(Forbidden):
            catalog.publish_listing(clerk(store.id, Permission.LISTINGS_READ), uow, product_id=product.id)

    def test_refuses_a_product_that_is_not_published(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        uow.session.get_one(Product, product.id).state = ProductState.CHANGES_REQUESTED

        with pytest.raises(NotForSale, match="This product is changes requested"):
            catalog.publish_listing(keeper(store.id), uow, product_id=product.id)

    def test_refuses_a_product_that_is_not_there(self, uow: UnitOfWork) -> None:
        with pytest.raises(ProductNotFound):
            catalog.publish_listing(keeper(make_vendor(uow).id), uow, product_id=ProductId(new_uuid()))


class TestChangeListing:
    def test_renames_it_and_remembers_how_it_was_called(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store, sku="QW-KET")

        seen = catalog.change_listing(
            keeper(store.id), uow, listing_id=listing.id, sku="QW-KET-BLK", fulfillment=Fulfillment.VENDOR
        )

        assert (seen.sku, seen.fulfillment) == ("QW-KET-BLK", Fulfillment.VENDOR)
        (entry, *_) = audit.of_object(uow.session, object_id=str(listing.id))
        assert (entry.action, entry.before["sku"], entry.after["sku"]) == (
            "catalog.change_listing",
            "QW-KET",
            "QW-KET-BLK",
        )

    def test_writes_nothing_down_when_nothing_changes(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        catalog.change_listing(
            keeper(store.id), uow, listing_id=listing.id, sku=listing.sku, fulfillment=listing.fulfillment
        )

        assert [one.action for one in audit.of_object(uow.session, object_id=str(listing.id))] == [
            "catalog.publish_listing"
        ]

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        onlooker = clerk(store.id, Permission.LISTINGS_READ)

        with pytest.raises(Forbidden):
            catalog.change_listing(onlooker, uow, listing_id=listing.id, sku="MINE", fulfillment=listing.fulfillment)


class TestPause:
    def test_takes_the_listing_out_of_the_shop_until_it_is_resumed(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        paused = catalog.pause(keeper(store.id), uow, listing_id=listing.id)

        assert (paused.state, paused.is_live) == (ListingState.PAUSED, False)
        assert last_fact(uow).topic == "catalog.listing_deactivated.v1"
        resumed = catalog.resume(keeper(store.id), uow, listing_id=listing.id)
        assert resumed.is_live is True
        assert last_fact(uow).topic == "catalog.listing_published.v1"

    def test_refuses_what_is_paused_already(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        catalog.pause(keeper(store.id), uow, listing_id=listing.id)

        with pytest.raises(Conflict, match="A paused listing cannot pause"):
            catalog.pause(keeper(store.id), uow, listing_id=listing.id)

    def test_hides_the_listings_of_other_stores(self, uow: UnitOfWork) -> None:
        listing = make_listing(uow, make_vendor(uow))
        stranger = make_vendor(uow)

        with pytest.raises(ListingNotFound):
            catalog.pause(keeper(stranger.id), uow, listing_id=listing.id)


class TestReasons:
    def test_keep_a_listing_out_until_the_last_is_lifted(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        for reason in (ListingReason.LICENSE, ListingReason.POLICY, ListingReason.POLICY):
            catalog.add_reason(uow, listing_id=listing.id, reason=reason)

        catalog.drop_reason(uow, listing_id=listing.id, reason=ListingReason.POLICY)

        seen = catalog.own_listing(keeper(store.id), uow.session, listing_id=listing.id)
        assert (seen.reasons, seen.is_live) == (("license",), False)
        catalog.drop_reason(uow, listing_id=listing.id, reason=ListingReason.LICENSE)
        assert catalog.own_listing(keeper(store.id), uow.session, listing_id=listing.id).is_live

    def test_outlive_a_pause(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        catalog.add_reason(uow, listing_id=listing.id, reason=ListingReason.POLICY)
        catalog.pause(keeper(store.id), uow, listing_id=listing.id)

        resumed = catalog.resume(keeper(store.id), uow, listing_id=listing.id)

        assert (resumed.state, resumed.is_live, resumed.reasons) == (ListingState.ACTIVE, False, ("policy",))

    def test_are_of_listings_that_exist(self, uow: UnitOfWork) -> None:
        with pytest.raises(ListingNotFound):
            catalog.add_reason(uow, listing_id=ListingId(new_uuid()), reason=ListingReason.POLICY)

    def test_say_once_that_the_listing_is_gone(self, uow: UnitOfWork) -> None:
        listing = make_listing(uow, make_vendor(uow))

        for reason in (ListingReason.LICENSE, ListingReason.POLICY):
            catalog.add_reason(uow, listing_id=listing.id, reason=reason)

        assert last_fact(uow).envelope["body"]["reasons"] == ["license"]


class TestOwnListings:
    def test_pages_from_the_newest_and_finds_by_title_or_sku(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listings = [make_listing(uow, store, make_product(uow, store, title=f"Kettle no. {n}")) for n in range(3)]
        make_listing(uow, make_vendor(uow))

        first = catalog.own_listings(keeper(store.id), uow.session, limit=2)

        assert [listing.id for listing in first.items] == [listings[2].id, listings[1].id]
        rest = catalog.own_listings(keeper(store.id), uow.session, limit=2, cursor=first.next_cursor)
        assert ([listing.id for listing in rest.items], rest.next_cursor) == ([listings[0].id], None)
        named = catalog.own_listings(keeper(store.id), uow.session, text="NO. 1")
        assert [listing.id for listing in named.items] == [listings[1].id]
        by_sku = catalog.own_listings(keeper(store.id), uow.session, text=listings[0].sku)
        assert listings[0].id in {listing.id for listing in by_sku.items}

    def test_leaves_closed_ones_out_unless_asked_for(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        catalog.close(keeper(store.id), uow, listing_id=listing.id)

        assert catalog.own_listings(keeper(store.id), uow.session).items == ()
        closed = catalog.own_listings(keeper(store.id), uow.session, states=[ListingState.CLOSED])
        assert [one.id for one in closed.items] == [listing.id]
