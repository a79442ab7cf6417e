"""What the page of a product shows and does."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col

from marketplace.catalog import Attribute
from marketplace.catalog.models import Product
from marketplace.inventory.models import Stock
from marketplace.kernel.ids import new_uuid
from marketplace.rest.cookies import DEVICE_COOKIE
from state.session import SessionState
from state.shop.product import ProductState
from tests.factories.houses import Do
from tests.state.shop.conftest import Shelved
from tests.state.states import made


async def seen(fsin: str, *, language: str = "", cookie: str = "") -> ProductState:
    page = made(ProductState, address=f"{language}/p/{fsin}", cookie=cookie)
    await again(page)
    return page


async def again(page: ProductState) -> list[Any]:
    return [step async for step in page.load()]


class TestProduct:
    async def test_shows_the_best_offer_and_the_others(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"])

        assert (page.title, page.brand, page.has_offer) == ("Gooseneck kettle", "Fellhaven", True)
        assert (page.offer.price, page.offer.store, page.offer.stock) == (
            "SAR\u00a0149.00",
            "Qahwa & Co.",
            "In stock, 42 left",
        )
        assert page.offer.delivery == "Delivery SAR\u00a015.00, free from SAR\u00a0200.00"
        assert [(row.store, row.together, row.is_featured) for row in page.offers] == [
            ("Qahwa & Co.", "SAR\u00a0164.00", True),
            ("Dar Al Fakhar", "SAR\u00a0205.00", False),
        ]
        assert [step.words for step in page.way] == ["Kitchen", "Kettles"]
        assert [picture.source for picture in page.pictures] == ["/placeholders/kettles.svg"]

    async def test_speaks_the_language_of_the_page(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], language="/ar")

        assert (page.title, page.offer.price) == ("غلاية", "149.00\u00a0ر.س")

    @pytest.mark.parametrize(
        ("language", "facts"),
        [
            ("", [("Material", "Stainless steel"), ("Spout", "Long")]),
            ("/ar", [("المادة", "فولاذ مقاوم للصدأ"), ("Spout", "Long")]),
        ],
    )
    async def test_says_its_details_in_the_language_of_the_page_as_far_as_they_are_said_in_it(
        self, shelved: Shelved, done: Do, language: str, facts: list[tuple[str, str]]
    ) -> None:
        steel = Attribute("Material", "Stainless steel", value_ar="فولاذ مقاوم للصدأ").stored()
        said = [steel, Attribute("Spout", "Long").stored()]
        named = update(Product).where(col(Product.fsin) == shelved["kettle"]).values(attributes=said)
        done(lambda uow: uow.session.execute(named))

        page = await seen(shelved["kettle"], language=language)

        assert [(fact.name, fact.value) for fact in page.facts] == facts

    async def test_shows_how_the_price_falls_with_the_quantity(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"])

        await page.want(5)

        assert [(row.quantity, row.each, row.saved, row.is_current) for row in page.tiers] == [
            ("1 to 4", "SAR\u00a0149.00", "–", False),
            ("5 to 9", "SAR\u00a0141.55", "5\u00a0%", True),
            ("10 or more", "SAR\u00a0134.10", "10\u00a0%", False),
        ]
        assert (page.each, page.comes_to) == ("SAR\u00a0141.55", "SAR\u00a0707.75")

    async def test_wants_no_more_than_there_is_and_no_less_than_is_sold(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"])

        await page.want(500)
        assert page.quantity == 42
        await page.more()
        assert page.quantity == 42
        await page.want(1)
        await page.less()
        assert page.quantity == 1

    async def test_keeps_the_quantity_when_it_is_refreshed(self, shelved: Shelved, done: Do) -> None:
        page = await seen(shelved["kettle"])
        await page.want(4)
        done(lambda uow: uow.session.execute(update(Stock).where(col(Stock.on_hand) == 42).values(on_hand=3)))

        await again(page)

        assert (page.quantity, page.offer.stock, page.offer.is_low) == (3, "Only 3 left", True)

    async def test_says_why_nothing_can_be_bought(self, shelved: Shelved) -> None:
        page = await seen(shelved["lamp"])

        assert (page.has_offer, page.category_href) == (False, "/c/lighting")
        assert page.why.startswith("Every shop that sells it has run out.")

    @pytest.mark.usefixtures("house")
    async def test_says_that_there_is_no_such_product(self) -> None:
        assert (await seen("FX000000000000")).trouble_kind == "missing"


class TestAdd:
    async def test_fills_the_cart_of_a_visitor_and_counts_it(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], cookie=f"{DEVICE_COOKIE}={uuid4()}")

        said = await page.add(shelved["first"], 2)
        await page.add(shelved["second"], 1)

        assert "In your cart: 2 of Gooseneck kettle." in str(said)
        assert (await page.get_state(SessionState)).cart_count == 2

    async def test_calls_what_was_put_in_as_the_page_does(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], language="/ar", cookie=f"{DEVICE_COOKIE}={uuid4()}")

        said = str(await page.add(shelved["first"], 2))

        assert "غلاية" in said
        assert "Gooseneck" not in said

    async def test_says_when_more_is_wanted_than_there_is(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], cookie=f"{DEVICE_COOKIE}={uuid4()}")

        assert "Only 3 are left: take fewer." in str(await page.add(shelved["second"], 4))

    async def test_says_so_of_what_nobody_offers(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], cookie=f"{DEVICE_COOKIE}={uuid4()}")

        assert "Nobody offers this any more" in str(await page.add(str(new_uuid()), 1))

    async def test_leads_a_browser_without_cookies_to_the_door(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"])

        assert "/sign-in?next=" in str(await page.add(shelved["first"], 1))

    async def test_goes_on_to_pay(self, shelved: Shelved) -> None:
        page = await seen(shelved["kettle"], cookie=f"{DEVICE_COOKIE}={uuid4()}")

        assert "/checkout" in str(await page.buy(shelved["first"], 1))
