"""Payouts over HTTP."""

import csv
from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from marketplace import settlement
from marketplace.identity import StoreView, SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from tests.factories.sales import Market

Hire = Callable[[SystemRole], dict[str, str]]


@pytest.fixture
def proposed(house: House) -> tuple[StoreView, str]:
    """A vendor with a payout of 103.50 SAR for one order, and the number of that order."""

    def propose(_actor: Actor, uow: UnitOfWork) -> tuple[StoreView, str]:
        market = Market(uow)
        order = market.sell(delivered_at=uow.now - timedelta(days=8))
        settlement.mature(uow)
        settlement.propose(uow)
        return market.vendor, order.number

    return house.db.transact(propose, visitor())


class TestPayouts:
    def test_are_listed_for_finance(self, client: TestClient, hire: Hire, proposed: tuple[StoreView, str]) -> None:
        vendor, number = proposed

        (payout,) = client.get("/admin/payouts?state=proposed", headers=hire(SystemRole.FINANCE)).json()["items"]

        assert payout["store"] == {"id": str(vendor.id), "name": vendor.name, "slug": vendor.slug}
        assert (payout["state"], payout["amount"]) == ("proposed", {"minor": 10_350, "currency": "SAR"})
        assert (payout["orders"], payout["reference"], payout["can_confirm"]) == ([number], None, True)
        assert set(payout["period"]) == {"from", "to"}

    def test_are_narrowed_down_by_state(self, client: TestClient, hire: Hire, proposed: tuple[StoreView, str]) -> None:
        finance = hire(SystemRole.FINANCE)

        assert client.get("/admin/payouts?state=paid", headers=finance).json()["items"] == []
        assert client.get("/admin/payouts?state=lost", headers=finance).status_code == 422

    def test_are_sent_as_a_file(self, client: TestClient, hire: Hire, proposed: tuple[StoreView, str]) -> None:
        answer = client.get("/admin/payouts.csv", headers=hire(SystemRole.FINANCE))

        (row,) = csv.DictReader(answer.text.splitlines())
        assert (row["amount"], row["currency"], row["orders"]) == ("103.50", "SAR", proposed[1])

    def test_of_other_stores_are_hidden_from_a_vendor(
        self, client: TestClient, join: Callable[..., dict[str, str]], proposed: tuple[StoreView, str]
    ) -> None:
        vendor = join(kind="vendor")

        assert client.get("/admin/payouts", headers=vendor).status_code == 403
        assert client.get("/vendor/payouts", headers=vendor).json() == {"items": [], "next_cursor": None}
        assert client.get("/vendor/payouts", headers=join(kind="buyer")).status_code == 403


class TestConfirm:
    def test_pays_once_however_often_it_is_asked(
        self, client: TestClient, hire: Hire, proposed: tuple[StoreView, str]
    ) -> None:
        finance = hire(SystemRole.FINANCE)
        (payout,) = client.get("/admin/payouts", headers=finance).json()["items"]
        path, wish, key = f"/admin/payouts/{payout['id']}/confirm", {"reference": "RJHI 4711"}, {"Idempotency-Key": "a"}

        first = client.post(path, json=wish, headers=finance | key)
        again = client.post(path, json=wish, headers=finance | key)
        anew = client.post(path, json=wish, headers=finance | {"Idempotency-Key": "b"})

        assert (first.status_code, first.json()["state"], first.json()["reference"]) == (200, "paid", "RJHI 4711")
        assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
        assert (anew.status_code, anew.json()["code"]) == (409, "settlement.paid_already")
        books = client.get("/admin/ledger/agreement", headers=finance).json()
        assert books["agrees"] is True

    def test_turns_bad_wishes_down(self, client: TestClient, hire: Hire, proposed: tuple[StoreView, str]) -> None:
        finance = hire(SystemRole.FINANCE)
        (payout,) = client.get("/admin/payouts", headers=finance).json()["items"]
        path, key = f"/admin/payouts/{payout['id']}/confirm", {"Idempotency-Key": "a"}
        nobodys = "/admin/payouts/00000000-0000-7000-8000-000000000000/confirm"

        assert client.post(path, json={"reference": " "}, headers=finance | key).status_code == 422
        assert client.post(path, json={"reference": "1"}, headers=finance).status_code == 400
        assert client.post(nobodys, json={"reference": "1"}, headers=finance | key).status_code == 404
        admin = hire(SystemRole.ADMIN)
        assert client.post(path, json={"reference": "1"}, headers=admin | key).status_code == 403
