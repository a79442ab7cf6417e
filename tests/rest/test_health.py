"""The figures of a process: who may read them, and what they tell."""

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace import bootstrap, events
from marketplace.inventory import StockChanged
from marketplace.kernel.ids import ListingId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest import health
from marketplace.settings import settings
from tests.factories.houses import Do

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


def _ring(uow: UnitOfWork) -> None:
    events.emit(uow, StockChanged(listing_ids=(ListingId(new_uuid()),), store_ids=(StoreId(new_uuid()),)))


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

    def test_tell_how_long_rest_takes_and_what_it_answers(self, web: TestClient) -> None:
        for path in ("/api/v1/categories", "/api/v1/me", "/api/v1/nothing", "/api/v1/products", "/api/v1/products"):
            web.get(path)
        web.request("PLUNDER", "/api/v1/cart")

        figures = web.get("/metrics").text

        for labels in (
            'method="GET",route="/categories",status="200"',
            'method="GET",route="/me",status="401"',
            'method="GET",route="unknown",status="404"',
            'method="other",route="/cart",status="405"',
        ):
            assert f"rest_seconds_count{{{labels}}}" in figures
        assert 'route="/api' not in figures
        assert "PLUNDER" not in figures

    def test_tell_what_waits_to_be_taken_in(self, web: TestClient, done: Do) -> None:
        done(_ring)

        figures = web.get("/metrics").text

        assert re.search(r"^events_waiting\{state=\"pending\"\} [1-9]", figures, re.MULTILINE)
        assert 'events_waiting{state="dead"} 0.0' in figures
        assert re.search(r"^events_oldest_seconds \d", figures, re.MULTILINE)

    def test_are_there_while_the_database_is_not(self, outside: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
        settings.cache_clear()
        bootstrap.close()

        answer = outside.get("/metrics")

        assert answer.status_code == 200
        assert "events_oldest_seconds NaN" in answer.text
