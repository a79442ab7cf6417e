"""Files of products over HTTP."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from marketplace.flows import importing
from marketplace.identity import SystemRole
from marketplace.identity.roles import roles_with
from marketplace.kernel.actor import Permission
from marketplace.ports import House
from marketplace.rest import vendor_imports

Join = Callable[..., dict[str, str]]

GOODS = "title,category,price,stock\nKettle,Kitchen > Kettles,115.50,7\n,Kitchen,1,1\n"


@pytest.fixture
def vendor(join: Join) -> dict[str, str]:
    return join(kind="vendor") | {"Content-Type": "text/csv"}


class TestBringingIn:
    def test_takes_a_file_and_says_how_far_it_is(
        self, client: TestClient, house: House, vendor: dict[str, str]
    ) -> None:
        answer = client.post("/vendor/imports?name=goods.csv", content=GOODS, headers=vendor)

        assert answer.status_code == 201
        assert (answer.json()["state"], answer.json()["total"], answer.json()["done"]) == ("running", 2, 0)
        importing.advance(house)
        after = client.get(f"/vendor/imports/{answer.json()['id']}", headers=vendor).json()
        assert (after["state"], after["created"], after["refused"]) == ("finished", 1, 1)
        assert client.get("/vendor/imports", headers=vendor).json()["items"] == [after]
        listed = client.get("/vendor/listings", headers=vendor).json()["items"]
        assert len(listed) == 1

    def test_sends_what_became_of_every_row(self, client: TestClient, house: House, vendor: dict[str, str]) -> None:
        begun = client.post("/vendor/imports", content=GOODS, headers=vendor).json()
        importing.advance(house)

        answer = client.get(f"/vendor/imports/{begun['id']}/results.csv", headers=vendor)

        lines = answer.text.splitlines()
        assert lines[0] == "row,status,field,code,sentence"
        assert lines[1].startswith("2,created,images,catalog.missing_media,")
        assert lines[2].startswith("3,refused,title,import.too_short,")

    def test_rehearses(self, client: TestClient, vendor: dict[str, str]) -> None:
        answer = client.post("/vendor/imports?dry_run=true", content=GOODS, headers=vendor)

        assert answer.status_code == 200
        assert (answer.json()["created"], answer.json()["refused"]) == (1, 1)
        assert client.get("/vendor/imports", headers=vendor).json()["items"] == []

    def test_reads_columns_by_a_map(self, client: TestClient, vendor: dict[str, str]) -> None:
        content = "name,kind,cost,left\nKettle,Kitchen,1,1\n"
        columns = "title=name,category=kind,price=cost,stock=left"

        assert client.post("/vendor/imports", content=content, headers=vendor).status_code == 422
        answer = client.post("/vendor/imports", params={"map": columns}, content=content, headers=vendor)
        assert answer.json()["total"] == 1

    def test_reads_json_lines_by_their_type(self, client: TestClient, vendor: dict[str, str]) -> None:
        content = '{"title":"Kettle","category":"K","price":1,"stock":2}\n'
        headers = vendor | {"Content-Type": "application/jsonl"}

        assert client.post("/vendor/imports", content=content, headers=headers).json()["total"] == 1

    def test_does_not_begin_the_same_file_twice(self, client: TestClient, vendor: dict[str, str]) -> None:
        first = client.post("/vendor/imports", content=GOODS, headers=vendor).json()
        again = client.post("/vendor/imports", content=GOODS, headers=vendor).json()

        assert again == first

    @pytest.mark.parametrize(
        "content",
        [b"", b"title\n", b"\xff\xfe", b"title,category,price,stock\n", b"\x00", b"title\n" + b"a" * 2_000_000],
    )
    def test_refuses_what_is_no_file_of_products(
        self, client: TestClient, vendor: dict[str, str], content: bytes
    ) -> None:
        assert client.post("/vendor/imports", content=content, headers=vendor).status_code == 422

    def test_refuses_a_file_beyond_measure(
        self, client: TestClient, vendor: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        headers = vendor | {"Content-Length": str(vendor_imports.MOST_BYTES + 1)}

        assert client.post("/vendor/imports", content=GOODS, headers=headers).status_code == 413

    def test_is_for_vendors(self, client: TestClient, join: Join) -> None:
        buyer = join()

        assert client.post("/vendor/imports", content=GOODS, headers=buyer).status_code == 403
        assert client.post("/vendor/imports", content=GOODS).status_code == 401

    def test_hides_the_imports_of_others(self, client: TestClient, vendor: dict[str, str], join: Join) -> None:
        begun = client.post("/vendor/imports", content=GOODS, headers=vendor).json()
        other = join(kind="vendor", name="Other")

        for path in (f"/vendor/imports/{begun['id']}", f"/vendor/imports/{begun['id']}/results.csv"):
            assert client.get(path, headers=other).status_code == 404

    @pytest.mark.parametrize("role", sorted(roles_with(Permission.LISTINGS_READ)))
    def test_shows_them_to_who_helps_a_vendor_and_lets_him_change_nothing(
        self,
        client: TestClient,
        house: House,
        vendor: dict[str, str],
        hire: Callable[[SystemRole], dict[str, str]],
        role: SystemRole,
    ) -> None:
        begun = client.post("/vendor/imports", content=GOODS, headers=vendor).json()
        importing.advance(house)
        helper = hire(role) | {"Content-Type": "text/csv"}

        seen = client.get(f"/vendor/imports/{begun['id']}", headers=helper)
        rows = client.get(f"/vendor/imports/{begun['id']}/results.csv", headers=helper)
        tried = [
            client.post("/vendor/imports", content=content, headers=helper, params={"dry_run": dry_run})
            for content in (GOODS, "title,category,price,stock\nKettle,Kitchen > Kettles,1.00,0\n")
            for dry_run in (False, True)
        ]

        assert (seen.status_code, seen.json()["refused"], rows.status_code) == (200, 1, 200)
        assert {answer.status_code for answer in tried} == {403}
        assert client.get("/vendor/imports", headers=vendor).json()["items"] == [seen.json()]


class TestRolesOfTheHouse:
    def test_keep_no_listings_of_vendors(self) -> None:
        assert roles_with(Permission.LISTINGS_EDIT) == frozenset()
        assert SystemRole.SUPPORT in roles_with(Permission.LISTINGS_READ)
