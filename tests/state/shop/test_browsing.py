"""What lists of products show."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import identity
from marketplace.identity.models import Store
from marketplace.kernel import profile
from state.shop.browsing import BrowseState
from state.shop.frame import ShopFrameState
from state.shop.home import HomeState
from tests.factories.houses import Do
from tests.state.shop.conftest import Shelved
from tests.state.states import made


async def browsed(address: str) -> BrowseState:
    page = made(BrowseState, address=address)
    async for _step in page.load():
        pass
    return page


class TestBrowse:
    async def test_finds_what_was_meant_and_says_so(self, shelved: Shelved) -> None:
        page = await browsed("/search?q=ketle")

        assert (page.heading, page.corrected, page.summary) == ("ketle", "kettle", "1 product")
        (card,) = page.rows
        assert (card.title, card.href, card.price) == ("Gooseneck kettle", f"/p/{shelved['kettle']}", "SAR\u00a0149.00")
        assert (card.by, card.more, card.note) == ("Qahwa & Co.", "1 more offer", "")

    async def test_says_what_was_reduced_and_what_is_scarce(self, shelved: Shelved) -> None:
        (card,) = (await browsed("/c/cups")).rows

        assert (card.fsin, card.was, card.cut, card.note) == (
            shelved["mugs"],
            "SAR\u00a0120.00",
            "−20\u00a0%",
            "Few left",
        )

    async def test_prints_in_the_language_of_the_page(self, shelved: Shelved) -> None:
        page = await browsed("/ar/search?q=غلاية")

        assert page.rows[0].title == "غلاية"
        assert page.rows[0].price == "149.00\u00a0ر.س"
        assert shelved["kettle"] in page.rows[0].href

    async def test_offers_ways_to_narrow_and_to_get_back(self, shelved: Shelved) -> None:
        page = await browsed("/c/kitchen?brand=Sahla")

        assert [(row.words, row.count, row.href) for row in page.categories] == [
            ("Kitchen", "1", "/search?brand=Sahla"),
            ("Cups", "1", "/c/cups?brand=Sahla"),
        ]
        assert {(row.words, row.is_on) for row in page.brands} == {("Sahla", True), ("Fellhaven", False)}
        assert [(chip.words, chip.href) for chip in page.chips] == [("Sahla", "/c/kitchen")]
        assert page.clear == "/c/kitchen"
        assert [step.words for step in page.above] == ["All categories"]

    @pytest.mark.usefixtures("shelved")
    async def test_says_that_there_is_no_such_category(self) -> None:
        page = await browsed("/c/nowhere")

        assert (page.trouble_kind, page.rows) == ("missing", [])

    @pytest.mark.usefixtures("shelved")
    async def test_stands_under_the_name_of_a_shop(self, done: Do) -> None:
        slug = done(
            lambda uow: uow.session.execute(
                select(col(Store.slug)).where(col(Store.name) == "Dar Al Fakhar")
            ).scalar_one()
        )

        page = await browsed(f"/v/{slug}")

        assert (page.front.name, page.front.letter) == ("Dar Al Fakhar", "D")
        assert {card.title for card in page.rows} == {"Gooseneck kettle", "Stoneware mugs", "Table lamp"}
        assert {card.by for card in page.rows} == {""}

    @pytest.mark.usefixtures("shelved")
    async def test_hides_the_front_of_a_shop_that_may_not_sell(self, done: Do) -> None:
        store = done(
            lambda uow: uow.session.execute(select(Store).where(col(Store.name) == "Qahwa & Co.")).scalar_one().id
        )
        done(lambda uow: identity.restrict(uow, store_id=store, reason="license"))

        assert (await browsed("/v/qahwa-co")).trouble_kind == "missing"

    @pytest.mark.usefixtures("shelved")
    async def test_sends_members_only_to_the_door(self) -> None:
        profile.choose(profile.OKLAHOMA)
        page = made(BrowseState, address="/search")

        events = [event async for event in page.load()]

        assert "/sign-in?next=%2Fsearch" in str(events)
        assert page.rows == []

    async def test_keeps_the_address_when_it_is_sorted_and_priced(self) -> None:
        page = made(BrowseState, address="/ar/search?q=pot&after=x")

        assert "/ar/search?q=pot&sort=price_asc" in str(await page.sort_by("price_asc"))
        assert "/ar/search?q=pot&min=5&max=9" in str(await page.price_between({"low": "9", "high": "5"}))


class TestHome:
    async def test_shows_what_is_new_reduced_and_who_sells(self, shelved: Shelved) -> None:
        home = made(HomeState)

        await home.load()

        assert [card.fsin for card in home.reduced] == [shelved["mugs"]]
        assert {card.title for card in home.fresh} == {"Gooseneck kettle", "Stoneware mugs", "Table lamp"}
        assert [(shop.name, shop.products) for shop in home.shops] == [
            ("Dar Al Fakhar", "3 products"),
            ("Qahwa & Co.", "1 product"),
        ]
        assert all(len(shop.images) == 3 for shop in home.shops)

    @pytest.mark.usefixtures("shelved")
    async def test_shows_visitors_nothing_where_only_members_look(self) -> None:
        profile.choose(profile.OKLAHOMA)
        home = made(HomeState)

        await home.load()

        assert (home.is_open, home.fresh, home.is_loaded) == (False, [], True)


class TestFrame:
    @pytest.mark.usefixtures("shelved")
    async def test_names_the_categories_and_marks_the_one_one_is_in(self) -> None:
        frame = made(ShopFrameState, address="/c/cups")

        await frame.load()

        assert "kitchen" in [category.slug for category in frame.categories]
        assert frame.current == "kitchen"

    async def test_suggests_how_a_word_may_go_on(self, shelved: Shelved) -> None:
        frame = made(ShopFrameState)

        await frame.suggest("goose")

        assert [(row.kind, row.href) for row in frame.suggestions] == [
            ("query", "/search?q=gooseneck"),
            ("product", f"/p/{shelved['kettle']}"),
        ]
        await frame.suggest("g")
        assert frame.suggestions == []
