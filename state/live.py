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
CALM_SECONDS: Final = 1.0
GATHER_SECONDS: Final = 0.15
PAUSE_SECONDS: Final = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Watch:
    """One tab looking at one page: which handler of it is to run again, mostly its `load`.

    A calm one is refreshed once a second however often it is touched: the frame, which stands around every page.
    """

    token: str
    state: type[rx.State]
    handler: str = "load"
    is_calm: bool = False


class Hub:
    """Who looks at what, in this worker."""

    def __init__(self) -> None:
        self._topics: dict[str, set[Watch]] = defaultdict(set)
        self._watches: dict[Watch, frozenset[str]] = {}
        self._refreshed_at: dict[Watch, float] = {}
        self._owed: set[Watch] = set()
        self._address: dict[str, str] = {}

    def subscribe(self, watch: Watch, topics: Iterable[str], *, address: str, now: float) -> None:
        """Refresh a tab's page when one of the topics is touched; what it looked at under another address is over."""
        if self._address.get(watch.token) != address:
            self.leave(watch.token)
            self._address[watch.token] = address
        owed = self._owed & {watch}
        self.forget(watch)
        self._owed |= owed
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
        self._owed.discard(watch)

    def touched(self, topics: Iterable[str], *, now: float) -> set[Watch]:
        """Name the pages that show one of the topics; a calm one that was just refreshed is owed its turn."""
        shown = {watch for topic in topics for watch in self._topics.get(topic, ())}
        early = {watch for watch in shown if watch.is_calm and now - self._refreshed_at[watch] < CALM_SECONDS}
        self._owed |= early
        return shown - early

    def stale(self, *, now: float) -> set[Watch]:
        """Name the pages that were not refreshed for a while, and those that are owed their turn."""
        waited = {watch: now - at for watch, at in self._refreshed_at.items()}
        return {
            watch
            for watch, seconds in waited.items()
            if seconds >= (CALM_SECONDS if watch in self._owed else REFRESH_SECONDS)
        }

    def refreshed(self, watch: Watch, *, now: float) -> None:
        """Remember when a page was refreshed."""
        if watch in self._refreshed_at:
            self._refreshed_at[watch] = now
            self._owed.discard(watch)


hub: Final = Hub()


def watch(page: rx.State, *topics: str, by: str = "load") -> None:
    """Keep a page live: its `load` runs again when one of the topics is touched, and every 20 s.

    Called by that `load`, once it knows that its reader may see them. Where a part of it is enough, `by` names the
    handler of that part, which then runs once a second at most.
    """
    tab = Watch(str(page.router.session.client_token), type(page), by, is_calm=by != "load")
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
            await _refresh(app, hub.touched(topics, now=time.monotonic()))


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
        handler: Any = getattr(watched.state, watched.handler)
        for event in Event.from_event_type(handler()):
            await app.event_processor.enqueue(watched.token, event)
