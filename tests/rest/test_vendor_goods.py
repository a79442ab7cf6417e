"""A vendor's products, listings and stock over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from marketplace import inventory
from marketplace.flows.compositions import installing
from marketplace.inventory import Want
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.ids import ListingId, OrderLineId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

Join = Callable[..., dict[str, str]]

UPC = "096009010836"
KETTLE = {"title": "Gooseneck kettle, 0.9 L", "category": "kettles", "brand": "Fellhaven"}
PRICE = {"minor": 149_00, "currency": "SAR"}
OFFER = {"price": PRICE, "on_hand": 62, "sku": "QW-KET-BLK", "tiers": [{"min_quantity": 5, "discount_percent": "5"}]}


@pytest.fixture(autouse=True)
def _installed(house: House) -> None:
    def install(_actor: Actor, uow: UnitOfWork) -> None:
        installing.install(uow)

    house.db.transact(install, visitor())


@pytest.fixture
def vendor(join: Join) -> dict[str, str]:
    return join(kind="vendor", name="Qahwa & Co.")


@pytest.fixture
def listed(client: TestClient, vendor: dict[str, str]) -> dict[str, Any]:
    made = client.post("/vendor/products", json=KETTLE | {"listing": OFFER}, headers=vendor)
    assert made.status_code == 201, made.text
    proposed: dict[str, Any] = made.json()
    return proposed


class TestProducts:
    def test_are_made_and_sold_in_one_call(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        product, listing = listed["product"], listed["listing"]

        assert (product["title"], product["state"], product["revision"]) == (KETTLE["title"], "published", 1)
        assert product["category"] == {"slug": "kettles", "path": ["kitchen", "kettles"]}
        assert (listing["fsin"], listing["price"], listing["is_live"]) == (product["fsin"], PRICE, True)
        assert listing["tiers"] == [
            {"min_quantity": 5, "discount_percent": "5.00", "unit_price": {"minor": 141_55, "currency": "SAR"}}
        ]
        assert listing["stock"]["available"] == 62
        assert client.get("/vendor/products", headers=vendor).json()["items"] == [product]
        assert client.get("/vendor/listings", headers=vendor).json()["items"] == [listing]

    def test_are_made_once_for_a_key(self, client: TestClient, vendor: dict[str, str]) -> None:
        named = vendor | {"Idempotency-Key": "kettle-1"}

        first = client.post("/vendor/products", json=KETTLE, headers=named)
        again = client.post("/vendor/products", json=KETTLE, headers=named)

        assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert len(client.get("/vendor/products", headers=vendor).json()["items"]) == 1

    def test_name_the_fields_that_will_not_do(self, client: TestClient, vendor: dict[str, str]) -> None:
        answer = client.post("/vendor/products", json=KETTLE | {"title": "K", "upc": "096009010837"}, headers=vendor)

        assert (answer.status_code, answer.json()["code"]) == (422, "catalog.product_invalid")
        assert [error["field"] for error in answer.json()["errors"]] == ["title", "upc"]

    def test_are_changed_at_once_by_the_only_store_that_sells_them(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        answer = client.patch(
            f"/vendor/products/{listed['product']['fsin']}", json={"brand": None, "title_ar": "غلاية"}, headers=vendor
        )

        assert answer.status_code == 200
        assert (answer.json()["brand"], answer.json()["title_ar"]) == (None, "غلاية")
        assert (answer.json()["title"], answer.json()["revision"]) == (KETTLE["title"], 2)

    def test_are_changed_by_request_once_others_sell_them(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any], join: Join
    ) -> None:
        fsin, other = listed["product"]["fsin"], join(kind="vendor", name="Najd Home")
        client.post("/vendor/listings", json=OFFER | {"fsin": fsin}, headers=other)

        answer = client.patch(f"/vendor/products/{fsin}", json={"brand": "Barq"}, headers=vendor)

        assert (answer.status_code, answer.json()["state"]) == (202, "accepted")
        assert (answer.json()["before"], answer.json()["after"]) == ({"brand": "Fellhaven"}, {"brand": "Barq"})
        assert answer.json()["product"]["brand"] == "Barq"

    def test_refuse_a_change_against_an_older_revision(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        path = f"/vendor/products/{listed['product']['fsin']}"
        client.patch(path, json={"brand": "Barq"}, headers=vendor)

        answer = client.patch(path, json={"brand": "Sahla", "base_revision": 1}, headers=vendor)

        assert (answer.status_code, answer.json()["code"]) == (409, "catalog.revision_changed")
        assert answer.json()["revision"] == 2

    def test_go_with_the_last_listing(self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]) -> None:
        answer = client.delete(f"/vendor/products/{listed['product']['fsin']}", headers=vendor)

        assert (answer.status_code, answer.content) == (204, b"")
        assert client.get("/vendor/products", headers=vendor).json()["items"] == []
        assert client.get("/vendor/listings", headers=vendor).json()["items"] == []
        assert client.get(f"/vendor/products/{listed['product']['fsin']}", headers=vendor).status_code == 404

    def test_are_no_business_of_a_buyer(self, client: TestClient, join: Join) -> None:
        assert client.post("/vendor/products", json=KETTLE, headers=join()).status_code == 403
        assert client.get("/vendor/products").status_code == 401


class TestListings:
    def test_join_a_product_by_its_number(self, client: TestClient, listed: dict[str, Any], join: Join) -> None:
        other = join(kind="vendor", name="Najd Home")

        made = client.post("/vendor/listings", json=OFFER | {"fsin": listed["product"]["fsin"]}, headers=other)
        twice = client.post("/vendor/listings", json=OFFER | {"fsin": listed["product"]["fsin"]}, headers=other)

        assert (made.status_code, made.json()["fsin"]) == (201, listed["product"]["fsin"])
        assert twice.status_code == 409
        assert twice.json()["code"] in {"catalog.sku_taken", "catalog.listed_already"}

    def test_change_in_part(self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]) -> None:
        path = f"/vendor/listings/{listed['listing']['id']}"
        wish = {"list_price": {"minor": 179_00, "currency": "SAR"}, "max_quantity": 10, "is_paused": True}

        answer = client.patch(path, json=wish, headers=vendor)

        assert answer.status_code == 200
        seen = answer.json()
        assert (seen["price"], seen["list_price"]["minor"], seen["max_quantity"]) == (PRICE, 179_00, 10)
        assert (seen["tiers"], seen["state"], seen["is_live"]) == (listed["listing"]["tiers"], "paused", False)
        cleared = client.patch(path, json={"max_quantity": None, "is_paused": False}, headers=vendor).json()
        assert (cleared["max_quantity"], cleared["list_price"]["minor"], cleared["is_live"]) == (None, 179_00, True)
        assert client.get(path, headers=vendor).json() == cleared

    def test_refuse_a_price_against_an_older_version(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        path = f"/vendor/listings/{listed['listing']['id']}"
        wish = {"price": {"minor": 139_00, "currency": "SAR"}, "expected_version": 1}

        assert client.patch(path, json=wish, headers=vendor).status_code == 200
        again = client.patch(path, json=wish | {"price": {"minor": 1_00, "currency": "SAR"}}, headers=vendor)

        assert (again.status_code, again.json()["code"]) == (409, "pricing.version_changed")

    @pytest.mark.parametrize("before", [149_00, 148_99])
    def test_refuse_a_price_before_that_is_not_above_the_price(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any], before: int
    ) -> None:
        wish = {"list_price": {"minor": before, "currency": "SAR"}}

        refused = client.patch(f"/vendor/listings/{listed['listing']['id']}", json=wish, headers=vendor)

        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == ["list_price"]

    def test_refuse_tiers_that_do_not_get_better(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        tiers = [{"min_quantity": 5, "discount_percent": "5"}, {"min_quantity": 10, "discount_percent": "4.9999"}]

        answer = client.patch(f"/vendor/listings/{listed['listing']['id']}", json={"tiers": tiers}, headers=vendor)

        assert (answer.status_code, answer.json()["code"]) == (422, "pricing.terms_invalid")
        assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [
            ("tiers.1.discount", "not_better")
        ]

    def test_are_found_by_state_and_words(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]
    ) -> None:
        path = f"/vendor/listings/{listed['listing']['id']}"

        assert client.delete(path, headers=vendor).status_code == 204

        found = {
            query: [one["id"] for one in client.get(f"/vendor/listings?{query}", headers=vendor).json()["items"]]
            for query in ("", "state=closed", "state=closed&q=qw-ket", "state=closed&q=mug")
        }
        own = [listed["listing"]["id"]]
        assert list(found.values()) == [[], own, own, []]

    def test_of_another_store_are_not_there(self, client: TestClient, listed: dict[str, Any], join: Join) -> None:
        path, stranger = f"/vendor/listings/{listed['listing']['id']}", join(kind="vendor", name="Najd Home")

        answers = [
            client.get(path, headers=stranger),
            client.patch(path, json={"is_paused": True}, headers=stranger),
            client.delete(path, headers=stranger),
            client.get(f"{path}/stock", headers=stranger),
            client.put(f"{path}/stock", json={"on_hand": 1, "expected_version": 1}, headers=stranger),
            client.post(f"{path}/stock/adjustments", json={"kind": "lost", "quantity": 1}, headers=stranger),
        ]

        assert [answer.status_code for answer in answers] == [404] * 6


class TestStock:
    def test_is_counted_by_version(self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]) -> None:
        path = f"/vendor/listings/{listed['listing']['id']}/stock"

        counted = client.put(path, json={"on_hand": 60, "expected_version": 1}, headers=vendor)
        late = client.put(path, json={"on_hand": 61, "expected_version": 1}, headers=vendor)

        assert (counted.status_code, counted.json()["on_hand"], counted.json()["version"]) == (200, 60, 2)
        assert (late.status_code, late.json()["code"]) == (409, "inventory.version_changed")
        assert (late.json()["on_hand"], late.json()["version"]) == (60, 2)
        assert client.get(path, headers=vendor).json() == counted.json()

    def test_never_falls_below_what_is_promised(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any], house: House
    ) -> None:
        listing_id = ListingId(UUID(listed["listing"]["id"]))

        def promise(_actor: Actor, uow: UnitOfWork) -> None:
            inventory.reserve(uow, wants=[Want(listing_id, 17, OrderLineId(new_uuid()))])

        house.db.transact(promise, visitor())

        answer = client.put(
            f"/vendor/listings/{listing_id}/stock", json={"on_hand": 15, "expected_version": 1}, headers=vendor
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "inventory.below_promised")
        assert answer.json()["blocked"] == 17
        assert answer.json()["detail"] == "17 are promised to orders. Enter 17 or more, or cancel orders first."

    def test_remembers_why_it_moved(self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any]) -> None:
        path = f"/vendor/listings/{listed['listing']['id']}/stock"

        answer = client.post(
            f"{path}/adjustments", json={"kind": "damage", "quantity": 2, "reason": "Dropped"}, headers=vendor
        )

        assert (answer.status_code, answer.json()["on_hand"]) == (201, 60)
        moved = client.get(f"{path}/movements", headers=vendor).json()["items"]
        assert [(one["kind"], one["on_hand"], one["reason"]) for one in moved] == [
            ("damage", -2, "Dropped"),
            ("receive", 62, "opening stock"),
        ]

    @pytest.mark.parametrize("on_hand", [-1, 10_000_001, 1.5, "7", None, 10**30])
    def test_takes_only_whole_numbers_that_fit(
        self, client: TestClient, vendor: dict[str, str], listed: dict[str, Any], on_hand: object
    ) -> None:
        answer = client.put(
            f"/vendor/listings/{listed['listing']['id']}/stock",
            json={"on_hand": on_hand, "expected_version": 1},
            headers=vendor,
        )

        assert answer.status_code == 422


class TestDelivery:
    def test_is_by_terms_of_the_house_until_the_store_sets_its_own(
        self, client: TestClient, vendor: dict[str, str]
    ) -> None:
        own = {
            "flat": {"minor": 10_00, "currency": "SAR"},
            "free_over": None,
            "handling_days": 0,
            "transit_days": 2,
        }

        assert client.get("/vendor/delivery", headers=vendor).json()["flat"]["minor"] == 15_00
        assert client.put("/vendor/delivery", json=own, headers=vendor).json() == own
        assert client.get("/vendor/delivery", headers=vendor).json() == own
