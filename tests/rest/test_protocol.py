"""What HTTP asks of every route, whatever it does."""

import json
from collections.abc import Iterator

import pytest
from httpx import Response
from starlette.testclient import TestClient

from marketplace.rest.routing import BODY_LIMIT

WISH = json.dumps({"email": "nora@example.com", "password": "correct horse battery"}).encode()
JSON = {"Content-Type": "application/json"}


def problem_in(answer: Response) -> tuple[int, str]:
    """A refusal is a problem document that names its request."""
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["request_id"] == answer.headers["x-request-id"] != ""
    assert said["status"] == answer.status_code
    return answer.status_code, said["code"]


class TestHead:
    def test_is_answered_as_get_is_without_the_body(self, client: TestClient) -> None:
        asked, looked = client.get("/categories"), client.head("/categories")

        assert (looked.status_code, looked.content) == (200, b"")
        assert looked.headers["content-length"] == asked.headers["content-length"]
        assert looked.headers["content-type"] == "application/json"

    def test_is_refused_where_get_is(self, client: TestClient) -> None:
        assert (client.head("/me").status_code, client.head("/me").content) == (401, b"")
        assert client.head("/checkouts").status_code == 405


class TestMethodThatIsNotThere:
    @pytest.mark.parametrize(
        ("path", "allowed"), [("/cart", "GET, HEAD, PUT"), ("/addresses/7", "DELETE, PATCH"), ("/checkouts", "POST")]
    )
    def test_is_told_all_that_are(self, web: TestClient, path: str, allowed: str) -> None:
        answer = web.options(f"/api/v1{path}")

        assert problem_in(answer) == (405, "route.method_not_allowed")
        assert answer.headers["allow"] == allowed


class TestSlashAtTheEnd:
    def test_leads_nowhere_else(self, web: TestClient) -> None:
        """Behind a proxy the way on would be one without encryption, for the password too."""
        answer = web.post("/api/v1/auth/login/", content=WISH, headers=JSON, follow_redirects=False)

        assert problem_in(answer) == (404, "route.not_found")


class TestBody:
    def test_is_refused_in_our_words_where_it_says_that_it_is_too_long(self, web: TestClient) -> None:
        answer = web.post("/api/v1/auth/login", content=b" " * (BODY_LIMIT + 1), headers=JSON)

        assert problem_in(answer) == (413, "request.too_large")

    def test_is_refused_in_our_words_where_it_becomes_too_long(self, web: TestClient) -> None:
        def pieces() -> Iterator[bytes]:
            yield from (b" " * 100_000 for _ in range(11))

        answer = web.post("/api/v1/auth/login", content=pieces(), headers=JSON)

        assert problem_in(answer) == (413, "request.too_large")

    @pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml"])
    def test_must_say_that_it_is_json(self, client: TestClient, kind: str) -> None:
        answer = client.post("/auth/login", content=WISH, headers={"Content-Type": kind})

        assert problem_in(answer) == (415, "request.media_type")
        assert answer.json()["detail"] == "Send the body as JSON, with Content-Type: application/json."

    @pytest.mark.parametrize("content", [b'{"email":', b'{"email": "\xff"}', b"[" * 100_000])
    def test_must_be_json(self, client: TestClient, content: bytes) -> None:
        answer = client.post("/auth/login", content=content, headers=JSON)

        assert problem_in(answer) == (400, "request.malformed")
        assert answer.json()["detail"] == "The body is not JSON that we can read."

    def test_must_be_there(self, client: TestClient) -> None:
        assert problem_in(client.post("/auth/login")) == (422, "request.invalid")


class TestAnswer:
    def test_is_kept_by_nobody_on_the_way(self, client: TestClient) -> None:
        assert client.get("/categories").headers["cache-control"] == "no-store"
        assert client.get("/me").headers["cache-control"] == "no-store"
