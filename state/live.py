"""Live pages: what changed elsewhere is on the screen within a second.

The relay publishes the topics of touched pages on one Redis channel, without data. One hub a worker hears them and
has the page's own `load` run again for the tabs that an authorized handler subscribed. A ping may be lost, so every
subscribed tab is refreshed every 20 s as well.

This is the only module that names Reflex's private calls for pushing (checked against 0.10.1):
`app.event_processor.enqueue`, `app.event_namespace.token_to_sid`, `Event.from_event_type`.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import redis.asyncio as redis
import reflex as rx
import structlog
from reflex.event import Event

from marketplace.relay import LIVE_CHANNEL
from marketplace.settings import settings

REFRESH_SECONDS: Final = 20.0
GATHER_SECONDS: Final = 0.15
PAUSE_SECONDS: Final = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Watch:
    """One tab looking at one page: whose `load` is to run again."""

    token: str
    state: type[rx.State]


class Hub:
    """Who looks at what, in this worker."""

    def __init__(self) -> None:
        self._topics: dict[str, set[Watch]] = defaultdict(set)
        self._watches: dict[Watch, frozenset[str]] = {}
        self._refreshed_at: dict[Watch, float] = {}
        self._address: dict[str, str] = {}

    def subscribe(self, watch: Watch, topics: Iterable[str], *, address: str, now: float) -> None:
        """Refresh a tab's page when one of the topics is touched; what it looked at under another address is over."""
        if self._address.get(watch.token) != address:
            self.leave(watch.token)
            self._address[watch.token] = address
        self.forget(watch)
        self._watches[watch] = frozenset(topics)
        self._refreshed_at[watch] = now
        for topic in self._watches[watch]:
            self._topics[topic].add(watch)

    def leave(self, token: str) -> None:
        """Stop refreshing anything in a tab."""
        for watch in [watch for watch in self._watches if watch.token == token]:
            self.forget(watch)
        self._address.pop(token, None)

    def forget(self, watch: Watch) -> None:
        """Stop refreshing one page in a tab."""
        for topic in self._watches.pop(watch, frozenset()):
            self._topics[topic].discard(watch)
            if not self._topics[topic]:
                del self._topics[topic]
        self._refreshed_at.pop(watch, None)

    def touched(self, topics: Iterable[str]) -> set[Watch]:
        """Name the pages that show one of the topics."""
        return {watch for topic in topics for watch in self._topics.get(topic, ())}

    def stale(self, *, now: float) -> set[Watch]:
        """Name the pages that were not refreshed for a while."""
        return {watch for watch, at in self._refreshed_at.items() if now - at >= REFRESH_SECONDS}

    def refreshed(self, watch: Watch, *, now: float) -> None:
        """Remember when a page was refreshed."""
        if watch in self._refreshed_at:
            self._refreshed_at[watch] = now


hub: Final = Hub()


def watch(page: rx.State, *topics: str) -> None:
    """Keep a page live: its `load` runs again when one of the topics is touched, and every 20 s.

    Called by that `load`, once it knows that its reader may see them.
    """
    tab = Watch(str(page.router.session.client_token), type(page))
    hub.subscribe(tab, topics, address=str(page.router.url), now=time.monotonic())


async def run(app: rx.App) -> None:
    """Serve this worker's live pages until it stops; a Redis that is away is waited for."""
    await asyncio.gather(_hear(app), _keep_fresh(app))


async def _hear(app: rx.App) -> None:
    while True:
        with suppress(redis.RedisError, OSError):
            await _listen(app)
        await asyncio.sleep(PAUSE_SECONDS)


async def _listen(app: rx.App) -> None:
    async with redis.Redis.from_url(settings().redis_url, socket_connect_timeout=2) as line, line.pubsub() as channel:
        await channel.subscribe(LIVE_CHANNEL)
        while True:
            topics = await _heard(channel, timeout=5)
            gathered_at = time.monotonic() + GATHER_SECONDS
            while topics and (left := gathered_at - time.monotonic()) > 0:
                topics |= await _heard(channel, timeout=left)
            await _refresh(app, hub.touched(topics))


async def _keep_fresh(app: rx.App) -> None:
    while True:
        await asyncio.sleep(PAUSE_SECONDS)
        await _refresh(app, hub.stale(now=time.monotonic()))


async def _heard(channel: redis.client.PubSub, *, timeout: float) -> set[str]:  # noqa: ASYNC109 (the channel's own)
    message = await channel.get_message(ignore_subscribe_messages=True, timeout=timeout)
    return set(message["data"].decode().split("\n")) if message else set()


async def _refresh(app: rx.App, watches: set[Watch]) -> None:
    for watched in watches:
        if app.event_namespace is None or watched.token not in app.event_namespace.token_to_sid:
            hub.leave(watched.token)
            continue
        hub.refreshed(watched, now=time.monotonic())
        load: Any = watched.state.load  # type: ignore[attr-defined]  # every watching page has one
        for event in Event.from_event_type(load()):
            await app.event_processor.enqueue(watched.token, event)
