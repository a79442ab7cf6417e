"""How often somebody may ask, and what the answer says of it.

Writes are counted in Redis, so that every process counts alike; where Redis is away, each process counts by itself at
half the rate. Reads are counted by each process alone: they only have to stop a crowd, and cost no round trip.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

import structlog
from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from starlette.types import Scope

from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import TooMany
from marketplace.rest.network import network_of
from marketplace.settings import settings

WINDOW_SECONDS: Final = 60
PATIENCE_SECONDS: Final = 0.5
MOST_KNOWN: Final = 50_000
IN_SCOPE: Final = "marketplace.rate"

log = structlog.get_logger()


class Rate(Enum):
    """How often a minute one store, or one network of visitors, may ask. Proposals of ours, but the checkout's."""

    READ = 1_200
    WRITE = 240
    CHECKOUT = 10
    """Domain-rules B25."""
    FREE = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands within his rate."""

    limit: int
    remaining: int
    reset_seconds: int

    def headers(self) -> dict[str, str]:
        """Say it on the answer."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_seconds),
        }


class Buckets:
    """Token buckets of one process, for the callers it heard of last."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._most = most

    def take(self, key: str, *, limit: int, now: float) -> Standing | None:
        """Take one token; None where the bucket is empty."""
        level, since = self._levels.pop(key, (float(limit), now))
        level = min(float(limit), level + (now - since) * limit / WINDOW_SECONDS)
        is_empty = level < 1
        self._levels[key] = (level if is_empty else level - 1, now)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return None if is_empty else Standing(limit, int(level - 1), WINDOW_SECONDS)


_buckets: Final = Buckets()


async def count(request: Request, actor: Actor, rate: Rate) -> None:
    """Count one call; refuse it where there were too many."""
    if rate is Rate.FREE:
        return
    who = str(actor.store_id or actor.user_id or network_of(request))
    standing = (
        _buckets.take(f"{rate.name}:{who}", limit=rate.value, now=time.monotonic())
        if rate is Rate.READ
        else await _shared(rate, who)
    )
    if standing is None:
        raise TooMany("That was too often: wait a minute, then go on.", retry_after_seconds=WINDOW_SECONDS)
    request.scope[IN_SCOPE] = standing


def standing_of(scope: Scope) -> Standing | None:
    """Tell how a request stood, once it was counted."""
    standing: Standing | None = scope.get(IN_SCOPE)
    return standing


async def _shared(rate: Rate, who: str) -> Standing | None:
    limiter, item = _limiter(), RateLimitItemPerMinute(rate.value)
    try:
        if not await limiter.hit(item, rate.name, who):
            return None
        window = await limiter.get_window_stats(item, rate.name, who)
    except (RedisError, OSError) as error:
        log.warning("rates are counted by this process alone", error=str(error))
        return _buckets.take(f"{rate.name}:{who}", limit=rate.value // 2, now=time.monotonic())
    return Standing(rate.value, window.remaining, max(0, int(window.reset_time - utc_now().timestamp())))


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    url = f"async+{settings().redis_url}"
    storage = RedisStorage(
        url,
        implementation="redispy",
        key_prefix="rates",
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]  # handed to redis as it is
    )
    return SlidingWindowCounterRateLimiter(storage)
