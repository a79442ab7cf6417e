"""Proposing, changing and removing products."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from marketplace import audit, catalog
from marketplace.catalog import (
    BadWords,
    BarcodeTaken,
    ChangeState,
    ListingState,
    ProductNotFound,
    ProductsChanged,
    ProductState,
    RevisionChanged,
    SamePlace,
)
from marketplace.catalog.errors import NumbersRanOut
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk, officer
from tests.factories.chance import Unlucky
from tests.factories.goods import KETTLES, keeper, make_image, make_listing, make_product, words
from tests.factories.people import make_vendor

UPC = "096009010836"


def topics(session: Session) -> list[str]:
    return [message.topic for message in session.exec(select(OutboxMessage).order_by("position")).all()]


class TestProposeProduct:
    def test_publishes_good_words_under_a_number_of_their_own(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        catalog.ensure_categories(uow, names=[KETTLES])

        made = catalog.propose_product(keeper(store.id), uow, words=words(upc="0" + UPC))

        assert catalog.is_fsin(made.fsin)
        assert made.state is ProductState.PUBLISHED
        assert made.is_shared is True
        assert made.owner_store_id == store.id
        assert made.category.path == ("kitchen", "kettles")
        assert made.upc == UPC
        assert made.revision == 1
        assert topics(uow.session)[-2:] == ["catalog.product_published.v1", "catalog.products_changed.v1"]
        assert catalog.product_by_fsin(visitor(), uow.session, fsin=made.fsin) == made

    def test_refuses_words_that_will_not_do_and_makes_nothing(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        catalog.ensure_categories(uow, names=[KETTLES])
        told = topics(uow.session)

        with pytest.raises(BadWords) as refused:
            catalog.propose_product(keeper(store.id), uow, words=words(title="K"))

        assert [problem.field for problem in refused.value.fields] == ["title"]
        assert catalog.own_products(keeper(store.id), uow.session).items == ()
        assert topics(uow.session) == told

    def test_refuses_a_category_that_is_not_in_the_tree(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(BadWords) as refused:
            catalog.propose_product(keeper(store.id), uow, words=words(category="nowhere"))

        assert [(problem.field, problem.code) for problem in refused.value.fields] == [("category", "unknown")]

    def test_names_the_product_that_has_the_barcode_already(self, uow: UnitOfWork) -> None:
        first = make_product(uow, make_vendor(uow), upc=UPC)

        with pytest.raises(BarcodeTaken, match=f"{first.fsin} has this barcode already"):
            make_product(uow, make_vendor(uow), upc=UPC)

    @pytest.mark.usefixtures("oklahoma")
    def test_keeps_products_private_to_their_store_in_oklahoma(self, uow: UnitOfWork) -> None:
        first, second = make_vendor(uow), make_vendor(uow)

        ones = [make_product(uow, store, upc=UPC) for store in (first, second)]

        assert [one.is_shared for one in ones] == [False, False]
        with pytest.raises(BarcodeTaken, match=ones[0].fsin):
            make_product(uow, first, upc=UPC)
        with pytest.raises(Forbidden):
            catalog.publish_listing(keeper(second.id), uow, product_id=ones[0].id)

    def test_draws_again_when_a_number_is_taken(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        uow.random.seed(7)
        first = make_product(uow, store)
        uow.random.seed(7)

        second = make_product(uow, store)

        assert second.fsin != first.fsin

    def test_says_so_where_no_number_is_free(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        unlucky = replace(uow, random=Unlucky())
        make_product(unlucky, store)

        with pytest.raises(NumbersRanOut):
            make_product(unlucky, store)

        assert len(catalog.own_products(keeper(store.id), uow.session).items) == 1

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(Forbidden):
            catalog.propose_product(clerk(store.id, Permission.LISTINGS_READ), uow, words=words())


class TestImages:
    def test_are_shown_when_they_are_ready_and_the_stores_own(self, uow: UnitOfWork) -> None:
        store, other = make_vendor(uow), make_vendor(uow)
        own, foreign = (make_image(uow, owner.id) for owner in (store, other))

        with pytest.raises(BadWords) as refused:
            make_product(uow, store, images=(own, foreign))

        assert [(problem.field, problem.code) for problem in refused.value.fields] == [("images.1", "not_usable")]
        assert make_product(uow, store, images=(own,)).images == (own,)

    def test_stay_when_another_store_changes_the_words(self, uow: UnitOfWork) -> None:
        maker, other = make_vendor(uow), make_vendor(uow)
        image = make_image(uow, maker.id)
        product = make_product(uow, maker, images=(image,))
        make_listing(uow, other, product)

        edited = catalog.edit_product(
            keeper(other.id), uow, fsin=product.fsin, words=words(brand="Barq", images=(image,)), base_revision=1
        )

        assert edited.product.images == (image,)


class TestEditProduct:
    def test_is_open_to_those_who_keep_the_catalog(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow))
        make_listing(uow, make_vendor(uow), product)

        edited = catalog.edit_product(
            officer(Permission.CATALOG_EDIT), uow, fsin=product.fsin, words=words(brand="Barq"), base_revision=1
        )

        assert (edited.change, edited.product.brand) == (None, "Barq")

    def test_moves_the_product_to_another_category(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        catalog.ensure_categories(uow, names=[("Kitchen", "Cookware")])

        edited = catalog.edit_product(
            keeper(store.id), uow, fsin=product.fsin, words=words(category="cookware"), base_revision=1
        )

        assert edited.product.category.path == ("kitchen", "cookware")

    def test_finds_no_archived_product(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        catalog.delete_product(keeper(store.id), uow, fsin=product.fsin)

        with pytest.raises(ProductNotFound):
            catalog.edit_product(keeper(store.id), uow, fsin=product.fsin, words=words(), base_revision=1)

    def test_changes_at_once_what_nobody_else_sells(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        make_listing(uow, store, product)
        assert catalog.is_written_freely(keeper(store.id), uow.session, product_id=product.id)

        edited = catalog.edit_product(
            keeper(store.id), uow, fsin=product.fsin, words=words(title="Kettle, black"), base_revision=1
        )

        assert edited.change is None
        assert (edited.product.title, edited.product.revision) == ("Kettle, black", 2)
        (entry, *_) = audit.of_object(uow.session, object_id=str(product.id))
        assert (entry.before, entry.after) == ({"title": "Gooseneck kettle, 0.9 L"}, {"title": "Kettle, black"})

    def test_goes_through_a_request_once_another_store_sells_it(self, uow: UnitOfWork) -> None:
        maker, other = make_vendor(uow), make_vendor(uow)
        product = make_product(uow, maker)
        make_listing(uow, other, product)
        assert not catalog.is_written_freely(keeper(maker.id), uow.session, product_id=product.id)

        edited = catalog.edit_product(
            keeper(maker.id), uow, fsin=product.fsin, words=words(brand="Barq"), base_revision=1
        )

        assert edited.change is not None
        assert edited.change.state is ChangeState.ACCEPTED
        assert (edited.change.before, edited.change.after) == ({"brand": "Fellhaven"}, {"brand": "Barq"})
        assert edited.change.base_revision == 1
        assert edited.product.brand == "Barq"

    def test_lets_any_store_that_sells_it_ask_for_a_change(self, uow: UnitOfWork) -> None:
        maker, other = make_vendor(uow), make_vendor(uow)
        product = make_product(uow, maker)
        make_listing(uow, other, product)

        edited = catalog.edit_product(
            keeper(other.id), uow, fsin=product.fsin, words=words(brand="Barq"), base_revision=1
        )

        assert edited.change is not None
        assert edited.product.brand == "Barq"

    def test_forbids_a_store_that_neither_made_nor_sells_it(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow))
        stranger = make_vendor(uow)

        with pytest.raises(Forbidden):
            catalog.edit_product(
                keeper(stranger.id), uow, fsin=product.fsin, words=words(brand="Barq"), base_revision=1
            )

    def test_refuses_a_change_written_against_an_older_revision(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        catalog.edit_product(keeper(store.id), uow, fsin=product.fsin, words=words(brand="Barq"), base_revision=1)

        with pytest.raises(RevisionChanged, match="look at revision 2"):
            catalog.edit_product(keeper(store.id), uow, fsin=product.fsin, words=words(brand="Sahla"), base_revision=1)

    def test_says_nothing_when_nothing_changes(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        told = topics(uow.session)

        edited = catalog.edit_product(keeper(store.id), uow, fsin=product.fsin, words=words(), base_revision=1)

        assert edited.product.revision == 1
        assert topics(uow.session) == told

    def test_refuses_a_barcode_of_another_product(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        carrier = make_product(uow, store, upc=UPC)
        product = make_product(uow, store)

        with pytest.raises(BarcodeTaken, match=carrier.fsin):
            catalog.edit_product(keeper(store.id), uow, fsin=product.fsin, words=words(upc=UPC), base_revision=1)


class TestDeleteProduct:
    def test_archives_what_nobody_else_lists(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store, upc=UPC)
        listing = make_listing(uow, store, product)

        gone = catalog.delete_product(keeper(store.id), uow, fsin=product.fsin)

        assert gone.state is ProductState.ARCHIVED
        closed = catalog.own_listing(keeper(store.id), uow.session, listing_id=listing.id)
        assert closed.state is ListingState.CLOSED
        with pytest.raises(ProductNotFound):
            catalog.product_by_fsin(visitor(), uow.session, fsin=product.fsin)
        assert make_product(uow, store, upc=UPC).upc == UPC

    def test_leaves_the_product_to_others_that_list_it(self, uow: UnitOfWork) -> None:
        maker, other = make_vendor(uow), make_vendor(uow)
        product = make_product(uow, maker)
        own, theirs = make_listing(uow, maker, product), make_listing(uow, other, product)

        kept = catalog.delete_product(keeper(maker.id), uow, fsin=product.fsin)

        assert kept.state is ProductState.PUBLISHED
        closed = catalog.own_listing(keeper(maker.id), uow.session, listing_id=own.id)
        assert closed.state is ListingState.CLOSED
        assert catalog.own_listing(keeper(other.id), uow.session, listing_id=theirs.id).is_live


class TestMergeProducts:
    def test_moves_the_listings_and_leads_the_old_number_to_the_survivor(self, uow: UnitOfWork) -> None:
        first, second = make_vendor(uow), make_vendor(uow)
        kept, retired = make_product(uow, first), make_product(uow, second)
        double = make_listing(uow, first, retired)
        make_listing(uow, first, kept)
        moved = make_listing(uow, second, retired)

        survivor = catalog.merge_products(officer(Permission.CATALOG_EDIT), uow, retired=retired.fsin, kept=kept.fsin)

        assert survivor.fsin == kept.fsin
        assert catalog.product_by_fsin(visitor(), uow.session, fsin=retired.fsin).merged_into == kept.fsin
        led = catalog.own_listing(keeper(second.id), uow.session, listing_id=moved.id)
        assert (led.fsin, led.is_live) == (kept.fsin, True)
        closed = catalog.own_listing(keeper(first.id), uow.session, listing_id=double.id)
        assert closed.state is ListingState.CLOSED
        (message,) = uow.session.exec(
            select(OutboxMessage).order_by(OutboxMessage.position.desc()).limit(1)  # type: ignore[attr-defined]
        )
        assert message.topic == ProductsChanged.topic

    def test_is_for_those_who_keep_the_catalog(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        kept, retired = make_product(uow, store), make_product(uow, store)

        with pytest.raises(Forbidden):
            catalog.merge_products(keeper(store.id), uow, retired=retired.fsin, kept=kept.fsin)

    def test_refuses_to_merge_a_product_into_itself_or_into_nothing(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow))
        keeper_of_all = officer(Permission.CATALOG_EDIT)

        with pytest.raises(SamePlace):
            catalog.merge_products(keeper_of_all, uow, retired=product.fsin, kept=product.fsin)
        with pytest.raises(ProductNotFound):
            catalog.merge_products(keeper_of_all, uow, retired=product.fsin, kept="FX014077964964")
