"""The road over HTTP: dispatch, the round, the door, the cash."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from starlette.testclient import TestClient

from marketplace import fees, taxes
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from marketplace.ports import House
from marketplace.rest.shapes.delivery import Stop
from tests.factories.orders import make_order, make_shopper
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

Headers = dict[str, str]
Join = Callable[..., Headers]
Hire = Callable[[SystemRole], Headers]

HOME = {"recipient": "Nora", "phone": "+966501234567", "line1": "7421 Anas Rd", "city": "Riyadh", "country": "SA"}

_keys = count(1)


def sar(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "SAR"}


@dataclass
class Town:
    """Everybody whom a parcel meets on its way."""

    client: TestClient
    buyer: Headers
    vendor: Headers
    dispatcher: Headers
    agent: Headers
    cashier: Headers
    agent_id: str
    sold: OnSale

    def get(self, path: str, who: Headers) -> Any:  # noqa: ANN401 (JSON)
        answer = self.client.get(path, headers=who)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, who: Headers, wish: object = None, *, status: int = 200, key: str | None = None) -> Any:  # noqa: ANN401 (JSON)
        headers = {**who, "Idempotency-Key": key or f"key-{next(_keys)}"}
        answer = self.client.post(path, headers=headers, json=wish)
        assert answer.status_code == status, answer.text
        return answer.json()

    def pack(self) -> str:
        """An order of two kettles, packed."""
        lines = {"lines": [{"listing_id": str(self.sold.listing.id), "quantity": 2}], "coupon_codes": []}
        quote = self.client.put("/cart", headers=self.buyer, json=lines).json()
        wish = {"quote_version": quote["quote_version"], "shipping_address": HOME, "payment_method": "cash"}
        (order,) = self.post("/checkouts", self.buyer, wish, status=201)["orders"]
        decisions = {"lines": [{"line_id": line["id"], "decision": "accept"} for line in order["lines"]]}
        self.post(f"/vendor/orders/{order['number']}/decision", self.vendor, decisions)
        self.post(f"/vendor/orders/{order['number']}/ready", self.vendor)
        return str(order["number"])

    def assign(self, number: str) -> Any:  # noqa: ANN401 (JSON)
        wish = {"order_number": number, "agent_id": self.agent_id}
        return self.post("/dispatch/assignments", self.dispatcher, wish, status=201)

    def stop(self, number: str, kind: str) -> Any:  # noqa: ANN401 (JSON)
        stops = self.get("/agent/stops", self.agent)["items"]
        return next(stop for stop in stops if (stop["order_number"], stop["kind"]) == (number, kind))

    def send(self) -> tuple[str, str]:
        """An order on its way to the door, and the stop there."""
        number = self.pack()
        self.assign(number)
        self.post(f"/agent/stops/{self.stop(number, 'pickup')['id']}/pickup", self.agent)
        return number, self.stop(number, "drop")["id"]

    def code(self, number: str) -> str:
        return str(self.get(f"/orders/{number}/code", self.buyer)["code"])


@pytest.fixture
def town(house: House, client: TestClient, join: Join, hire: Hire) -> Town:
    vendor, agent = join(kind="vendor", name="Qahwa & Co."), hire(SystemRole.AGENT)
    store_id = StoreId(client.get("/me", headers=vendor).json()["store"]["id"])

    def open_shop(_actor: Actor, uow: UnitOfWork) -> OnSale:
        taxes.install_default(uow)
        fees.install_default(uow)
        product = make_product(uow, "Gooseneck kettle", owner=store_id)
        return put_on_sale(uow, product, store=store_id, price=149_00, stock=10)

    return Town(
        client=client,
        buyer=join(kind="buyer", name="Nora's home"),
        vendor=vendor,
        dispatcher=hire(SystemRole.DISPATCHER),
        agent=agent,
        cashier=hire(SystemRole.CASHIER),
        agent_id=client.get("/me", headers=agent).json()["user"]["id"],
        sold=house.db.transact(open_shop, system("test")),
    )


class TestTheRoad:
    def test_brings_a_parcel_to_the_door_and_its_cash_into_the_safe(self, town: Town) -> None:
        number = town.pack()
        (waiting,) = town.get("/dispatch/queue", town.dispatcher)["items"]
        assert waiting["order"]["number"] == number
        assert waiting["cash_due"] == sar(298_00)

        town.assign(number)
        (agent,) = town.get("/dispatch/agents", town.dispatcher)["items"]
        assert (agent["parcels"], agent["cash_expected"]) == (1, sar(298_00))
        pickup = town.stop(number, "pickup")
        assert set(pickup) == set(Stop.model_fields)
        town.post(f"/agent/stops/{pickup['id']}/pickup", town.agent)
        drop = town.stop(number, "drop")
        assert (drop["state"], drop["cash_due"]) == ("open", sar(298_00))

        proof = {"proof": {"kind": "code", "code": town.code(number)}}
        assert town.post(f"/agent/stops/{drop['id']}/deliver", town.agent, proof)["state"] == "done"
        paid = town.post(f"/agent/stops/{drop['id']}/cash", town.agent, {"amount": sar(298_00)})
        assert (paid["cash_due"], paid["cash_taken"]) == (None, sar(298_00))
        assert town.get("/agent/cash", town.agent)["total"] == sar(298_00)

        handed = town.post("/agent/hand-overs", town.agent, {"counted": sar(298_00)}, status=201)
        (blind,) = town.get("/dispatch/hand-overs", town.cashier)["items"]
        assert (blind["declared"], blind["expected"]) == (None, None)
        counted = {"counted": sar(298_00)}
        seen = town.post(f"/dispatch/hand-overs/{handed['id']}/accept", town.cashier, counted)
        assert (seen["state"], seen["variance"]) == ("accepted", sar(0))
        assert town.get(f"/orders/{number}", town.buyer)["state"] == "delivered"
        assert town.get("/dispatch/queue", town.dispatcher)["items"] == []


class TestTheQueue:
    def test_leaves_no_order_out_however_many_are_newer(self, town: Town, house: House) -> None:
        old = town.pack()

        def flood(_actor: Actor, uow: UnitOfWork) -> None:
            store = make_vendor(uow).id
            mugs = put_on_sale(uow, make_product(uow, "Mug", owner=store), store=store, price=10_00, stock=200)
            for _ in range(101):
                make_order(uow, make_shopper(uow), (mugs, 1), state=OrderState.READY)

        house.db.transact(flood, system("test"))

        seen, page = [], town.get("/dispatch/queue?limit=100", town.dispatcher)
        seen += page["items"]
        page = town.get(f"/dispatch/queue?limit=100&cursor={page['next_cursor']}", town.dispatcher)
        seen += page["items"]
        assert page["next_cursor"] is None
        assert len({item["order"]["number"] for item in seen}) == 102
        assert seen[0]["order"]["number"] == old


class TestDeliver:
    def test_answers_422_to_a_wrong_code_and_replays_that_without_another_try(self, town: Town) -> None:
        number, drop = town.send()
        wish = {"proof": {"code": "not it"}}

        first = town.post(f"/agent/stops/{drop}/deliver", town.agent, wish, status=422, key="one-try")
        again = town.post(f"/agent/stops/{drop}/deliver", town.agent, wish, status=422, key="one-try")

        assert (first["code"], first) == ("delivery.code_wrong", again)
        assert town.get(f"/orders/{number}/code", town.buyer)["tries_left"] == 4

    @pytest.mark.parametrize(
        "wish", [{}, {"proof": {}}, {"proof": {"code": "1", "asset_id": "x"}}, {"proof": {"kind": "code"}}]
    )
    def test_refuses_what_is_no_proof(self, town: Town, wish: object) -> None:
        _, drop = town.send()

        town.post(f"/agent/stops/{drop}/deliver", town.agent, wish, status=422)


class TestCash:
    def test_answers_202_to_another_sum_until_the_dispatcher_has_decided(self, town: Town) -> None:
        number, drop = town.send()

        asked = town.post(f"/agent/stops/{drop}/cash", town.agent, {"amount": sar(290_00)}, status=202)

        (waiting,) = town.get("/dispatch/cash-exceptions", town.dispatcher)["items"]
        assert (waiting["id"], waiting["order_number"]) == (asked["exception_id"], number)
        town.post(f"/agent/stops/{drop}/cash", town.agent, {"amount": sar(298_00)}, status=409)
        decided = town.post(f"/dispatch/cash-exceptions/{waiting['id']}/decision", town.dispatcher, {"accept": True})
        assert decided["state"] == "accepted"
        assert town.get("/agent/cash", town.agent)["total"] == sar(290_00)


class TestFail:
    def test_ends_with_the_vendor_after_three_attempts(self, town: Town) -> None:
        number, drop = town.send()
        for _ in range(2):
            town.post(f"/agent/stops/{drop}/fail", town.agent, {"reason": "not_home"})
            town.post(f"/agent/stops/{drop}/pickup", town.agent)
        shop = town.stop(number, "pickup")
        back = town.post(f"/agent/stops/{drop}/fail", town.agent, {"reason": "refused"})
        assert (back["state"], back["contact"], back["address"]) == ("returning", shop["contact"], shop["address"])

        town.post(f"/vendor/orders/{number}/returned", town.buyer, status=403)
        town.post(f"/vendor/orders/{number}/returned", town.vendor)

        assert town.get(f"/orders/{number}", town.buyer)["state"] == "returned"


class TestDoors:
    def test_are_shut_to_everybody_else(self, town: Town, join: Join, hire: Hire) -> None:
        number, drop = town.send()
        stranger, other = join(kind="buyer", name="Elsewhere"), hire(SystemRole.AGENT)

        assert town.client.get("/dispatch/queue", headers=town.agent).status_code == 403
        assert town.client.get("/agent/stops", headers=town.buyer).status_code == 403
        assert town.client.get("/dispatch/hand-overs", headers=town.dispatcher).status_code == 403
        assert town.client.get(f"/agent/stops/{drop}", headers=other).status_code == 404
        assert town.client.get(f"/orders/{number}/code", headers=stranger).status_code == 404
        assert town.client.get(f"/orders/{number}/code", headers=town.vendor).status_code == 404

    def test_take_a_number_in_small_letters_and_no_other_signs(self, town: Town) -> None:
        number = town.pack()
        town.assign(number.lower())

        assert town.get(f"/orders/{number.lower()}/code", town.buyer)["order_number"] == number
        town.post(f"/vendor/orders/{number.lower()}/returned", town.vendor, status=409)
        for odd in ("%00", "25-0101%0A", "'"):
            assert town.client.get(f"/orders/{odd}/code", headers=town.buyer).status_code == 422
            town.post(f"/vendor/orders/{odd}/returned", town.vendor, status=422)

    def test_of_the_house_are_shut_to_both_sides_of_an_order(self, town: Town) -> None:
        number = town.pack()
        deeds: dict[str, object] = {"hold": {"reason": "stock"}, "resume": None, "cancel": None}

        for who in (town.buyer, town.vendor):
            for path in ("/admin/orders", "/admin/orders.csv", f"/admin/orders/{number}"):
                assert town.client.get(path, headers=who).status_code == 403, path
            for deed, wish in deeds.items():
                town.post(f"/admin/orders/{number}/{deed}", who, wish, status=403)

    @pytest.mark.parametrize("role", [SystemRole.SUPPORT, SystemRole.DISPATCHER, SystemRole.FINANCE, SystemRole.ADMIN])
    def test_show_the_house_orders_in_its_own_area_alone(self, town: Town, hire: Hire, role: SystemRole) -> None:
        number, _ = town.send()
        helper = hire(role)

        assert town.get("/orders", helper)["items"] == town.get("/vendor/orders", helper)["items"] == []
        for path in (f"/orders/{number}", f"/orders/{number}/code", f"/vendor/orders/{number}"):
            assert town.client.get(path, headers=helper).status_code == 404, path
        assert [order["number"] for order in town.get("/admin/orders", helper)["items"]] == [number]
        assert town.get(f"/admin/orders/{number}", helper)["delivery_code"] is None
