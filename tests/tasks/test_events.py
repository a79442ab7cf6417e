"""Knocks at the consumers' doors, over the real Valkey."""

from collections.abc import Iterator

import pytest
from redis import Redis

from marketplace import flows
from marketplace.stack.valkey import Valkey
from tasks import events


@pytest.fixture
def knocks(valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Whom the queue was told to wake, one name a message."""
    heard: list[str] = []
    with Redis.from_url(valkey.url) as line:
        line.flushdb()
        monkeypatch.setattr(events, "_line", lambda: line)
        monkeypatch.setattr(events.deliver, "apply_async", lambda kwargs, **_: heard.append(kwargs["consumer"]))
        yield heard


def take_in(monkeypatch: pytest.MonkeyPatch, *, batches: int) -> list[str]:
    """Let there be so many batches to take in; gives who asked for them."""
    took: list[str] = []

    def one_batch(_database: object, *, consumer: str) -> bool:
        took.append(consumer)
        return len(took) <= batches

    monkeypatch.setattr(flows, "take_in_batch", one_batch)
    return took


class TestWake:
    def test_knocks_once_until_the_knock_is_heard(self, knocks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        take_in(monkeypatch, batches=0)
        for consumer in ("search", "search", "notifications"):
            events.wake(consumer)
        assert knocks == ["search", "notifications"]

        events.deliver.run(consumer="search")
        events.wake("search")

        assert knocks == ["search", "notifications", "search"]

    def test_may_knock_again_when_nobody_hears(self, valkey: Valkey, knocks: list[str]) -> None:
        events.wake("search")

        with Redis.from_url(valkey.url) as line:
            lasts = line.ttl("knock:search")

        assert knocks == ["search"]
        assert 0 < lasts <= events.KNOCKS_AGAIN_SECONDS


class TestDeliver:
    def test_goes_on_while_there_is_any(self, knocks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        took = take_in(monkeypatch, batches=2)

        events.deliver.run(consumer="search")

        assert took == ["search"] * 3
        assert knocks == []

    def test_gives_others_their_turn(self, knocks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(events, "TURN_SECONDS", 0.0)
        took = take_in(monkeypatch, batches=2)

        events.deliver.run(consumer="search")

        assert took == ["search"]
        assert knocks == ["search"]
