"""Finding products."""

import orjson
import pytest
from sqlmodel import col, update

from marketplace import catalog, identity, search
from marketplace.identity import StandingReason
from marketplace.kernel import profile
from marketplace.kernel.actor import visitor
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.pages import Cursor
from marketplace.kernel.work import UnitOfWork
from marketplace.search import Badge, Found, Language, MembersOnly, PriceRangeReversed, Query, Sort
from marketplace.search.models import Word
from tests.factories.actors import clerk
from tests.factories.people import make_vendor
from tests.factories.shelves import put_on_sale
from tests.search.conftest import Ask, Shelve


def titles(found: Found) -> list[str]:
    return [card.title for card in found.cards]


def stand_in(uow: UnitOfWork, products: int, word: str) -> None:
    """Let a word be counted as if it stood in so many products."""
    uow.session.flush()
    uow.session.execute(update(Word).where(col(Word.word) == word).values(products=products))


class TestWords:
    def test_find_what_holds_all_of_them(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Copper kettle, 1.2 liters")
        shelve("Steel kettle")
        shelve("Copper pan")

        assert titles(ask("copper kettles"))[0] == "Copper kettle, 1.2 liters"

    def test_find_what_holds_some_after_what_holds_all(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Pan of steel", category="kitchen/pans")
        shelve("Copper pan", category="kitchen/pans")
        shelve("Garden hose", category="garden/hoses")

        assert titles(ask("copper pan")) == ["Copper pan", "Pan of steel"]

    def test_forgive_a_typing_error_and_say_so(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Wireless headphones")

        found = ask("hedphones")

        assert titles(found) == ["Wireless headphones"]
        assert found.corrected == "headphones"

    def test_are_not_corrected_when_they_stand_somewhere(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Wireless headphones", description="Waterproof")

        assert ask("waterproof").corrected is None

    def test_count_more_in_the_title_than_in_the_description(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Teapot", description="Goes with every kettle", category="kitchen/pots")
        shelve("Kettle")

        assert titles(ask("kettle")) == ["Kettle", "Teapot"]

    def test_that_stand_in_very_many_find_the_most_popular_of_them(
        self, uow: UnitOfWork, shelve: Shelve, ask: Ask
    ) -> None:
        shelve("Copper kettle", stock=0)
        shelve("Steel kettle")
        shelve("Copper pan", category="kitchen/pans")
        stand_in(uow, 2_501, "kettle")

        found = ask("kettle")

        assert titles(found) == ["Steel kettle", "Copper kettle"]

    def test_find_by_the_rarest_of_them_where_the_others_stand_in_very_many(
        self, uow: UnitOfWork, shelve: Shelve, ask: Ask
    ) -> None:
        shelve("Dallah of brass", category="kitchen/pots")
        shelve("Steel kettle")
        stand_in(uow, 2_500, "kettle")

        found = ask("dallah kettle")

        assert titles(found) == ["Dallah of brass"]

    def test_match_arabic_however_it_is_written(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Dallah", title_ar="دَلّة قهوة أصيلة")

        assert titles(ask("دله قهوه اصيله", language=Language.ARABIC)) == ["دَلّة قهوة أصيلة"]

    def test_match_the_brand_and_the_category(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Model 5", brand="Nordhem", category="kitchen/espresso-machines")

        assert titles(ask("nordhem espresso")) == ["Model 5"]

    def test_made_of_signs_alone_find_everything(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle")

        assert titles(ask("&|!:*'\"\\ %_")) == ["Kettle"]

    def test_that_stand_nowhere_find_nothing(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle")

        assert titles(ask("zzyzx")) == []


class TestFilters:
    def test_narrow_by_category_with_all_below_it(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", category="kitchen/coffee/kettles")
        shelve("Hose", category="garden/hoses")

        assert titles(ask(category="kitchen")) == ["Kettle"]
        assert titles(ask(category="kettles")) == ["Kettle"]
        assert titles(ask(category="attic")) == []

    def test_tell_categories_of_one_name_apart(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", category="kitchen/kettles")
        catalog.ensure_categories(uow, names=[("Gifts", "Kettles")])
        shelve("Gift", category="gifts/kettles")

        assert titles(ask(category="kettles")) == ["Kettle"]
        assert titles(ask(category="gifts-kettles")) == ["Gift"]
        assert [value.value for value in ask(category="gifts").facets.view.category] == ["gifts-kettles"]

    def test_narrow_by_brand_however_it_is_written(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", brand="Café Süd")
        shelve("Pan", brand="Other")

        assert titles(ask(brands=("cafe sud",))) == ["Kettle"]

    def test_narrow_by_price_bounds_included(self, shelve: Shelve, ask: Ask) -> None:
        for price in (1_00, 2_00, 3_00):
            shelve(f"At {price}", price=price)

        assert titles(ask(min_price=2_00, max_price=3_00, sort=Sort.PRICE_UP)) == ["At 200", "At 300"]

    def test_narrow_by_badge(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Reduced", price=80_00, list_price=100_00)
        shelve("Plain")

        assert titles(ask(badges=(Badge.REDUCED,))) == ["Reduced"]

    def test_narrow_by_store(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        other = make_vendor(uow).id
        shelve("Ours")
        shelve("Theirs", store=other)

        assert titles(ask(store_id=other)) == ["Theirs"]

    def test_apply_to_what_words_found(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", price=1_00)
        shelve("Kettle, large", price=2_00)

        assert titles(ask("kettle", min_price=2_00)) == ["Kettle, large"]

    def test_refuse_a_reversed_price_range(self, ask: Ask) -> None:
        with pytest.raises(PriceRangeReversed):
            ask(min_price=2, max_price=1)

    def test_by_rating_leave_nothing_while_nothing_is_rated(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle")

        assert titles(ask(min_rating=4)) == []


class TestVisibility:
    def test_hides_what_no_live_store_offers_at_once(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle")
        identity.restrict(uow, store_id=sold.listing.store_id, reason=StandingReason.SUSPENDED)

        assert titles(ask("kettle")) == []
        assert titles(ask()) == []

    def test_shows_what_another_live_store_offers(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle")
        put_on_sale(uow, sold.product, store=make_vendor(uow).id)
        search.index(uow, product_ids=[sold.product.id])
        identity.restrict(uow, store_id=sold.listing.store_id, reason=StandingReason.SUSPENDED)

        assert titles(ask()) == ["Kettle"]

    def test_asks_visitors_to_sign_in_where_products_are_for_members(self, ask: Ask) -> None:
        profile.choose(profile.OKLAHOMA)

        with pytest.raises(MembersOnly):
            ask()

    def test_lets_members_look(self, uow: UnitOfWork) -> None:
        profile.choose(profile.OKLAHOMA)

        assert search.find(clerk(StoreId(new_uuid())), uow.session, query=Query()).cards == ()


class TestPages:
    @pytest.mark.parametrize("sort", list(Sort))
    @pytest.mark.parametrize("words", ["", "kettle"])
    def test_show_everything_once_in_order(self, shelve: Shelve, ask: Ask, sort: Sort, words: str) -> None:
        for number in range(7):
            shelve(f"Kettle {number}", price=(number % 3 + 1) * 100, stock=number * 3)
        seen: list[str] = []
        cursor: str | None = None

        while True:
            found = ask(words, sort=sort, limit=3, cursor=cursor)
            seen += titles(found)
            cursor = found.shown.next_cursor
            if cursor is None:
                break

        assert sorted(seen) == sorted(f"Kettle {number}" for number in range(7))
        assert seen == titles(ask(words, sort=sort))

    def test_sort_by_price(self, shelve: Shelve, ask: Ask) -> None:
        for price in (3_00, 1_00, 2_00):
            shelve(f"At {price}", price=price)

        assert titles(ask(sort=Sort.PRICE_UP)) == ["At 100", "At 200", "At 300"]
        assert titles(ask(sort=Sort.PRICE_DOWN)) == ["At 300", "At 200", "At 100"]

    def test_put_what_can_be_bought_first(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Gone", stock=0)
        shelve("There")

        assert titles(ask()) == ["There", "Gone"]

    @pytest.mark.parametrize("cursor", ["", "x", "bm9wZQ", "WyJwb3B1bGFyIiwieCIsInkiXQ", "W10", "a" * 600])
    def test_refuse_marks_of_nobodys_making(self, ask: Ask, cursor: str) -> None:
        with pytest.raises(Invalid) as refused:
            ask(cursor=cursor)

        assert refused.value.reason == "cursor.invalid"

    def test_refuse_the_mark_of_another_order(self, shelve: Shelve, ask: Ask) -> None:
        shelve("One")
        shelve("Two")
        mark = ask(sort=Sort.NEWEST, limit=1).shown.next_cursor

        for sort in (Sort.PRICE_UP, Sort.POPULAR):
            with pytest.raises(Invalid):
                ask(sort=sort, cursor=mark)

    def test_refuse_the_mark_of_another_order_that_looks_alike(self, shelve: Shelve, ask: Ask) -> None:
        shelve("One")
        shelve("Two")
        mark = ask(sort=Sort.PRICE_DOWN, limit=1).shown.next_cursor

        with pytest.raises(Invalid) as refused:
            ask(sort=Sort.PRICE_UP, cursor=mark)

        assert refused.value.reason == "cursor.invalid"

    def test_refuse_a_mark_that_no_product_can_bear(self, ask: Ask) -> None:
        beyond = Cursor((Sort.POPULAR.value, 2**63, str(new_uuid()))).encode()

        with pytest.raises(Invalid) as refused:
            ask(sort=Sort.POPULAR, cursor=beyond)

        assert refused.value.reason == "cursor.invalid"


class TestAnswer:
    def test_is_in_the_shape_of_rest_with_every_field(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        sold = shelve("Kettle", brand="Nordhem", price=115_00, list_price=150_00, stock=3)

        answer = orjson.loads(ask("ketle").json.body)
        store = identity.stores_by_id(uow.session, ids=[sold.listing.store_id])[sold.listing.store_id]

        assert answer["items"] == [
            {
                "fsin": sold.product.fsin,
                "title": "Kettle",
                "brand": "Nordhem",
                "category": "kettles",
                "image_url": "/placeholders/kettles.svg",
                "price": {"minor": 11500, "currency": "SAR"},
                "list_price": {"minor": 15000, "currency": "SAR"},
                "listing_id": str(sold.listing.id),
                "store": {"id": str(store.id), "name": store.name, "slug": store.slug},
                "offer_count": 1,
                "rating": None,
                "review_count": 0,
                "badges": ["fast", "reduced"],
                "availability": "low_stock",
            }
        ]
        assert answer["next_cursor"] is None
        assert answer["total_estimate"] == 1
        assert answer["corrected_query"] == "kettle"
        assert answer["facets"]["rating"] == []

    def test_is_asked_as_visitor(self, uow: UnitOfWork, shelve: Shelve) -> None:
        shelve("Kettle")

        assert len(search.find(visitor(), uow.session, query=Query()).cards) == 1
