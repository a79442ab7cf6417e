"""Carts, checkouts and orders over HTTP."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from starlette.testclient import TestClient

from marketplace import fees, identity, taxes
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest.shapes.cart import Quote, QuoteGroup, QuoteLine
from marketplace.rest.shapes.orders import Checkout, Order, RejectedLine
from tests.factories.shelves import OnSale, make_product, put_on_sale

Join = Callable[..., dict[str, str]]
Headers = dict[str, str]

HOME = {"recipient": "Nora", "phone": "+966501234567", "line1": "7421 Anas Rd", "city": "Riyadh", "country": "SA"}

_keys = count(1)


def once(headers: Headers, key: str | None = None) -> Headers:
    return {**headers, "Idempotency-Key": key or f"key-{next(_keys)}"}


@pytest.fixture(autouse=True)
def rates_in_force(house: House) -> None:
    def install(_actor: Actor, uow: UnitOfWork) -> None:
        taxes.install_default(uow)
        fees.install_default(uow)

    house.db.transact(install, system("test"))


@pytest.fixture
def buyer(join: Join) -> Headers:
    return join(kind="buyer", name="Nora's home")


@pytest.fixture
def vendor(join: Join) -> Headers:
    return join(kind="vendor", name="Qahwa & Co.")


@pytest.fixture
def kettle(house: House, client: TestClient, vendor: Headers) -> OnSale:
    store_id = StoreId(client.get("/me", headers=vendor).json()["store"]["id"])
    return house.db.transact(_shelve, system("test"), store_id=store_id)


def _shelve(_actor: Actor, uow: UnitOfWork, *, store_id: StoreId) -> OnSale:
    product = make_product(uow, "Gooseneck kettle", owner=store_id)
    return put_on_sale(uow, product, store=store_id, price=149_00, stock=10, tiers=[(5, 50_000)])


def put(client: TestClient, headers: Headers, sold: OnSale, quantity: int = 1) -> dict[str, Any]:
    wish = {"lines": [{"listing_id": str(sold.listing.id), "quantity": quantity}], "coupon_codes": []}
    answer = client.put("/cart", headers=headers, json=wish)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def agree(quote: dict[str, Any], **more: object) -> dict[str, object]:
    return {"quote_version": quote["quote_version"], "shipping_address": HOME, "payment_method": "cash", **more}


def buy(client: TestClient, headers: Headers, sold: OnSale, quantity: int = 1) -> dict[str, Any]:
    answer = client.post("/checkouts", headers=once(headers), json=agree(put(client, headers, sold, quantity)))
    assert answer.status_code == 201, answer.text
    (order,) = answer.json()["orders"]
    found: dict[str, Any] = order
    return found


class TestCart:
    def test_has_the_shape_of_the_contract(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        said = put(client, buyer, kettle, 5)

        assert set(said) == set(Quote.model_fields)
        assert set(said["groups"][0]) == set(QuoteGroup.model_fields)
        assert set(said["groups"][0]["lines"][0]) == set(QuoteLine.model_fields)
        assert said["totals"]["total"] == {"minor": 707_75, "currency": "SAR"}
        assert client.get("/cart", headers=buyer).json()["totals"] == said["totals"]

    def test_says_in_utc_until_when_a_day_of_arrival_holds(
        self, client: TestClient, buyer: Headers, kettle: OnSale
    ) -> None:
        """The hour is the vendor's own, in the vendor's zone; programs read one zone."""
        (group,) = put(client, buyer, kettle)["groups"]

        assert group["delivery"]["accept_before"].endswith("Z")

    def test_is_kept_for_a_browser_that_is_not_signed_in(self, client: TestClient, kettle: OnSale) -> None:
        assert client.get("/cart").json()["groups"] == []
        answer = client.put("/cart", json={"lines": [{"listing_id": str(kettle.listing.id), "quantity": 2}]})

        assert "HttpOnly" in answer.headers["set-cookie"]
        assert client.get("/cart").json()["groups"][0]["lines"][0]["quantity"] == 2

    def test_says_what_one_piece_comes_to_after_its_quantity_price(
        self, client: TestClient, buyer: Headers, kettle: OnSale
    ) -> None:
        (line,) = put(client, buyer, kettle, 5)["groups"][0]["lines"]

        assert (line["unit_price"]["minor"], line["unit_price_paid"]["minor"]) == (149_00, 141_55)
        assert line["line_total"]["minor"] == 5 * 141_55

    def test_warns_in_the_readers_language(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        said = put(client, {**buyer, "Accept-Language": "ar-SA,ar;q=0.9"}, kettle, 11)

        (warning,) = said["groups"][0]["lines"][0]["warnings"]
        assert warning == {"code": "not_available", "message": "لم يبقَ سوى \u206810\u2069: خذ أقل."}

    @pytest.mark.parametrize("quantity", [0, -1, 100_001, "two", 1.5])
    def test_refuses_a_quantity_that_is_none(
        self, client: TestClient, buyer: Headers, kettle: OnSale, quantity: object
    ) -> None:
        wish = {"lines": [{"listing_id": str(kettle.listing.id), "quantity": quantity}]}

        assert client.put("/cart", headers=buyer, json=wish).status_code == 422


class TestCheckout:
    def test_has_the_shape_of_the_contract(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        answer = client.post("/checkouts", headers=once(buyer), json=agree(put(client, buyer, kettle)))

        said = answer.json()
        assert answer.status_code == 201
        assert set(said) == set(Checkout.model_fields)
        assert set(said["orders"][0]) == set(Order.model_fields)
        assert said["orders"][0]["moves"][0]["from"] is None
        assert said["orders"][0]["moves"][0]["to"] == said["orders"][0]["state"] == "placed"

    def test_names_what_could_not_be_ordered_and_says_why_in_the_readers_language(
        self, client: TestClient, house: House, buyer: Headers, kettle: OnSale
    ) -> None:
        other = house.db.transact(_shelve, system("test"), store_id=kettle.listing.store_id)
        lines = [
            {"listing_id": str(sold.listing.id), "quantity": wanted} for sold, wanted in ((kettle, 1), (other, 11))
        ]
        quote = client.put("/cart", headers=buyer, json={"lines": lines}).json()

        answer = client.post("/checkouts", headers={**once(buyer), "Accept-Language": "ar"}, json=agree(quote))

        (line,) = answer.json()["rejected_lines"]
        assert set(line) == set(RejectedLine.model_fields)
        assert (line["listing_id"], line["title"]) == (str(other.listing.id), "Gooseneck kettle")
        assert line["message"].startswith("لم يتبقَّ سوى")

    def test_asked_twice_with_one_key_is_asked_once(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        wish, headers = agree(put(client, buyer, kettle)), once(buyer, "the-same")

        first = client.post("/checkouts", headers=headers, json=wish)
        again = client.post("/checkouts", headers=headers, json=wish)

        assert (first.status_code, again.status_code) == (201, 201)
        assert again.content == first.content
        assert again.headers["Idempotent-Replayed"] == "true"
        assert len(client.get("/orders", headers=buyer).json()["items"]) == 1

    def test_answers_an_old_quote_with_the_new_one(
        self, client: TestClient, house: House, buyer: Headers, kettle: OnSale
    ) -> None:
        quote = put(client, buyer, kettle)

        def raise_price(_actor: Actor, uow: UnitOfWork) -> None:
            uow.session.merge(kettle.price).price_minor = 158_00

        house.db.transact(raise_price, system("test"))
        refused = client.post("/checkouts", headers=once(buyer), json=agree(quote))
        taken = client.post("/checkouts", headers=once(buyer), json=agree(refused.json()["quote"]))

        assert (refused.status_code, refused.json()["code"]) == (409, "checkout.quote_changed")
        assert refused.json()["differences"][0] == {
            "code": "price_changed",
            "listing_id": str(kettle.listing.id),
            "store_id": None,
            "before": 149_00,
            "now": 158_00,
        }
        assert taken.status_code == 201

    def test_takes_an_address_of_the_book(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        (known,) = client.get("/addresses", headers=buyer).json()["items"]
        wish = agree(put(client, buyer, kettle), shipping_address={"address_id": known["id"]})

        answer = client.post("/checkouts", headers=once(buyer), json=wish)

        assert answer.json()["orders"][0]["address"]["line1"] == "12 Olaya Street"

    def test_needs_a_key_and_somebody_who_may_buy(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        wish = agree(put(client, buyer, kettle))

        assert client.post("/checkouts", headers=buyer, json=wish).json()["code"] == "idempotency.key_missing"
        assert client.post("/checkouts", headers=once({}), json=wish).status_code == 401


class TestOrders:
    def test_show_the_buyer_his_own(
        self, client: TestClient, buyer: Headers, vendor: Headers, join: Join, kettle: OnSale
    ) -> None:
        order = buy(client, buyer, kettle)
        stranger = join(name="Somebody else")

        assert client.get(f"/orders/{order['number'].lower()}", headers=buyer).json()["can"] == ["cancel", "nudge"]
        assert client.get(f"/orders/{order['number']}", headers=stranger).status_code == 404
        assert client.get(f"/orders/{order['number']}", headers=vendor).status_code == 404
        assert client.get("/orders", headers=stranger).json() == {"items": [], "next_cursor": None}

    def test_page_by_key(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        numbers = [buy(client, buyer, kettle)["number"] for _ in range(3)]

        first = client.get("/orders", headers=buyer, params={"limit": 2}).json()
        second = client.get("/orders", headers=buyer, params={"limit": 2, "cursor": first["next_cursor"]}).json()

        assert [order["number"] for order in first["items"] + second["items"]] == numbers[::-1]
        assert second["next_cursor"] is None
        assert client.get("/orders", headers=buyer, params={"cursor": "WzEsMl0"}).status_code == 422

    def test_are_canceled_by_the_buyer(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        order = buy(client, buyer, kettle)

        answer = client.post(
            f"/orders/{order['number']}/cancel", headers=once(buyer), json={"reason": "ordered_by_mistake"}
        )

        assert (answer.status_code, answer.json()["state"]) == (200, "canceled")

    def test_are_nudged_once_a_day(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        order = buy(client, buyer, kettle)

        first = client.post(f"/orders/{order['number']}/nudge", headers=once(buyer))
        second = client.post(f"/orders/{order['number']}/nudge", headers=once(buyer))

        assert (first.status_code, second.status_code) == (200, 429)
        assert second.json()["code"] == "orders.nudged_lately"
        assert int(second.headers["Retry-After"]) > 86_000


class TestVendorOrders:
    def test_are_decided_and_packed(self, client: TestClient, buyer: Headers, vendor: Headers, kettle: OnSale) -> None:
        order = buy(client, buyer, kettle)
        path = f"/vendor/orders/{order['number']}"
        (line,) = client.get(path, headers=vendor).json()["lines"]
        wish = {"lines": [{"line_id": line["id"], "decision": "accept"}]}

        decided = client.post(f"{path}/decision", headers=once(vendor), json=wish)
        packed = client.post(f"{path}/ready", headers=once(vendor))

        assert (decided.json()["state"], packed.json()["state"]) == ("accepted", "ready")
        waiting = client.get("/vendor/orders", headers=vendor, params={"state": "ready"}).json()["items"]
        assert [one["number"] for one in waiting] == [order["number"]]
        assert decided.json()["fee"]["minor"] > 0
        assert client.get(f"/orders/{order['number']}", headers=buyer).json()["fee"] is None

    def test_are_not_the_buyers_to_decide(self, client: TestClient, buyer: Headers, kettle: OnSale) -> None:
        order = buy(client, buyer, kettle)
        wish = {"lines": [{"line_id": order["lines"][0]["id"], "decision": "accept"}]}

        answer = client.post(f"/vendor/orders/{order['number']}/decision", headers=once(buyer), json=wish)

        assert answer.status_code == 403


class TestAdminOrders:
    def test_are_held_and_let_go(
        self, client: TestClient, buyer: Headers, kettle: OnSale, hire: Callable[[SystemRole], Headers]
    ) -> None:
        order = buy(client, buyer, kettle)
        support = hire(identity.SystemRole.SUPPORT)
        path = f"/admin/orders/{order['number']}"

        held = client.post(f"{path}/hold", headers=once(support), json={"reason": "address", "note": "No such street"})
        let_go = client.post(f"{path}/resume", headers=once(support))

        assert [hold["reason"] for hold in held.json()["holds"]] == ["address"]
        assert let_go.json()["holds"] == []
        assert [one["number"] for one in client.get("/admin/orders", headers=support).json()["items"]] == [
            order["number"]
        ]
        assert client.get(path, headers=buyer).status_code == 403
