"""How often somebody may ask, and what the answer says of it: token buckets, as domain-rules B25 asks.

Writes are counted in Redis, so that every process counts alike; where Redis is away, each process counts by itself at
half the rate. Reads are counted by each process alone: they only have to stop a crowd, and cost no round trip.
"""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, Self

import structlog
from fastapi import Request
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from starlette.types import Scope

from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import TooMany
from marketplace.rest.network import network_of
from marketplace.settings import settings

WINDOW_SECONDS: Final = 60
PATIENCE_SECONDS: Final = 0.5
MOST_KNOWN: Final = 50_000
IN_SCOPE: Final = "marketplace.rate"

_TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local known = redis.call('HMGET', KEYS[1], 'level', 'since')
local level, since = tonumber(known[1]) or limit, tonumber(known[2]) or now
level = math.min(limit, level + math.max(0, now - since) * limit / window)
local has_one = level >= 1
if has_one then level = level - 1 end
redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'since', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], window)
return {has_one and 1 or 0, string.format('%.6f', level)}
"""
"""The bucket of `Buckets.take`, by the clock of the server that all processes share."""

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
    """Until all of it may be asked again, if nothing is asked meanwhile."""

    wait_seconds: int = 0
    """Until he may ask again; more than none where this call was one too many."""

    @classmethod
    def at(cls, level: float, *, limit: int, was_refused: bool) -> Self:
        """Tell where a bucket with so many tokens left stands, and whether it had none to give."""
        wait = math.ceil((1 - level) * WINDOW_SECONDS / limit) if was_refused else 0
        return cls(limit, int(level), math.ceil((limit - level) * WINDOW_SECONDS / limit), wait)

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

    def take(self, key: str, *, limit: int, now: float) -> Standing:
        """Take one token, where there is one."""
        level, since = self._levels.pop(key, (float(limit), now))
        level = min(float(limit), level + (now - since) * limit / WINDOW_SECONDS)
        was_refused = level < 1
        level = level if was_refused else level - 1
        self._levels[key] = (level, now)
        if len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return Standing.at(level, limit=limit, was_refused=was_refused)


class SharedBuckets:
    """Token buckets that all processes take from, in one question each."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(
            url,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._client.register_script(_TAKE)

    async def take(self, key: str, *, limit: int) -> Standing:
        """Take one token, where there is one. `RedisError` or `OSError` where nobody answers."""
        has_one, level = await self._take(keys=[f"rates:{key}"], args=[limit, WINDOW_SECONDS])
        return Standing.at(float(level), limit=limit, was_refused=not has_one)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


_buckets: Final = Buckets()


async def count(request: Request, actor: Actor, rate: Rate) -> None:
    """Count one call, once however often it is asked about; refuse it where there were too many."""
    if rate is Rate.FREE:
        return
    standing = standing_of(request.scope) or await _counted(request, actor, rate)
    request.scope[IN_SCOPE] = standing
    if standing.wait_seconds:
        raise TooMany("That was too often: wait a moment, then go on.", retry_after_seconds=standing.wait_seconds)


async def _counted(request: Request, actor: Actor, rate: Rate) -> Standing:
    who = str(actor.store_id or actor.user_id or network_of(request))
    if rate is Rate.READ:
        return _buckets.take(f"{rate.name}:{who}", limit=rate.value, now=time.monotonic())
    return await _shared(rate, who)


def standing_of(scope: Scope) -> Standing | None:
    """Tell how a request stood, once it was counted."""
    standing: Standing | None = scope.get(IN_SCOPE)
    return standing


async def _shared(rate: Rate, who: str) -> Standing:
    key = f"{rate.name}:{who}"
    try:
        return await _shared_buckets().take(key, limit=rate.value)
    except (RedisError, OSError) as error:
        log.warning("rates are counted by this process alone", error=str(error))
        return _buckets.take(key, limit=rate.value // 2, now=time.monotonic())


@cache
def _shared_buckets() -> SharedBuckets:
    return SharedBuckets(settings().redis_url)
