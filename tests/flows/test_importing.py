"""Bringing in a file."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from marketplace import catalog, pricing
from marketplace.catalog import Condition, ImportView, ProductWords
from marketplace.flows import import_rows, importing
from marketplace.flows.compositions import importing as composition
from marketplace.flows.compositions import listing
from marketplace.flows.compositions.listing import Offering
from marketplace.flows.import_files import ColumnMap
from marketplace.flows.importing import Incoming
from marketplace.kernel.actor import Actor, Grant, Permission, system
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import ImportId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ports import House, Ports
from marketplace.pricing import Terms, Tier
from tests.factories.people import make_vendor

HEADER = "upc,title,brand,description,category,price,stock,sku,condition\n"


@pytest.fixture
def house(real_database: Database, ports: Ports) -> House:
    return House(db=real_database, ports=ports, secret="not asked for")


@pytest.fixture
def store(house: House) -> StoreId:
    return house.db.transact(_vendor, system("test"))


def _vendor(_actor: Actor, uow: UnitOfWork) -> StoreId:
    return make_vendor(uow).id


def _fail_at_the_end(actor: Actor, uow: UnitOfWork, *, import_id: ImportId) -> None:
    composition.take_rows(actor, uow, import_id=import_id)
    raise ZeroDivisionError


def keeper(store: StoreId) -> Actor:
    grants = {Grant(permission, store) for permission in (Permission.LISTINGS_EDIT, Permission.LISTINGS_READ)}
    return Actor(name="user:keeper", store_id=store, grants=frozenset(grants))


def incoming(content: str, name: str = "goods.csv") -> Incoming:
    return Incoming(BytesIO((HEADER + content).encode()), name, ColumnMap.parse(""))


def bring(house: House, store: StoreId, content: str) -> ImportView:
    actor = keeper(store)
    begun = importing.begin(actor, house, store_id=store, incoming=incoming(content))
    return importing.finish(actor, house, import_id=begun.id)


def told(house: House, store: StoreId, view: ImportView) -> list[tuple[int, str, str]]:
    found = importing.results(keeper(store), house, import_id=view.id)
    return [(one.number, one.status.value, one.code) for one in found]


def rows(house: House, statement: str, **values: Any) -> list[Any]:  # noqa: ANN401 (rows of any shape)
    def run(_actor: Actor, session: Session) -> list[Any]:
        return list(session.execute(text(statement), values).all())

    return house.db.read(run, system("test"))


class TestTakingIn:
    def test_makes_of_a_row_what_can_be_found_and_bought(self, house: House, store: StoreId) -> None:
        view = bring(house, store, "012345678905,Kettle,Nordhem,Boils,Kitchen > Kettles,115.50,7,K-1,\n")

        assert (view.created, view.done, view.is_finished) == (1, 1, True)
        (row,) = rows(
            house,
            "SELECT p.title, p.brand, p.upc, p.state, c.path, l.sku, l.is_live, pr.price_minor, s.on_hand"
            " FROM products p JOIN categories c ON c.id = p.category_id JOIN listings l ON l.product_id = p.id"
            " JOIN prices pr ON pr.listing_id = l.id JOIN stock s ON s.listing_id = l.id",
        )
        assert tuple(row) == (
            "Kettle", "Nordhem", "012345678905", "published", "kitchen/kettles", "K-1", True, 115_50, 7,
        )  # fmt: skip

    def test_wipes_off_dirt(self, house: House, store: StoreId) -> None:
        bring(house, store, "x,  Caf&#xE9;\u0000 &amp; Co ,,A<br/>b &lt; c,K,1,1,,\n")

        (row,) = rows(house, "SELECT title, description, upc, brand FROM products")
        assert tuple(row) == ("Café & Co", "A b < c", None, None)

    def test_makes_one_product_of_one_barcode_and_the_last_row_wins(self, house: House, store: StoreId) -> None:
        view = bring(
            house,
            store,
            "012345678905,Kettle,,,K,1,1,,\n036000291452,Pan,,,K,5,5,,\n12345678905,Kettle again,,,K,2,2,,\n".replace(
                "\n12345678905", "\n0012345678905"
            ),
        )

        assert (view.created, view.merged) == (2, 1)
        assert [row[1] for row in told(house, store, view)] == ["created", "created", "merged"]
        found = rows(
            house,
            "SELECT p.title, pr.price_minor, s.on_hand FROM products p JOIN listings l ON l.product_id = p.id"
            " JOIN prices pr ON pr.listing_id = l.id JOIN stock s ON s.listing_id = l.id ORDER BY p.title",
        )
        assert [tuple(row) for row in found] == [("Kettle", 2_00, 2), ("Pan", 5_00, 5)]

    def test_makes_a_product_of_its_own_of_an_unreadable_barcode(self, house: House, store: StoreId) -> None:
        view = bring(house, store, "012345678901,One,,,K,1,1,,\n012345678901,Two,,,K,1,1,,\n,Three,,,K,1,1,,\n")

        assert view.created == 3
        assert (2, "created", "catalog.barcode_unreadable") in told(house, store, view)

    def test_joins_what_another_vendor_sells(self, house: House, store: StoreId) -> None:
        other = house.db.transact(_vendor, system("test"))
        bring(house, store, "012345678905,Kettle,,,K,1,1,,\n")

        view = bring(house, other, "012345678905,My kettle,,,K,2,2,,\n")

        assert view.merged == 1
        assert tuple(rows(house, "SELECT count(*), (SELECT count(*) FROM listings) FROM products")[0]) == (1, 2)

    def test_leaves_what_the_file_does_not_speak_of(self, house: House, store: StoreId) -> None:
        row = "036000291452,Kettle,Qahwa,,Kitchen,{price},{stock},K-1,new\n"
        bring(house, store, row.format(price=100, stock=5))
        (listing_id,) = rows(house, "SELECT id FROM listings")[0]
        money = {"price": Money(100_00, "SAR"), "list_price": Money(120_00, "SAR")}
        terms = Terms(**money, tiers=(Tier(4, 50_000),), min_quantity=2, max_quantity=8, quantity_step=2)
        house.db.transact(pricing.price, keeper(store), listing_id=listing_id, terms=terms)

        same = bring(house, store, row.format(price=100, stock=5) + "\n")
        bring(house, store, row.format(price=90, stock=5))

        kept = house.db.read(lambda _, session: pricing.terms(session, listing_ids=[listing_id]), system("test"))
        assert kept == {listing_id: replace(terms, price=Money(90_00, "SAR"))}
        assert told(house, store, same) == [(2, "unchanged", "catalog.missing_media")]

    def test_names_what_is_wrong_and_takes_in_the_rest(self, house: House, store: StoreId) -> None:
        view = bring(house, store, "x,K,,,,nothing,-3,,odd\n,Kettle,,,K,1,1,,\n")

        assert (view.created, view.refused) == (1, 1)
        assert {code for number, status, code in told(house, store, view) if number == 2} == {
            "import.too_short",
            "import.missing",
            "import.not_money",
            "import.not_a_number",
            "import.unknown",
        }

    def test_names_rows_by_the_lines_of_the_file_where_they_begin(self, house: House, store: StoreId) -> None:
        view = bring(house, store, '\n,Kettle,,"Boils,\nslowly.",K,1,1,,\n\n\n,,,,K,1,1,,\n,Pan,,,K,1,1,,\n')

        assert [row[:2] for row in told(house, store, view)] == [(3, "created"), (7, "refused"), (8, "created")]

    def test_says_that_a_row_brought_nothing_new(self, house: House, store: StoreId) -> None:
        content = "012345678905,Kettle,,,K,1,1,,\n036000291452,Pan,,,K,5,5,,\n"
        bring(house, store, content)

        view = bring(house, store, content.replace("Pan,,,K,5,5", "Pan,,,K,6,5"))

        assert (view.unchanged, view.merged) == (1, 1)
        facts = rows(house, "SELECT count(*) FROM outbox_messages WHERE topic = 'catalog.products_changed.v1'")
        assert facts[0][0] == 2

    def test_refuses_a_count_below_what_is_promised(self, house: House, store: StoreId) -> None:
        bring(house, store, "012345678905,Kettle,,,K,1,9,,\n")
        with house.db.unit(system("test")) as uow:
            uow.session.execute(text("UPDATE stock SET reserved = 5"))

        view = bring(house, store, "012345678905,Kettle,,,K,3,4,,\n")

        assert view.refused == 1
        assert [tuple(row) for row in rows(house, "SELECT price_minor, on_hand FROM prices, stock")] == [(1_00, 9)]

    def test_is_said_once_and_written_down_once_a_batch(self, house: House, store: StoreId) -> None:
        bring(house, store, "".join(f",Kettle {number},,,K,1,1,,\n" for number in range(501)))

        topics = rows(house, "SELECT envelope->'body'->'product_ids' FROM outbox_messages WHERE topic LIKE 'catalog%'")
        assert [len(row[0]) for row in topics] == [500, 1]
        audited = rows(house, "SELECT after->'lines' FROM audit_entries WHERE action = 'catalog.import_batch'")
        assert [row[0] for row in audited] == [[2, 501], [502, 502]]

    def test_forgets_the_lines_when_all_are_taken_in(self, house: House, store: StoreId) -> None:
        bring(house, store, ",Kettle,,,K,1,1,,\n")

        assert rows(house, "SELECT count(*) FROM import_lines")[0][0] == 0

    def test_is_for_those_only_who_keep_the_store(self, house: House, store: StoreId) -> None:
        stranger = keeper(house.db.transact(_vendor, system("test")))

        with pytest.raises(Forbidden):
            importing.begin(stranger, house, store_id=store, incoming=incoming(",Kettle,,,K,1,1,,\n"))

        assert rows(house, "SELECT count(*) FROM imports")[0][0] == 0


class TestEquality:
    """A row becomes what the vendor's form would have made: all tables are compared, both ways round."""

    TABLES = ("products", "listings", "prices", "tiers", "stock", "movements", "locations", "reservations")
    PASSING = ("id", "fsin", "product_id", "listing_id", "store_id", "owner_store_id", "location_id")

    def test_of_fifty_rows_with_the_form(self, house: House, store: StoreId) -> None:
        other = house.db.transact(_vendor, system("test"))
        house.db.transact(_category, system("test"))
        lines = [_line(number) for number in range(50)]
        bring(house, store, "".join(lines))

        for number in range(50):
            house.db.transact(_by_form, keeper(other), number=number)

        for table in self.TABLES:
            assert self._rows(house, table, store) == self._rows(house, table, other), table
        assert len(self._rows(house, "products", store)) == 50

    def _rows(self, house: House, table: str, store: StoreId) -> list[str]:
        owner = {
            "products": "owner_store_id = :store",
            "listings": "store_id = :store",
            "stock": "store_id = :store",
            "locations": "store_id = :store",
        }.get(table, "listing_id IN (SELECT id FROM listings WHERE store_id = :store)")
        plain = f"to_jsonb({table}) - ARRAY{list(self.PASSING)}::text[]"
        if table != "products":
            plain = f"regexp_replace(({plain})::text, 'FX[0-9]{{12}}', 'FSIN')"
        found = rows(house, f"SELECT ({plain})::text FROM {table} WHERE {owner}", store=store)  # noqa: S608 (ours)
        return sorted(row[0] for row in found)


def _category(_actor: Actor, uow: UnitOfWork) -> None:
    catalog.ensure_categories(uow, names=[("Kitchen", "Kettles")])


def _line(number: int) -> str:
    brand = "Nordhem" if number % 3 else ""
    sku = f"K-{number}" if number % 2 else ""
    condition = "used_good" if number % 5 == 0 else "new"
    return f",Kettle {number},{brand},Boils.,Kitchen > Kettles,{number + 1}.50,{number % 4},{sku},{condition}\n"


def _by_form(actor: Actor, uow: UnitOfWork, *, number: int) -> None:
    offering = Offering(
        terms=Terms(price=Money((number + 1) * 100 + 50, "SAR")),
        on_hand=number % 4,
        sku=f"K-{number}" if number % 2 else "",
        condition=Condition.NEW if number % 5 else Condition.USED_GOOD,
    )
    words = ProductWords(
        title=f"Kettle {number}",
        category="kettles",
        brand="Nordhem" if number % 3 else None,
        description="Boils.",
    )
    listing.propose(actor, uow, words=words, offering=offering)


class TestResuming:
    def test_goes_on_with_the_same_file_where_it_stopped(
        self, house: House, store: StoreId, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(composition, "BATCH", 2)
        content = "\n\n".join(f",Kettle {number},,,K,1,1,," for number in range(5))
        actor = keeper(store)
        begun = importing.begin(actor, house, store_id=store, incoming=incoming(content))
        house.db.transact(composition.take_rows, actor, import_id=begun.id)

        again = importing.begin(actor, house, store_id=store, incoming=incoming(content))
        view = importing.finish(actor, house, import_id=again.id)

        assert (again.id, again.done) == (begun.id, 2)
        assert (view.created, view.total) == (5, 5)
        assert [row[0] for row in told(house, store, view)] == [2, 4, 6, 8, 10]
        assert rows(house, "SELECT count(*) FROM products")[0][0] == 5

    def test_leaves_nothing_of_a_batch_that_failed(self, house: House, store: StoreId) -> None:
        actor = keeper(store)
        begun = importing.begin(actor, house, store_id=store, incoming=incoming(",Kettle,,,K,1,1,,\n"))

        with pytest.raises(ZeroDivisionError):
            house.db.transact(_fail_at_the_end, actor, import_id=begun.id)

        assert rows(house, "SELECT done FROM imports")[0][0] == 0
        assert rows(house, "SELECT count(*) FROM products")[0][0] == 0

    def test_is_done_by_the_schedule_in_the_name_of_who_began(self, house: House, store: StoreId) -> None:
        importing.begin(keeper(store), house, store_id=store, incoming=incoming(",Kettle,,,K,1,1,,\n"))

        assert importing.advance(house) == 1
        assert importing.advance(house) == 0

        assert rows(house, "SELECT moved_by FROM movements")[0][0] == "user:keeper"

    def test_is_left_by_the_schedule_to_whoever_is_at_it(self, house: House, store: StoreId) -> None:
        actor = keeper(store)
        begun = importing.begin(actor, house, store_id=store, incoming=incoming(",Kettle,,,K,1,1,,\n"))

        with house.db.unit(actor) as uow:
            catalog.lock_import(uow, import_id=begun.id)

            assert importing.advance(house) == 0

        assert importing.advance(house) == 1


class TestARowThatBreaks:
    """Not one that is wrong: one that nobody foresaw."""

    CONTENT = ",Kettle,,,K,1,1,one,\n,Poison,,,K,1,1,two,\n,Mug,,,K,1,1,three,\n"
    TOLD = [
        (2, "created", "catalog.missing_media"),
        (3, "refused", "import.row_not_taken"),
        (4, "created", "catalog.missing_media"),
    ]

    @pytest.fixture(autouse=True)
    def poison(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = catalog.import_batch

        def import_batch(uow: UnitOfWork, *, store_id: StoreId, rows: list[catalog.ImportRow]) -> object:
            placed = whole(uow, store_id=store_id, rows=rows)
            if any(row.words.title == "Poison" for row in rows):
                raise ZeroDivisionError
            return placed

        monkeypatch.setattr(catalog, "import_batch", import_batch)

    def test_is_refused_and_holds_up_no_other(self, house: House, store: StoreId) -> None:
        view = bring(house, store, self.CONTENT)

        assert told(house, store, view) == self.TOLD
        assert view.is_finished
        assert rows(house, "SELECT title FROM products ORDER BY title") == [("Kettle",), ("Mug",)]

    def test_is_taken_in_where_it_met_another_for_a_moment(
        self, house: House, store: StoreId, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole, met = import_rows.read, iter([True, True])

        def read(number: int, said: dict[str, str], **more: Any) -> import_rows.Read:  # noqa: ANN401 (as it is called)
            if said["title"] == "Mug" and next(met, False):
                raise ZeroDivisionError
            return whole(number, said, **more)

        monkeypatch.setattr(import_rows, "read", read)

        view = bring(house, store, ",Mug,,,K,1,1,one,\n")

        assert told(house, store, view) == [(2, "created", "catalog.missing_media")]

    def test_holds_up_no_other_file(self, house: House, store: StoreId) -> None:
        importing.begin(keeper(store), house, store_id=store, incoming=incoming(self.CONTENT))
        importing.begin(keeper(store), house, store_id=store, incoming=incoming(",Cup,,,K,1,1,four,\n"))

        assert importing.advance(house) == 2

        assert rows(house, "SELECT count(*) FROM products") == [(3,)]

    def test_is_named_by_a_rehearsal(self, house: House, store: StoreId) -> None:
        found = importing.rehearse(keeper(store), house, store_id=store, incoming=incoming(self.CONTENT))

        assert [(one.number, one.status.value, one.code) for one in found] == self.TOLD
        assert rows(house, "SELECT count(*) FROM products") == [(0,)]


class TestRehearsal:
    def test_says_what_would_become_of_each_row_and_changes_nothing(self, house: House, store: StoreId) -> None:
        content = "012345678905,Kettle,,,K,1,1,,\n012345678905,Kettle,,,K,2,1,,\n,,,,K,1,1,,\n"

        found = list(importing.rehearse(keeper(store), house, store_id=store, incoming=incoming(content)))

        assert [(one.number, one.status.value) for one in found] == [(2, "created"), (3, "merged"), (4, "refused")]
        for table in ("products", "listings", "categories", "imports", "outbox_messages", "stock"):
            assert rows(house, f"SELECT count(*) FROM {table}")[0][0] == EMPTY.get(table, 0), table  # noqa: S608 (ours)


EMPTY = {"outbox_messages": 2}
"""What was said when the vendor joined."""
