"""Who is told when a page was touched."""

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest
import redis.asyncio as redis
import reflex as rx

from marketplace.relay import LIVE_CHANNEL
from marketplace.stack.valkey import Valkey
from state import live
from state.live import Hub, Watch


class BoardState(rx.State):
    @rx.event
    def load(self) -> None:
        """Read the board anew."""


class BellState(rx.State):
    pass


BOARD, BELL, OTHER = Watch("tab", BoardState), Watch("tab", BellState), Watch("other", BoardState)


def looking() -> Hub:
    hub = Hub()
    hub.subscribe(BELL, ["bell:me"], address="/orders", now=0)
    hub.subscribe(BOARD, ["orders:store:1"], address="/orders", now=0)
    hub.subscribe(OTHER, ["orders:store:2"], address="/orders", now=10)
    return hub


class TestHub:
    def test_tells_the_pages_that_show_what_was_touched(self) -> None:
        assert looking().touched(["orders:store:1", "dispatch"], now=12) == {BOARD}

    def test_replaces_what_a_page_looks_at(self) -> None:
        hub = looking()

        hub.subscribe(BOARD, ["orders:store:9"], address="/orders", now=1)

        assert hub.touched(["orders:store:1"], now=12) == set()
        assert hub.touched(["orders:store:9"], now=12) == {BOARD}
        assert hub.touched(["bell:me"], now=12) == {BELL}

    def test_forgets_the_pages_that_a_tab_has_left(self) -> None:
        hub = looking()

        hub.subscribe(BELL, ["bell:me"], address="/cart", now=1)

        assert hub.touched(["orders:store:1", "bell:me"], now=12) == {BELL}

    def test_refreshes_pages_whose_ping_may_have_been_lost(self) -> None:
        hub = looking()
        hub.refreshed(BELL, now=15)

        assert hub.stale(now=21) == {BOARD}

    def test_refreshes_a_calm_one_once_a_second_however_often_it_is_touched(self) -> None:
        hub, frame = Hub(), Watch("tab", BellState, "count", is_calm=True)
        hub.subscribe(frame, ["orders:store:1"], address="/orders", now=0)

        assert hub.touched(["orders:store:1"], now=5) == {frame}
        hub.refreshed(frame, now=5)
        assert [hub.touched(["orders:store:1"], now=now) for now in (5.2, 5.4, 5.9)] == [set()] * 3
        hub.subscribe(frame, ["orders:store:1"], address="/orders", now=5.0)
        assert hub.stale(now=5.9) == set()
        assert hub.stale(now=6.0) == {frame}
        hub.refreshed(frame, now=6.0)
        assert hub.stale(now=7.5) == set()

    def test_holds_nothing_of_a_tab_that_is_gone(self) -> None:
        hub = looking()

        hub.leave("tab")

        assert hub.touched(["orders:store:1", "bell:me"], now=12) == set()
        assert hub.stale(now=100) == {OTHER}


class Screen:
    """Stands for the application: notes when which tab was refreshed."""

    def __init__(self) -> None:
        self.refreshed: list[tuple[str, float]] = []
        self.event_namespace = SimpleNamespace(token_to_sid={"tab": "socket", "other": "socket"})
        self.event_processor = self

    async def enqueue(self, token: str, _event: object) -> None:
        """Refresh a tab."""
        self.refreshed.append((token, time.monotonic()))


class TestHearing:
    async def test_refreshes_within_a_second_however_often_it_is_called(
        self, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen: Any = Screen()
        monkeypatch.setattr(live, "hub", looking())
        monkeypatch.setattr(live, "settings", lambda: SimpleNamespace(redis_url=valkey.url))
        hearing = asyncio.create_task(live.run(screen))
        async with redis.Redis.from_url(valkey.url) as line:
            called_at = 0.0
            for _ in range(200):
                if await line.publish(LIVE_CHANNEL, "dispatch\norders:store:1") and not called_at:
                    called_at = time.monotonic()
                await asyncio.sleep(0.02)
                if screen.refreshed:
                    break
        hearing.cancel()

        (tab, at), *_ = screen.refreshed
        assert tab == "tab"
        assert at - called_at < 1
