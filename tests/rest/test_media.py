"""Uploads over HTTP, from the announcement to the picture."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from marketplace.ports import House
from tests.factories.pictures import drawn

Join = Callable[..., dict[str, str]]


def announce(web: TestClient, owner: dict[str, str], content: bytes, **changes: object) -> dict[str, str]:
    wish = {"kind": "product_image", "content_type": "image/png", "bytes": len(content), **changes}
    answer = web.post("/api/v1/media", json=wish, headers=owner)
    assert answer.status_code == 201, answer.text
    upload = answer.json()["upload"]
    return {"id": answer.json()["id"], "url": upload["url"], "type": upload["headers"]["content-type"]}


class TestUpload:
    def test_becomes_a_picture_that_may_be_kept_forever(self, web: TestClient, join: Join) -> None:
        owner, content = join(kind="vendor"), drawn(1600, 900)
        upload = announce(web, owner, content)

        put = web.put(upload["url"], content=content, headers={"content-type": upload["type"]})
        asset = web.get(f"/api/v1/media/{upload['id']}", headers=owner).json()
        shown = web.get(asset["sizes"][1]["url"])
        again = web.get(asset["sizes"][1]["url"], headers={"if-none-match": shown.headers["etag"]})

        assert (put.status_code, put.json()["state"]) == (200, "ready")
        assert [size["width"] for size in asset["sizes"]] == [160, 480, 1200]
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
        assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert again.status_code == 304

    def test_may_be_sent_again(self, web: TestClient, join: Join) -> None:
        owner, content = join(kind="vendor"), drawn()
        upload = announce(web, owner, content)

        answers = [
            web.put(upload["url"], content=content, headers={"content-type": upload["type"]}).json() for _ in range(2)
        ]

        assert answers[0] == answers[1]
        assert web.post(f"/api/v1/media/{upload['id']}/finalize", headers=owner).json()["state"] == "ready"

    def test_takes_no_more_and_nothing_else_than_was_announced(self, web: TestClient, join: Join) -> None:
        owner = join(kind="vendor")
        upload = announce(web, owner, b"x")

        larger = web.put(upload["url"], content=b"xy", headers={"content-type": "image/png"})
        other = web.put(upload["url"], content=b"x", headers={"content-type": "text/html"})
        forged = web.put(upload["url"] + "0", content=b"x", headers={"content-type": "image/png"})
        elsewhere = web.put(
            f"/media/uploads/incoming/other?{urlsplit(upload['url']).query}",
            content=b"x",
            headers={"content-type": "image/png"},
        )

        assert [answer.status_code for answer in (larger, other, forged, elsewhere)] == [413, 415, 403, 403]

    def test_says_why_it_was_not_taken(self, web: TestClient, join: Join) -> None:
        owner = join(kind="vendor")
        upload = announce(web, owner, b"not a picture")

        put = web.put(upload["url"], content=b"not a picture", headers={"content-type": "image/png"})

        assert put.json() == {"id": upload["id"], "state": "failed", "reject_reason": "not_a_picture"}

    def test_is_not_for_a_store_that_only_buys(self, web: TestClient, join: Join) -> None:
        wish = {"kind": "product_image", "content_type": "image/png", "bytes": 10}

        assert web.post("/api/v1/media", json=wish, headers=join()).status_code == 403

    def test_has_to_come_before_it_is_looked_at(self, web: TestClient, join: Join) -> None:
        owner = join(kind="vendor")
        upload = announce(web, owner, b"x")

        answer = web.post(f"/api/v1/media/{upload['id']}/finalize", headers=owner)

        assert (answer.status_code, answer.json()["code"]) == (409, "media.not_uploaded")


class TestPicture:
    @pytest.mark.parametrize(
        "path",
        [f"/media/{'0' * 64}/480.webp", f"/media/{'0' * 64}/481.webp", "/media/x/480.webp", "/media/../480.webp"],
    )
    def test_is_not_found_where_there_is_none(self, web: TestClient, path: str) -> None:
        assert web.get(path).status_code == 404

    def test_is_not_shown_by_a_private_address_that_was_not_signed(self, web: TestClient, house: House) -> None:
        house.ports.objects.write("private/x.webp", b"secret", content_type="image/webp")

        assert web.get("/media/private/private/x.webp").status_code == 403
        assert web.get("/media/private/private/x.webp?expires=99999999999&type=&most=0&signature=x").status_code == 403


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_DATA_DIR", str(tmp_path))
