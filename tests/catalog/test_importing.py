"""Taking in many products and listings at once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from marketplace import catalog
from marketplace.catalog import Attribute, Condition, ImportedRow, ImportNotFound, ImportRow, ImportStatus, ProductState
from marketplace.catalog.errors import NumbersRanOut
from marketplace.catalog.models import Listing, Product
from marketplace.identity import StoreView
from marketplace.kernel.ids import ImportId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.chance import Unlucky
from tests.factories.counting import counted
from tests.factories.goods import KETTLES, make_listing, make_product, words
from tests.factories.people import make_vendor

UPC = "096009010836"
OTHER_UPC = "043396061965"


def row(uow: UnitOfWork, number: int, *, sku: str = "", **changes: Any) -> ImportRow:  # noqa: ANN401 (the row's words)
    category_id = catalog.ensure_categories(uow, names=[KETTLES])[KETTLES]
    return ImportRow(number=number, words=words(**changes), category_id=category_id, sku=sku)


def take(uow: UnitOfWork, store: StoreView, *rows: ImportRow) -> tuple[ImportedRow, ...]:
    return catalog.import_batch(uow, store_id=store.id, rows=rows)


def kept(record: SQLModel, *apart: str) -> dict[str, Any]:
    return record.model_dump(exclude={"id", "fsin", "sku", "product_id", *apart})


def newest(uow: UnitOfWork, kind: type[Product] | type[Listing]) -> Any:  # noqa: ANN401 (either of the two)
    return uow.session.exec(select(kind).order_by(col(kind.id).desc()).limit(1)).one()


class TestImportBatch:
    def test_makes_the_rows_that_the_form_makes(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        said: dict[str, Any] = {
            "title": "Kettle",
            "brand": None,
            "description": "Thin spout.",
            "upc": "0" + UPC,
            "attributes": (Attribute("Volume", "0.9 L"),),
        }
        make_listing(uow, store, make_product(uow, store, **said | {"upc": OTHER_UPC}))
        product, listing = newest(uow, Product), newest(uow, Listing)

        (imported,) = take(uow, store, row(uow, 1, **said))

        assert imported.status is ImportStatus.CREATED
        assert kept(newest(uow, Product)) == kept(product) | {"upc": UPC}
        assert kept(newest(uow, Listing)) == kept(listing)
        assert newest(uow, Listing).sku == newest(uow, Product).fsin

    def test_puts_equal_barcodes_on_one_product(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        first, again, other = take(uow, store, row(uow, 1, upc=UPC), row(uow, 2, upc=UPC), row(uow, 3, upc=OTHER_UPC))

        assert [one.status for one in (first, again, other)] == [
            ImportStatus.CREATED,
            ImportStatus.MERGED,
            ImportStatus.CREATED,
        ]
        assert (again.product_id, again.listing_id) == (first.product_id, first.listing_id)
        assert other.product_id != first.product_id

    def test_lets_rows_without_a_good_barcode_be_products_of_their_own(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        taken = take(uow, store, *(row(uow, number, upc=upc) for number, upc in enumerate([None, "", "096009010837"])))

        assert len({one.product_id for one in taken}) == 3

    def test_lists_what_another_store_has_made(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow), upc=UPC)
        store = make_vendor(uow)

        (taken,) = take(uow, store, row(uow, 1, upc=UPC))

        assert (taken.status, taken.product_id) == (ImportStatus.MERGED, product.id)
        assert catalog.vendors(uow.session, product_id=product.id) == {store.id}

    @pytest.mark.usefixtures("oklahoma")
    def test_merges_within_one_store_only_in_oklahoma(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow), upc=UPC)

        (taken,) = take(uow, make_vendor(uow), row(uow, 1, upc=UPC))

        assert taken.status is ImportStatus.CREATED
        assert taken.product_id != product.id

    def test_finds_its_own_rows_again_by_sku(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        (first,) = take(uow, store, row(uow, 1, sku="QW-KET"))

        (again,) = take(uow, store, row(uow, 1, sku="QW-KET"))

        assert again.status is ImportStatus.MERGED
        assert (again.product_id, again.listing_id) == (first.product_id, first.listing_id)

    def test_asks_for_a_sku_where_the_product_is_listed_in_another_condition(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        new, used = row(uow, 1, upc=UPC), replace(row(uow, 2, upc=UPC), condition=Condition.USED_GOOD)
        named = replace(used, number=3, sku="QW-USED")

        taken = take(uow, store, new, used, named)

        assert [one.code for one in taken] == ["", "catalog.sku_taken", ""]
        assert [one.code for one in take(uow, store, used, new)] == ["", ""]
        assert len({one.listing_id for one in taken if one.listing_id}) == 2

    def test_refuses_a_sku_that_stands_for_another_product(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        take(uow, store, row(uow, 1, sku="QW-KET", upc=UPC), row(uow, 2, sku="QW-MUG", upc=OTHER_UPC))

        (taken,) = take(uow, store, row(uow, 1, sku="QW-KET", upc=OTHER_UPC))

        assert taken == ImportedRow(1, ImportStatus.REFUSED, code="catalog.sku_taken")

    def test_refuses_a_barcode_of_a_product_that_is_not_shown(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow), upc=UPC)
        uow.session.get_one(Product, product.id).state = ProductState.SUPPRESSED

        (taken,) = take(uow, make_vendor(uow), row(uow, 1, upc=UPC))

        assert taken == ImportedRow(1, ImportStatus.REFUSED, code="catalog.product_not_published")

    def test_makes_another_listing_for_another_condition(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        used = row(uow, 2, upc=UPC, sku="USED")

        first, second = take(
            uow,
            store,
            row(uow, 1, upc=UPC, sku="NEW"),
            ImportRow(
                number=2,
                words=used.words,
                category_id=used.category_id,
                sku="USED",
                condition=Condition.USED_GOOD,
            ),
        )

        assert first.product_id == second.product_id
        assert first.listing_id != second.listing_id

    def test_asks_the_database_the_same_however_many_rows_there_are(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        few, many = ([row(uow, number) for number in range(count)] for count in (2, 20))

        with counted(uow) as for_few:
            take(uow, store, *few)
        with counted(uow) as for_many:
            take(uow, store, *many)

        assert len(for_many) == len(for_few) == 5

    def test_draws_numbers_again_that_are_taken(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        uow.random.seed(7)
        (first,) = take(uow, store, row(uow, 1))
        uow.random.seed(7)

        (second,) = take(uow, store, row(uow, 2))

        assert second.product_id != first.product_id
        assert len({product.fsin for product in uow.session.exec(select(Product))}) == 2

    def test_says_so_where_no_number_is_free(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        unlucky = replace(uow, random=Unlucky())
        take(unlucky, store, row(uow, 1))

        with pytest.raises(NumbersRanOut):
            take(unlucky, store, row(uow, 2))

        assert len(uow.session.exec(select(Product)).all()) == 1


class TestImports:
    def test_hold_rows_of_those_that_were_begun(self, uow: UnitOfWork) -> None:
        with pytest.raises(ImportNotFound):
            catalog.lock_import(uow, import_id=ImportId(new_uuid()))
