"""Proof of delivery over HTTP: a photo is looked at by a signed address, by those whom it concerns."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marketplace import media
from marketplace.identity import SystemRole
from marketplace.ports import House
from tests.factories.pictures import drawn
from tests.rest.test_road import Town, town

__all__ = ["town"]

Hire = Callable[[SystemRole], dict[str, str]]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DATA_DIR", str(tmp_path))


def deliver(town: Town, house: House) -> str:
    """An order that was handed over against a photo."""
    number, drop = town.send()
    wish = {"kind": "delivery_photo", "content_type": "image/png", "bytes": len(drawn())}
    announced = town.post("/media", town.agent, wish, status=201)
    house.ports.objects.write(media.upload_key(announced["id"]), drawn(), content_type="image/png")
    assert town.post(f"/media/{announced['id']}/finalize", town.agent)["state"] == "ready"
    town.post(f"/agent/stops/{drop}/deliver", town.agent, {"proof": {"asset_id": announced["id"]}})
    return number


class TestPhoto:
    def test_is_shown_by_an_address_that_was_signed(self, town: Town, house: House, web: TestClient) -> None:
        number = deliver(town, house)
        looking = {"/orders": town.buyer, "/vendor/orders": town.vendor, "/admin/orders": town.dispatcher}

        for area, who in looking.items():
            proof = town.get(f"{area}/{number}/proof", who)
            assert (proof["kind"], proof["photo_lasts_seconds"]) == ("photo", 900)
            shown = web.get(proof["photo_url"])
            assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
            assert web.get(proof["photo_url"] + "0").status_code == 403

    def test_is_nothing_to_others(self, town: Town, house: House, hire: Hire) -> None:
        number = deliver(town, house)
        finance = hire(SystemRole.FINANCE)

        assert town.client.get(f"/orders/{number}/proof", headers=town.vendor).status_code == 404
        assert town.client.get(f"/vendor/orders/{number}/proof", headers=town.buyer).status_code == 404
        assert town.client.get(f"/orders/{number}/proof", headers=town.dispatcher).status_code == 404
        for who in (town.buyer, town.vendor, town.agent, finance):
            assert town.client.get(f"/admin/orders/{number}/proof", headers=who).status_code == 403


class TestCode:
    def test_is_no_picture(self, town: Town) -> None:
        number, drop = town.send()
        town.post(f"/agent/stops/{drop}/deliver", town.agent, {"proof": {"code": town.code(number)}})

        proof = town.get(f"/orders/{number}/proof", town.buyer)

        assert (proof["kind"], proof["photo_url"], proof["photo_lasts_seconds"]) == ("code", None, None)

    def test_is_made_anew_by_the_dispatcher_who_is_not_told_it(self, town: Town) -> None:
        number, drop = town.send()
        for _ in range(5):
            town.post(f"/agent/stops/{drop}/deliver", town.agent, {"proof": {"code": "wrong"}}, status=422)
        locked = town.post(f"/agent/stops/{drop}/deliver", town.agent, {"proof": {"code": "wrong"}}, status=409)

        renewed = town.post(f"/admin/orders/{number}/code", town.dispatcher)

        assert (locked["code"], renewed) == ("delivery.code_locked", {"order_number": number, "tries_left": 5})
        town.post(f"/admin/orders/{number}/code", town.vendor, status=403)
        done = town.post(f"/agent/stops/{drop}/deliver", town.agent, {"proof": {"code": town.code(number)}})
        assert done["state"] == "done"
