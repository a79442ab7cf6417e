"""Orders as files."""

import csv
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders.models import Order
from marketplace.ports import House
from tests.factories.sales import Market

Headers = dict[str, str]
Join = Callable[..., Headers]


@pytest.fixture
def vendor(join: Join) -> Headers:
    """Somebody who sells."""
    return join(kind="vendor", name="=Dune")


@pytest.fixture
def numbers(house: House, client: TestClient, vendor: Headers) -> list[str]:
    """The numbers of an order of that vendor, and of one of another."""
    store_id = StoreId(client.get("/me", headers=vendor).json()["store"]["id"])

    def sell(_actor: Actor, uow: UnitOfWork) -> list[str]:
        market = Market(uow)
        own, other = market.sell(), market.sell(5_750, fee=500, fee_vat=75)
        uow.session.get_one(Order, own.id).store_id = store_id
        return [own.number, other.number]

    return house.db.transact(sell, visitor())


class TestOrdersAsFile:
    def test_has_a_row_for_each_order_of_the_vendor(
        self, client: TestClient, vendor: Headers, numbers: list[str]
    ) -> None:
        answer = client.get("/vendor/orders.csv", headers=vendor)

        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        (row,) = csv.DictReader(answer.text.splitlines())
        assert (row["number"], row["vendor"], row["state"], row["payment_state"]) == (
            numbers[0],
            "'=Dune",
            "delivered",
            "captured",
        )
        assert (row["total"], row["fee"], row["payable"], row["currency"]) == ("115.00", "11.50", "103.50", "SAR")

    def test_has_all_of_them_for_the_house(
        self, client: TestClient, hire: Callable[[SystemRole], Headers], numbers: list[str]
    ) -> None:
        answer = client.get("/admin/orders.csv?state=delivered", headers=hire(SystemRole.SUPPORT))

        assert {row["number"] for row in csv.DictReader(answer.text.splitlines())} == set(numbers)

    def test_is_narrowed_down_by_state(
        self, client: TestClient, hire: Callable[[SystemRole], Headers], numbers: list[str]
    ) -> None:
        support = hire(SystemRole.SUPPORT)

        assert client.get("/admin/orders.csv?state=placed", headers=support).text.count("\n") == 1
        assert client.get("/admin/orders.csv?state=lost", headers=support).status_code == 422

    def test_is_no_business_of_buyers(self, client: TestClient, join: Join) -> None:
        buyer = join(kind="buyer")

        assert client.get("/vendor/orders.csv", headers=buyer).status_code == 403
        assert client.get("/admin/orders.csv", headers=buyer).status_code == 403
