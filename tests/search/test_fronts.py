"""The front of one shop."""

import pytest

from marketplace import identity, search
from marketplace.identity import StoreView
from marketplace.kernel import profile
from marketplace.kernel.actor import visitor
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.search import CardView, MembersOnly
from tests.factories.people import make_vendor
from tests.factories.shelves import put_on_sale
from tests.search.conftest import Ask, Shelve


def front(uow: UnitOfWork, slug: str, cards: tuple[CardView, ...]) -> list[CardView]:
    store = store_of(uow, slug)
    return list(search.as_sold_by(visitor(), uow.session, store=store, cards=cards))


def store_of(uow: UnitOfWork, slug: str) -> StoreView:
    return identity.shop_front(visitor(), uow.session, slug=slug)


class TestAShopsFront:
    def test_shows_its_own_price_and_stock_where_another_is_shown_first(
        self, uow: UnitOfWork, shelve: Shelve, ask: Ask
    ) -> None:
        cheaper = shelve("Kettle", price=14_900, stock=50)
        potter = make_vendor(uow, name="Dar Al Fakhar")
        own = put_on_sale(uow, cheaper.product, store=potter.id, price=16_500, list_price=18_000, stock=3)
        search.index(uow, product_ids=[cheaper.product.id])
        found = ask().cards

        (shown,) = front(uow, potter.slug, found)

        assert found[0].listing_id == cheaper.listing.id
        assert (shown.listing_id, shown.store_name, shown.store_slug) == (own.listing.id, "Dar Al Fakhar", potter.slug)
        assert (shown.price, shown.list_price) == (Money(16_500, "SAR"), Money(18_000, "SAR"))
        assert (shown.availability, shown.badges) == ("low_stock", ("fast", "reduced"))
        assert shown.offer_count == 2

    def test_says_sold_out_of_what_only_others_have(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle", stock=50)
        potter = make_vendor(uow, name="Dar Al Fakhar")
        put_on_sale(uow, sold.product, store=potter.id, stock=0)
        search.index(uow, product_ids=[sold.product.id])

        (shown,) = front(uow, potter.slug, ask().cards)

        assert shown.availability == "out_of_stock"

    def test_leaves_alone_what_it_does_not_sell(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle")
        potter = make_vendor(uow, name="Dar Al Fakhar")
        found = ask().cards

        assert front(uow, potter.slug, found) == list(found)

    def test_is_closed_to_visitors_where_the_catalog_is(self, uow: UnitOfWork) -> None:
        potter = make_vendor(uow, name="Dar Al Fakhar")
        store = store_of(uow, potter.slug)
        profile.choose(profile.OKLAHOMA)

        with pytest.raises(MembersOnly):
            search.as_sold_by(visitor(), uow.session, store=store, cards=())

    def test_of_nothing_is_nothing(self, uow: UnitOfWork) -> None:
        assert front(uow, make_vendor(uow, name="Dar Al Fakhar").slug, ()) == []
