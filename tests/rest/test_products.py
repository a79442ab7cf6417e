"""Products over HTTP."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from marketplace import search
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system, visitor
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest.shapes.products import Products
from marketplace.search import Query
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_category, make_product, put_on_sale

Sell = Callable[..., OnSale]


@pytest.fixture
def sell(house: House) -> Sell:
    def sold(title: str = "Kettle", **offered: object) -> OnSale:
        return house.db.transact(_sell, system("test"), title=title, offered=offered)

    return sold


def _sell(_actor: Actor, uow: UnitOfWork, *, title: str, offered: dict[str, object]) -> OnSale:
    store = make_vendor(uow, name="Dune").id
    product = make_product(uow, title, owner=store, title_ar="غلاية")
    sold = put_on_sale(uow, product, store=store, **offered)  # type: ignore[arg-type]  # as the test says
    search.index(uow, product_ids=[product.id])
    return sold


class TestList:
    def test_has_the_shape_of_the_contract(self, client: TestClient, sell: Sell) -> None:
        sold = sell(price=115_00)

        answer = client.get("/products", params={"q": "ketle", "limit": 5})

        assert answer.status_code == 200
        read = Products.model_validate(answer.json())
        assert read.items[0].fsin == sold.product.fsin
        assert read.items[0].price is not None
        assert read.items[0].price.minor == 115_00
        assert read.corrected_query == "kettle"
        assert set(answer.json()) == set(Products.model_fields)
        assert set(answer.json()["items"][0]) == set(type(read.items[0]).model_fields)
        assert set(answer.json()["facets"]) == set(type(read.facets).model_fields)

    def test_says_what_the_view_says(self, client: TestClient, house: House, sell: Sell) -> None:
        sell(price=115_00, list_price=120_00, tiers=[(5, 50_000)])
        found = house.db.read(search.find, visitor(), query=Query())

        (card,) = found.cards
        (item,) = Products.model_validate(client.get("/products").json()).items

        assert item.price is not None
        assert item.list_price is not None
        assert (item.fsin, item.title, item.brand, item.category) == (card.fsin, card.title, card.brand, card.category)
        assert card.price == Money(item.price.minor, item.price.currency)
        assert card.list_price == Money(item.list_price.minor, item.list_price.currency)
        assert (item.badges, item.availability, item.offer_count) == (card.badges, card.availability, card.offer_count)

    def test_goes_on_from_page_to_page(self, client: TestClient, sell: Sell) -> None:
        for number in range(3):
            sell(f"Kettle {number}")

        first = client.get("/products", params={"limit": 2}).json()
        second = client.get("/products", params={"limit": 2, "cursor": first["next_cursor"]}).json()

        titles = [item["title"] for item in (*first["items"], *second["items"])]
        assert sorted(titles) == ["Kettle 0", "Kettle 1", "Kettle 2"]
        assert second["next_cursor"] is None

    def test_is_in_arabic_for_who_reads_it(self, client: TestClient, sell: Sell) -> None:
        sell()

        answer = client.get("/products", headers={"Accept-Language": "ar-SA,ar;q=0.9,en;q=0.5"})

        assert [item["title"] for item in answer.json()["items"]] == ["غلاية"]

    @pytest.mark.parametrize(
        "asked",
        ["cursor=nope", "sort=best", "limit=0", "limit=101", "min_price=-1", "min_price=2&max_price=1", "badge=cheap",
         "min_rating=6", "store=x", "q=" + "a" * 201],
    )  # fmt: skip
    def test_refuses_what_it_does_not_understand(self, client: TestClient, asked: str) -> None:
        answer = client.get(f"/products?{asked}")

        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(
        "asked", ["q=%00", "q=%ED%A0%80", "q='%22%5C%26%7C!", "brand=%00", "category=%F0%9F%A6%84"]
    )
    def test_survives_whatever_is_typed(self, client: TestClient, asked: str) -> None:
        assert client.get(f"/products?{asked}").status_code in {200, 422}


class TestMembersOnly:
    def test_asks_visitors_to_sign_in(self, client: TestClient) -> None:
        profile.choose(profile.OKLAHOMA)

        answers = [client.get(path).status_code for path in ("/products", "/products/FX1", "/categories")]

        assert answers == [401, 401, 401]


class TestProduct:
    def test_shows_the_featured_offer_and_the_others(self, client: TestClient, house: House, sell: Sell) -> None:
        sold = sell(price=300_00, tiers=[(10, 100_000)])
        house.db.transact(_offer_too, system("test"), sold=sold)

        answer = client.get(f"/products/{sold.product.fsin}").json()

        assert answer["featured_offer"]["price"] == {"minor": 250_00, "currency": "SAR"}
        assert answer["featured_offer"]["delivery"]["earliest_on"] <= answer["featured_offer"]["delivery"]["latest_on"]
        assert [offer["listing_id"] for offer in answer["other_offers"]] == [str(sold.listing.id)]
        assert answer["other_offers"][0]["tiers"] == [
            {"min_quantity": 10, "unit_price": {"minor": 270_00, "currency": "SAR"}}
        ]
        assert answer["category"] == {"slug": "kettles", "path": ["kitchen", "kettles"]}
        assert answer["why_no_offer"] is None

    def test_says_why_there_is_no_offer(self, client: TestClient, sell: Sell) -> None:
        sold = sell(stock=0)

        answer = client.get(f"/products/{sold.product.fsin}").json()

        assert answer["featured_offer"] is None
        assert answer["why_no_offer"] == "out_of_stock"
        assert len(answer["other_offers"]) == 1

    def test_is_not_found_under_a_number_of_nothing(self, client: TestClient) -> None:
        assert client.get("/products/FX000000000000").status_code == 404

    def test_that_was_merged_leads_to_its_survivor(self, client: TestClient, house: House, sell: Sell) -> None:
        sold, survivor = sell(), sell()
        house.db.transact(_merge, system("test"), sold=sold, survivor=survivor)

        answer = client.get(f"/products/{sold.product.fsin}", follow_redirects=False)

        assert answer.status_code == 301
        assert answer.headers["location"].endswith(survivor.product.fsin)
        assert client.get(f"/products/{sold.product.fsin}").json()["fsin"] == survivor.product.fsin


class TestCategories:
    def test_are_a_tree(self, client: TestClient, house: House) -> None:
        house.db.transact(_grow, system("test"))

        items = client.get("/categories").json()["items"]

        assert [(one["slug"], [child["slug"] for child in one["children"]]) for one in items] == [
            ("kitchen", ["kettles", "pans"]),
            ("garden", []),
        ]


class TestSuggestions:
    def test_finish_what_was_begun(self, client: TestClient, sell: Sell) -> None:
        sold = sell("Copper kettle")

        items = client.get("/search/suggestions", params={"q": "copper ket"}).json()["items"]

        assert {"kind": "query", "text": "copper kettle", "slug": None, "fsin": None} in items
        assert {"kind": "product", "text": "Copper kettle", "slug": None, "fsin": sold.product.fsin} in items

    def test_name_categories(self, client: TestClient, sell: Sell) -> None:
        sell()

        items = client.get("/search/suggestions", params={"q": "KIT"}).json()["items"]

        assert {"kind": "category", "text": "Kitchen", "slug": "kitchen", "fsin": None} in items

    @pytest.mark.parametrize("typed", ["", "  ", "%", "'", ":*", "\\", "a b c d e f g h i j"])
    def test_of_odd_things_are_harmless(self, client: TestClient, typed: str) -> None:
        assert client.get("/search/suggestions", params={"q": typed}).status_code == 200


def _offer_too(_actor: Actor, uow: UnitOfWork, *, sold: OnSale) -> None:
    put_on_sale(uow, sold.product, store=make_vendor(uow).id, price=250_00)


def _merge(_actor: Actor, uow: UnitOfWork, *, sold: OnSale, survivor: OnSale) -> None:
    uow.session.merge(sold.product).merge_into(survivor.product, at=uow.now)


def _grow(_actor: Actor, uow: UnitOfWork) -> None:
    for path in ("kitchen/kettles", "kitchen/pans", "garden"):
        make_category(uow, path)
