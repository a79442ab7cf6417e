"""Stores over HTTP."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from marketplace import identity
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

Join = Callable[..., dict[str, str]]

PASSWORD = "correct horse battery"


@pytest.fixture
def support(house: House, client: TestClient) -> dict[str, str]:
    """The headers of somebody of the house who looks after stores."""

    def hire(_actor: Actor, uow: UnitOfWork) -> None:
        password_hash = identity.hash_password(PASSWORD)
        user = identity.enroll(uow, email="support@example.com", full_name="Support", password_hash=password_hash)
        identity.grant_role(uow, user_id=user.id, role=SystemRole.SUPPORT)

    house.db.transact(hire, visitor())
    tokens = client.post("/auth/login", json={"email": "support@example.com", "password": PASSWORD}).json()
    return {"Authorization": f"Bearer {tokens['access_token']}"}


class TestStore:
    def test_is_changed_by_its_owner(self, client: TestClient, join: Join) -> None:
        owner = join(kind="vendor", name="Dune Roasters")

        answer = client.patch("/store", json={"name": "Dune", "phone": "0501234567"}, headers=owner)

        assert answer.status_code == 200
        seen = client.get("/store", headers=owner).json()
        assert seen == answer.json()
        assert (seen["name"], seen["phone"], seen["slug"], seen["city"]) == (
            "Dune",
            "+966501234567",
            "dune-roasters",
            "Riyadh",
        )

    def test_is_not_shown_to_strangers(self, client: TestClient) -> None:
        assert client.get("/store").status_code == 401


class TestAdminStores:
    def test_are_suspended_and_approved(self, client: TestClient, join: Join, support: dict[str, str]) -> None:
        vendor = join(kind="vendor")
        store_id = client.get("/store", headers=vendor).json()["id"]

        suspended = client.post(f"/admin/stores/{store_id}/suspend", json={"reason": "Sold fakes"}, headers=support)
        listed = client.get("/admin/stores?state=suspended", headers=support)
        approved = client.post(f"/admin/stores/{store_id}/approve", headers=support)

        assert (suspended.status_code, suspended.json()["reasons"]) == (200, ["suspended"])
        assert [store["id"] for store in listed.json()["items"]] == [store_id]
        assert (approved.status_code, approved.json()["is_live"]) == (200, True)

    def test_are_no_business_of_a_vendor(self, client: TestClient, join: Join) -> None:
        vendor = join(kind="vendor")

        assert client.get("/admin/stores", headers=vendor).status_code == 403

    def test_are_not_found_when_there_are_none(self, client: TestClient, support: dict[str, str]) -> None:
        nobodys = "00000000-0000-7000-8000-000000000000"

        assert client.post(f"/admin/stores/{nobodys}/approve", headers=support).status_code == 404
        assert client.post("/admin/stores/none/approve", headers=support).status_code == 422

    def test_turn_a_strange_page_mark_down(self, client: TestClient, support: dict[str, str]) -> None:
        for mark in ("x", "WzFd", "WyJ4Il0"):
            assert client.get(f"/admin/stores?cursor={mark}", headers=support).status_code == 422


class TestAddresses:
    def test_are_kept_changed_and_put_away(self, client: TestClient, join: Join) -> None:
        owner = join()
        wish = {
            "recipient": "Reem",
            "phone": "0501234567",
            "line1": "1 Tahlia Street",
            "city": "Jeddah",
            "country": "sa",
            "is_default": True,
        }

        added = client.post("/addresses", json=wish, headers=owner)
        changed = client.patch(f"/addresses/{added.json()['id']}", json={"label": "Work"}, headers=owner)
        book = client.get("/addresses", headers=owner).json()["items"]
        archived = client.delete(f"/addresses/{added.json()['id']}", headers=owner)

        assert (added.status_code, changed.status_code, archived.status_code) == (201, 200, 204)
        assert (added.json()["country"], added.json()["phone"]) == ("SA", "+966501234567")
        assert [(address["city"], address["label"], address["is_default"]) for address in book] == [
            ("Jeddah", "Work", True),
            ("Riyadh", "", False),
        ]
        assert len(client.get("/addresses", headers=owner).json()["items"]) == 1

    def test_are_written_down_once_however_often_one_wish_is_sent(self, client: TestClient, join: Join) -> None:
        wishing = join() | {"Idempotency-Key": "second-home"}
        wish = {
            "recipient": "Reem",
            "phone": "0501234567",
            "line1": "1 Tahlia Street",
            "city": "Jeddah",
            "country": "SA",
        }

        first = client.post("/addresses", json=wish, headers=wishing)
        again = client.post("/addresses", json=wish, headers=wishing)
        other = client.post("/addresses", json=wish | {"city": "Makkah"}, headers=wishing)

        assert (first.status_code, again.status_code) == (201, 201)
        assert again.content == first.content
        assert again.headers["idempotent-replayed"] == "true"
        assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")
        assert len(client.get("/addresses", headers=wishing).json()["items"]) == 2

    def test_are_hidden_from_other_stores(self, client: TestClient, join: Join) -> None:
        address = client.get("/addresses", headers=join()).json()["items"][0]
        stranger = join(name="Stranger")

        assert client.patch(f"/addresses/{address['id']}", json={}, headers=stranger).status_code == 404
        assert client.delete(f"/addresses/{address['id']}", headers=stranger).status_code == 404
