"""Wake-ups for consumers of events."""

import time
from functools import cache
from typing import Final

import redis
from celery.signals import worker_process_init

from marketplace import bootstrap, flows
from marketplace.settings import settings
from tasks.app import app

KNOCK_LASTS_SECONDS: Final = 30
"""A knock that nobody heard in that time is not worth hearing any more."""

KNOCKS_AGAIN_SECONDS: Final = 2
"""After that another knock may be made: who should have heard the last one, or sent it, may have died."""

TURN_SECONDS: Final = 0.2
"""How long one consumer takes facts in before the others have their turn: in a rush there is always another fact."""


@worker_process_init.connect
def settle(**_signal: object) -> None:
    """Make a new process of the worker ready: all that it needs was loaded before it was forked off."""
    bootstrap.settle()


@app.task(name="events.deliver")
def deliver(*, consumer: str, **_from_newer_senders: object) -> None:
    """Let one consumer take in what is due for it; who is not done when his turn ends knocks for himself again."""
    _line().delete(_knock(consumer))
    ends_at = time.monotonic() + TURN_SECONDS
    while flows.take_in_batch(bootstrap.database(), consumer=consumer):
        if time.monotonic() >= ends_at:
            wake(consumer)
            return


def wake(consumer: str) -> None:
    """Knock: there is something to take in. While a knock waits to be heard, no other is made for two seconds."""
    if _line().set(_knock(consumer), 1, nx=True, ex=KNOCKS_AGAIN_SECONDS):
        deliver.apply_async(kwargs={"consumer": consumer}, expires=KNOCK_LASTS_SECONDS)


def _knock(consumer: str) -> str:
    return f"knock:{consumer}"


@cache
def _line() -> redis.Redis:
    return redis.Redis.from_url(settings().redis_url, socket_connect_timeout=2, socket_timeout=2)
