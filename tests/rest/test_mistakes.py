"""What REST says when something went wrong on our side, or when what was sent cannot even be written down."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from marketplace.rest.access import PUBLIC
from marketplace.rest.app import make_app
from marketplace.rest.limits import Rate
from marketplace.rest.routing import Router
from marketplace.rest.shapes.base import Problem

planted = Router()


@planted.get("/planted", access=PUBLIC, returns=Problem, rate=Rate.FREE)
def break_down() -> None:
    """Make a mistake."""
    raise ZeroDivisionError


class TestMistake:
    def test_is_answered_and_written_down_under_the_name_of_its_request(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        app = make_app()
        app.include_router(planted)

        with TestClient(app) as client:
            answer = client.get("/planted", headers={"X-Request-Id": "nora-1"})

        assert answer.status_code == 500
        assert answer.headers["x-request-id"] == "nora-1"
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "server.mistake"
        assert answer.json()["request_id"] == "nora-1"
        assert "our mistake" in capsys.readouterr().out


class TestUnwritableText:
    @pytest.mark.parametrize(
        "path", ["/products/%00", "/products?q=%00", "/products?brand=%00", "/search/suggestions?q=%00"]
    )
    def test_is_refused_and_breaks_nothing(self, client: TestClient, path: str) -> None:
        assert client.get(path).status_code in {200, 404, 422}


class TestTooMany:
    def test_says_how_long_to_wait_and_what_is_left(self, client: TestClient) -> None:
        wish = {"quote_version": "1", "shipping_address": {"address_id": str(UUID(int=1))}}
        answers = [client.post("/checkouts", json=wish) for _ in range(Rate.CHECKOUT.value + 1)]

        refused = next(answer for answer in answers if answer.status_code != 401)
        assert refused.status_code == 429
        assert refused.json()["code"] == "rate.limited"
        assert 1 <= int(refused.headers["retry-after"]) <= 12
        assert refused.headers["ratelimit-limit"] in {str(Rate.CHECKOUT.value), str(Rate.CHECKOUT.value // 2)}
        assert refused.headers["ratelimit-remaining"] == "0"
