"""Who may read the figures of a process."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace.ports import House
from marketplace.rest import health
from marketplace.settings import settings

TOKEN = "read-the-figures-0123456789"


@pytest.fixture
def outside(house: House) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=list(health.ROUTES))) as opened:
        yield opened


def in_production(monkeypatch: pytest.MonkeyPatch, token: str | None) -> None:
    monkeypatch.setenv("MARKETPLACE_ENVIRONMENT", "production")
    monkeypatch.delenv("MARKETPLACE_METRICS_TOKEN", raising=False)
    if token is not None:
        monkeypatch.setenv("MARKETPLACE_METRICS_TOKEN", token)
    settings.cache_clear()


class TestMetrics:
    @pytest.mark.parametrize("shown", [None, "", "Bearer ", "Bearer None"])
    def test_are_shut_in_production_where_no_token_is_set(
        self, outside: TestClient, monkeypatch: pytest.MonkeyPatch, shown: str | None
    ) -> None:
        in_production(monkeypatch, None)

        answer = outside.get("/metrics", headers={} if shown is None else {"Authorization": shown})

        assert answer.status_code == 401

    def test_are_read_by_whoever_shows_the_token(self, outside: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        in_production(monkeypatch, TOKEN)

        assert outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
