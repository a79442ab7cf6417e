"""Taking products in."""

from threading import Thread

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace import search
from marketplace.catalog import ListingState, ProductState
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import ProductId, StoreId
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.search.models import Document, ProductText, Word
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale
from tests.search.conftest import Ask, Shelve


def document(uow: UnitOfWork, product_id: ProductId) -> Document:
    found = select(Document).where(col(Document.product_id) == product_id)
    kept: Document = uow.session.execute(found.execution_options(populate_existing=True)).scalar_one()
    return kept


def words(session: Session) -> dict[str, int]:
    return {row.word: row.products for row in session.execute(select(col(Word.word), col(Word.products)))}


class TestIndex:
    def test_shows_the_offer_with_the_lowest_price_with_delivery(self, uow: UnitOfWork, vendor: StoreId) -> None:
        product = make_product(uow, "Kettle", owner=vendor)
        put_on_sale(uow, product, store=vendor, price=190_00)
        put_on_sale(uow, product, store=make_vendor(uow).id, price=200_00)

        search.index(uow, product_ids=[product.id])

        kept = document(uow, product.id)
        assert (kept.price_minor, kept.offers) == (200_00, 2)

    def test_prefers_an_offer_that_is_in_stock(self, uow: UnitOfWork, vendor: StoreId) -> None:
        product = make_product(uow, "Kettle", owner=vendor)
        put_on_sale(uow, product, store=vendor, price=10_00, stock=0)
        put_on_sale(uow, product, store=make_vendor(uow).id, price=90_00)

        search.index(uow, product_ids=[product.id])

        assert document(uow, product.id).price_minor == 90_00

    def test_takes_a_product_out_that_is_no_longer_published(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle")
        sold.product.state = ProductState.ARCHIVED
        uow.session.flush()

        search.index(uow, product_ids=[sold.product.id])

        assert ask().cards == ()
        assert document(uow, sold.product.id).offers == 0

    def test_takes_a_product_out_that_nobody_lists(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle")
        sold.listing.state, sold.listing.is_live = ListingState.PAUSED, False
        uow.session.flush()

        search.index(uow, product_ids=[sold.product.id])

        assert ask("kettle").cards == ()

    def test_learns_new_words_and_forgets_old_ones(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Copper kettle", category="kitchen/pots")
        shelve("Steel kettle", category="kitchen/pots")
        sold.product.title, sold.product.revision = "Brass kettle", 2
        uow.session.flush()

        search.index(uow, product_ids=[sold.product.id])

        known = words(uow.session)
        assert (known["brass"], known["copper"], known["kettle"]) == (1, 0, 2)
        assert [card.title for card in ask("brass").cards] == ["Brass kettle"]
        assert ask("coper").corrected != "copper"

    def test_twice_is_once(self, uow: UnitOfWork, shelve: Shelve) -> None:
        sold = shelve("Kettle")
        before = document(uow, sold.product.id).model_dump(), words(uow.session)

        search.index(uow, product_ids=[sold.product.id, sold.product.id])

        assert (document(uow, sold.product.id).model_dump(), words(uow.session)) == before

    def test_of_a_title_made_of_signs_finds_no_words(self, uow: UnitOfWork, shelve: Shelve) -> None:
        sold = shelve("!!! ---")

        text = uow.session.get_one(ProductText, sold.product.id)

        assert text.name == "kitchen kettles"


class TestRefresh:
    def test_takes_in_a_new_price(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle", price=100_00)
        sold.price.price_minor = 90_00
        uow.session.flush()

        search.refresh_listings(uow, listing_ids=[sold.listing.id])

        assert ask().cards[0].price == sold.price.price

    def test_takes_in_that_nothing_is_left(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle", stock=1)
        sold.stock.reserved = 1
        uow.session.flush()

        search.refresh_listings(uow, listing_ids=[sold.listing.id])

        assert ask().cards[0].availability == "out_of_stock"

    def test_writes_nothing_when_the_card_would_say_the_same(self, uow: UnitOfWork, shelve: Shelve) -> None:
        sold = shelve("Kettle", stock=50)
        row = "SELECT ctid::text FROM search_documents"
        before = uow.session.connection().exec_driver_sql(row).scalar_one()
        sold.stock.reserved = 7
        uow.session.flush()

        search.refresh_listings(uow, listing_ids=[sold.listing.id])

        assert uow.session.connection().exec_driver_sql(row).scalar_one() == before

    def test_of_a_store_takes_in_all_that_it_sells(self, uow: UnitOfWork, shelve: Shelve) -> None:
        sold = shelve("Kettle")
        sold.price.price_minor = 1_00
        uow.session.flush()

        search.refresh_store(uow, store_id=sold.listing.store_id)

        assert document(uow, sold.product.id).price_minor == 1_00


class TestChanges:
    def test_name_what_lists_hold_a_product_by(self, uow: UnitOfWork, shelve: Shelve, vendor: StoreId) -> None:
        start = search.changes(system("test"), uow.session, since=0).seen_to
        sold = shelve("Copper kettle", brand="Nordhem")

        named = search.changes(system("test"), uow.session, since=start).names

        assert named == {
            f"product:{sold.product.id}",
            "category:kitchen",
            "category:kettles",
            f"store:{vendor}",
            "brand:nordhem",
            "word:copper",
            "word:kettle",
            "word:kettles",
            "word:kitchen",
            "word:nordhem",
        }

    def test_are_seen_even_when_an_earlier_writer_commits_later(self, real_database: Database) -> None:
        sold = real_database.transact(_put_two_on_sale, system("test"))
        with real_database.unit(system("slow")) as slow:
            _cheapen(system("slow"), slow, sold=sold[0])
            real_database.transact(_cheapen, system("fast"), sold=sold[1])
            mark = real_database.read(search.changes, system("reader"), since=0).seen_to

        names = real_database.read(search.changes, system("reader"), since=mark).names

        assert "word:first" in names


class TestTwoWriters:
    def test_leave_what_is_true_at_the_end(self, real_database: Database) -> None:
        """The first writer read the old price, and would write it after the second had written the new one."""
        sold = real_database.transact(_put_two_on_sale, system("test"))[0]
        with real_database.unit(system("slow")) as slow:
            search.refresh(slow, product_ids=[sold.product.id])
            fast = Thread(target=real_database.transact, args=(_cheapen, system("fast")), kwargs={"sold": sold})
            fast.start()
        fast.join()

        assert real_database.read(_price, system("reader"), product_id=sold.product.id) == 1_00


def _put_two_on_sale(_actor: Actor, uow: UnitOfWork) -> tuple[OnSale, OnSale]:
    store = make_vendor(uow).id
    first = put_on_sale(uow, make_product(uow, "First", owner=store), store=store)
    second = put_on_sale(uow, make_product(uow, "Second", owner=store), store=store)
    search.index(uow, product_ids=[first.product.id, second.product.id])
    return first, second


def _cheapen(_actor: Actor, uow: UnitOfWork, *, sold: OnSale) -> None:
    uow.session.merge(sold.price).price_minor = 1_00
    uow.session.flush()
    search.refresh_listings(uow, listing_ids=[sold.listing.id])


def _price(_actor: Actor, session: Session, *, product_id: ProductId) -> int | None:
    price: int | None = session.execute(
        select(col(Document.price_minor)).where(col(Document.product_id) == product_id)
    ).scalar_one()
    return price
