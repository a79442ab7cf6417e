"""Who sees what of the catalog."""

import pytest

from marketplace import catalog
from marketplace.catalog import ProductNotFound, ProductState
from marketplace.catalog.models import Import, Product
from marketplace.catalog.states import ImportState
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import ImportId, StoreId
from marketplace.kernel.pages import Cursor
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk, officer
from tests.factories.goods import keeper, make_listing, make_product
from tests.factories.people import make_vendor

UPC = "096009010836"


def brought_in(uow: UnitOfWork, store_id: StoreId, number: int) -> ImportId:
    begun = Import(
        store_id=store_id,
        file_name="goods.csv",
        file_hash=str(number) * 64,
        map_hash="0" * 64,
        state=ImportState.RUNNING,
        total=1,
        started_by="test",
        started_at=uow.now,
    )
    uow.session.add(begun)
    uow.session.flush()
    return begun.id


class TestProductByFsin:
    def test_shows_what_is_not_published_to_its_maker_and_the_catalog_alone(self, uow: UnitOfWork) -> None:
        store, other = make_vendor(uow), make_vendor(uow)
        product = make_product(uow, store)
        uow.session.get_one(Product, product.id).state = ProductState.SUPPRESSED

        for actor in (keeper(store.id), officer(Permission.CATALOG_EDIT)):
            assert catalog.product_by_fsin(actor, uow.session, fsin=product.fsin).state is ProductState.SUPPRESSED
        for actor in (keeper(other.id), officer(Permission.LISTINGS_READ), visitor()):
            with pytest.raises(ProductNotFound):
                catalog.product_by_fsin(actor, uow.session, fsin=product.fsin)


class TestProductWithBarcode:
    def test_finds_what_the_store_could_list(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store, upc=UPC)
        actor = keeper(make_vendor(uow).id)

        found = catalog.product_with_barcode(actor, uow.session, upc=f" {UPC} ")

        assert found == product
        assert catalog.product_with_barcode(actor, uow.session, upc="043396061965") is None
        assert catalog.product_with_barcode(actor, uow.session, upc="nonsense") is None

    @pytest.mark.usefixtures("oklahoma")
    def test_finds_only_the_stores_own_in_oklahoma(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store, upc=UPC)

        assert catalog.product_with_barcode(keeper(store.id), uow.session, upc=UPC) == product
        assert catalog.product_with_barcode(keeper(make_vendor(uow).id), uow.session, upc=UPC) is None


class TestLists:
    def test_are_of_the_active_store_or_of_all_for_the_house(self, uow: UnitOfWork) -> None:
        store, other = make_vendor(uow), make_vendor(uow)
        listings = [make_listing(uow, owner) for owner in (store, other)]
        house = officer(Permission.LISTINGS_READ)

        for actor, seen in [
            (keeper(store.id), {listings[0].id}),
            (house, {listing.id for listing in listings}),
            (clerk(store.id), set()),
            (visitor(), set()),
        ]:
            assert {one.id for one in catalog.own_listings(actor, uow.session).items} == seen
            products = {listing.product_id for listing in listings if listing.id in seen}
            assert {one.id for one in catalog.own_products(actor, uow.session).items} == products

    def test_page_through_products_from_the_newest(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        products = [make_product(uow, store) for _ in range(3)]

        first = catalog.own_products(keeper(store.id), uow.session, limit=2)
        rest = catalog.own_products(keeper(store.id), uow.session, limit=2, cursor=first.next_cursor)

        assert [one.id for one in (*first.items, *rest.items)] == [product.id for product in reversed(products)]
        assert rest.next_cursor is None

    @pytest.mark.parametrize("mark", ["x", Cursor(("not an id",)).encode(), Cursor(("a", "b")).encode()])
    def test_refuse_a_page_mark_that_is_not_ours(self, uow: UnitOfWork, mark: str) -> None:
        with pytest.raises(Invalid, match="start again from the first page"):
            catalog.own_listings(keeper(make_vendor(uow).id), uow.session, cursor=mark)


class TestImports:
    def test_are_of_the_active_store_or_of_all_for_the_house(self, uow: UnitOfWork) -> None:
        store, other = make_vendor(uow), make_vendor(uow)
        begun = [brought_in(uow, owner.id, number) for number, owner in enumerate((store, other))]

        for actor, seen in [
            (keeper(store.id), [begun[0]]),
            (officer(Permission.LISTINGS_READ), begun[::-1]),
            (clerk(store.id), []),
            (visitor(), []),
        ]:
            assert [one.id for one in catalog.imports(actor, uow.session).items] == seen
