"""The relay: a process that hears of commits, wakes consumers and pings pages.

It carries no fact that the database does not hold: when it stops, everything waits and nothing is lost.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from importlib.metadata import entry_points
from typing import Final

import psycopg
import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlmodel import Session

from marketplace import bootstrap, events, flows, jobs
from marketplace.events import Envelope
from marketplace.kernel import logs
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.settings import settings

POLL_SECONDS: Final = 0.5
BATCH: Final = 500
GATHER_SECONDS: Final = 0.1
"""After some facts, how long the next ones are gathered: in a rush, a consumer is woken ten times a second at most."""

SWEEP_AFTER: Final = timedelta(seconds=2)
PAUSE_SECONDS: Final = 1.0

LIVE_CHANNEL: Final = "live"
"""The Redis channel on which web workers hear the topics of the pages that were touched, each on a line."""

WAKERS: Final = "marketplace.wakers"
"""The entry points through which the queue, which the house does not know, is woken."""

log = structlog.get_logger()

Wake = Callable[[str], None]
Ping = Callable[[Sequence[str]], object]


class Relay:
    """One pass: take what was committed, ping its pages, wake its consumers."""

    def __init__(self, db: Database, *, ping: Ping, wake: Wake) -> None:
        self._db, self._ping, self._wake = db, ping, wake
        self._consumers = flows.consumers()
        self._actor = system("relay")

    def pass_on(self) -> int:
        """Relay one batch of committed facts; returns how many."""
        envelopes = self._db.transact(_take, self._actor)
        touched = dict.fromkeys(topic for envelope in envelopes for topic in flows.page_topics(envelope))
        if touched:
            self._ping(tuple(touched))
        self._wake_all(name for envelope in envelopes for name in self._consumers.get(envelope.topic, ()))
        return len(envelopes)

    def sweep(self) -> None:
        """Wake the consumers whose facts have been due for a while: a wake-up may have been lost."""
        due = self._db.read(_overdue, self._actor, now=self._db.now())
        self._wake_all(due)

    def _wake_all(self, names: Iterable[str]) -> None:
        for name in dict.fromkeys(name.removeprefix(events.UNORDERED) for name in names):
            self._wake(name)


def run() -> None:
    """Relay until told to stop; a database or a Redis that is away is waited for."""
    logs.configure(settings().log_level)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    wake = wakers()
    line = redis.Redis.from_url(
        settings().redis_url, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 1)
    )
    relay = Relay(
        bootstrap.database(), ping=lambda topics: line.publish(LIVE_CHANNEL, "\n".join(topics)), wake=wake["consumer"]
    )
    bootstrap.settle()
    while not stopping.is_set():
        try:
            _listen(relay, wake["schedule"], stopping)
        except (psycopg.Error, redis.RedisError, Unavailable) as error:
            log.warning("relay waits", error=str(error))
            stopping.wait(PAUSE_SECONDS)


def wakers() -> dict[str, Wake]:
    """Find who wakes consumers and schedules, by entry point: the queue stands above the house."""
    return {point.name: point.load() for point in entry_points(group=WAKERS)}


def _listen(relay: Relay, wake_schedule: Wake, stopping: threading.Event) -> None:
    url = settings().database_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as line:
        line.execute(f"LISTEN {events.CHANNEL}")
        line.execute(f"LISTEN {jobs.CHANNEL}")
        log.info("relay listens")
        ready_file = settings().ready_file
        if ready_file:
            ready_file.touch()
        swept_at = time.monotonic()
        while not stopping.is_set():
            passed_on = relay.pass_on()
            if passed_on == BATCH:
                continue
            if passed_on:
                stopping.wait(GATHER_SECONDS)
            heard = {notice.channel for notice in line.notifies(timeout=POLL_SECONDS, stop_after=1)}
            if jobs.CHANNEL in heard:
                wake_schedule("clock moved")
            if time.monotonic() - swept_at >= SWEEP_AFTER.total_seconds():
                relay.sweep()
                swept_at = time.monotonic()


def _take(_actor: Actor, uow: UnitOfWork) -> tuple[Envelope, ...]:
    return events.take_unrelayed(uow, limit=BATCH)


def _overdue(_actor: Actor, session: Session, *, now: datetime) -> tuple[str, ...]:
    return events.consumers_due(session, now=now, waiting_for=SWEEP_AFTER)


if __name__ == "__main__":
    run()
