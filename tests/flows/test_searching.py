"""Answers that are kept until something in them changes."""

from dataclasses import replace
from threading import Thread

import pytest

from marketplace import flows, identity, rates, search
from marketplace.catalog import ProductsChanged
from marketplace.flows import searching
from marketplace.flows.reactions import search as reactions
from marketplace.flows.searching import Freshness, Shelf
from marketplace.identity import StandingChanged, StandingReason, StoreChange
from marketplace.identity.models import StoreStanding
from marketplace.inventory import StockChanged
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, Permission, system, visitor
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.ports import House, Ports
from marketplace.pricing import PriceChanged
from marketplace.rates import DeliveryTerms
from marketplace.search import CardView, Found, MembersOnly, Query
from tests.factories.actors import clerk
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

HOME = Query(category="kettles")


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    """Search hears what happens."""
    return replace(wiring, consumers=flows.consumers())


@pytest.fixture
def house(real_database: Database, ports: Ports, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(searching, "LOOK_EVERY_SECONDS", 0.0)
    return House(db=real_database, ports=ports, secret="not-asked-for")


def ask(house: House, query: Query = HOME) -> Found:
    return searching.find(visitor(), house, query=query)


def sell(_actor: Actor, uow: UnitOfWork, *, title: str = "Kettle", category: str = "kitchen/kettles") -> OnSale:
    store = make_vendor(uow).id
    sold = put_on_sale(uow, make_product(uow, title, owner=store, category=category), store=store)
    search.index(uow, product_ids=[sold.product.id])
    return sold


def reprice(_actor: Actor, uow: UnitOfWork, *, sold: OnSale, minor: int) -> None:
    uow.session.merge(sold.price).price_minor = minor
    uow.session.flush()
    search.refresh_listings(uow, listing_ids=[sold.listing.id])


def stop(_actor: Actor, uow: UnitOfWork, *, sold: OnSale) -> None:
    standing = uow.session.get_one(StoreStanding, sold.listing.store_id)
    standing.set_reasons([StandingReason.SUSPENDED], at=uow.now)
    uow.session.flush()
    search.refresh_store(uow, store_id=sold.listing.store_id)


class TestKeptAnswers:
    def test_are_given_again_while_nothing_changed(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        shelves = searching.shelves_of(house)

        first, second = ask(house), ask(house)

        assert first == second
        assert (shelves.pages.hits, shelves.pages.misses) == (1, 1)
        assert shelves.counts.misses == 1

    def test_show_a_new_price_at_once(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"))
        ask(house)

        house.db.transact(reprice, system("test"), sold=sold, minor=1_00)

        assert [card.price for card in ask(house).cards] == [Money(1_00, "SAR")]

    def test_show_a_new_price_of_what_only_the_description_named(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"), title="Tea set")
        asked = Query(words="set")
        ask(house, asked)

        house.db.transact(reprice, system("test"), sold=sold, minor=1_00)

        assert [card.price for card in ask(house, asked).cards] == [Money(1_00, "SAR")]

    def test_hold_what_came_into_the_category(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        ask(house)

        house.db.transact(sell, system("test"), title="Other kettle")

        assert {card.title for card in ask(house).cards} == {"Kettle", "Other kettle"}

    def test_forget_a_store_that_was_stopped(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"))
        assert len(ask(house).cards) == 1

        house.db.transact(stop, system("test"), sold=sold)

        assert ask(house).cards == ()

    def test_count_brands_once_for_all_brands(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        ask(house, Query(brands=("nordhem",)))
        counts = searching.shelves_of(house).counts
        first = counts.misses

        ask(house, Query(brands=("other",)))

        assert (first, counts.misses) == (2, 3)

    def test_count_anew_only_once_something_changed_and_a_while_has_passed(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "LEAST_PATIENCE_SECONDS", 0.0)
        monkeypatch.setattr(searching, "SECONDS_A_SECOND", 0)
        house.db.transact(sell, system("test"))
        counts = searching.shelves_of(house).counts
        first, second = ask(house), ask(house)
        misses = counts.misses

        house.db.transact(sell, system("test"), title="Other kettle")

        assert (first.facets.total, second.facets.total, misses) == (1, 1, 1)
        assert (ask(house).facets.total, counts.misses) == (2, 2)

    def test_bear_a_change_in_their_figures_for_a_while(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        ask(house)

        house.db.transact(sell, system("test"), title="Other kettle")

        assert len(ask(house).cards) == 2
        assert ask(house).facets.total == 1

    def test_find_what_is_new_by_its_words(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        assert ask(house, Query(words="samovar")).cards == ()

        house.db.transact(sell, system("test"), title="Samovar")

        assert [card.title for card in ask(house, Query(words="samovar")).cards] == ["Samovar"]

    def test_stay_when_something_else_changed(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        ask(house)

        house.db.transact(sell, system("test"), title="Hose", category="garden/hoses")
        ask(house)

        assert searching.shelves_of(house).pages.hits == 1

    def test_are_for_those_only_who_may_look(self, house: House) -> None:
        ask(house)
        profile.choose(profile.OKLAHOMA)

        with pytest.raises(MembersOnly):
            ask(house)

    def test_differ_by_language_and_by_page(self, house: House) -> None:
        for number in range(3):
            house.db.transact(sell, system("test"), title=f"Kettle {number}")

        first = ask(house, Query(category="kettles", limit=2))
        second = ask(house, Query(category="kettles", limit=2, cursor=first.shown.next_cursor))

        assert (len(first.cards), len(second.cards)) == (2, 1)

    def test_are_made_anew_where_the_house_keeps_none(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        bare = replace(house, keeps_answers=False)

        ask(bare)
        ask(bare)

        pages = searching.shelves_of(bare).pages
        assert (pages.hits, pages.misses) == (0, 2)

    def test_are_safe_between_threads(self, house: House) -> None:
        house.db.transact(sell, system("test"))
        answers: list[tuple[CardView, ...]] = []
        threads = [Thread(target=lambda: answers.append(ask(house).cards)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(answers) == 8
        assert len(set(answers)) == 1


class TestShelf:
    def test_lets_the_least_asked_for_fall_off(self) -> None:
        shelf: Shelf[int] = Shelf(most=2, max_age=60)
        fresh = Freshness()
        for key in ("a", "b", "a", "c"):
            shelf.get(key, fresh, lambda: 1)

        misses = shelf.misses
        shelf.get("a", fresh, lambda: 1)
        shelf.get("b", fresh, lambda: 1)

        assert shelf.misses == misses + 1

    def test_forgets_what_is_too_old(self) -> None:
        shelf: Shelf[int] = Shelf(most=2, max_age=-1)
        shelf.get("a", Freshness(), lambda: 1)

        assert shelf.get("a", Freshness(), lambda: 2) == 2


class TestReactions:
    def test_take_in_what_facts_name(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"))
        with house.db.unit(system("test")) as uow:
            uow.session.merge(sold.price).price_minor = 1_00
            product = uow.session.merge(sold.product)
            product.title, product.revision = "Pot", 2
            uow.session.flush()
            listing_ids = (sold.listing.id,)
            reactions.take_in_products(uow, (ProductsChanged(product_ids=(sold.product.id,)),))
            reactions.take_in_figures(uow, (PriceChanged(listing_ids=listing_ids),))
            reactions.take_in_figures(uow, (StockChanged(listing_ids=listing_ids),))

        (card,) = ask(house).cards

        assert (card.title, card.price) == ("Pot", Money(1_00, "SAR"))

    def test_take_in_the_standing_of_a_store(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"))
        store_id = sold.listing.store_id
        with house.db.unit(system("test")) as uow:
            uow.session.merge(sold.price).price_minor = 1_00
            uow.session.flush()
            reactions.take_in_store(uow, StandingChanged(store_id=store_id, is_live=True, reasons=()))

        assert [card.price for card in ask(house).cards] == [Money(1_00, "SAR")]

    def test_take_in_what_a_store_is_called_and_how_it_delivers(self, house: House) -> None:
        sold = house.db.transact(sell, system("test"))
        vendor = clerk(sold.listing.store_id, Permission.STORE_EDIT, Permission.STORE_READ, Permission.LISTINGS_EDIT)
        slow = DeliveryTerms(Money(15_00, "SAR"), free_over=None, handling_days=9, transit_days=9)
        before = ask(house).cards

        house.db.transact(identity.edit_store, vendor, change=StoreChange(name="Qahwa & Daughters"))
        house.db.transact(rates.set_profile, vendor, terms=slow)
        flows.take_in_batch(house.db, consumer="search")

        (card,) = ask(house).cards
        assert [one.badges for one in before] == [("fast",)]
        assert (card.store_name, card.badges) == ("Qahwa & Daughters", ())
