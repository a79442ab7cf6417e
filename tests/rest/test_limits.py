"""How often somebody may ask."""

import asyncio
from contextlib import aclosing

import pytest
from redis.exceptions import RedisError

from marketplace.rest.limits import Buckets, SharedBuckets, Standing
from marketplace.stack.folders import free_port
from marketplace.stack.valkey import Valkey


class TestBuckets:
    def test_give_what_the_rate_allows_and_then_no_more(self) -> None:
        buckets = Buckets()

        taken = [buckets.take("nora", limit=3, now=0.0) for _ in range(4)]

        assert taken == [
            Standing(3, 2, 20),
            Standing(3, 1, 40),
            Standing(3, 0, 60),
            Standing(3, 0, 60, wait_seconds=20),
        ]

    def test_fill_again_as_time_passes(self) -> None:
        buckets = Buckets()
        for _ in range(3):
            buckets.take("nora", limit=3, now=0.0)

        assert buckets.take("nora", limit=3, now=19.9).wait_seconds == 1
        assert buckets.take("nora", limit=3, now=20.1) == Standing(3, 0, 60)

    def test_count_each_caller_alone(self) -> None:
        buckets = Buckets()
        buckets.take("nora", limit=1, now=0.0)

        assert buckets.take("sami", limit=1, now=0.0) == Standing(1, 0, 60)
        assert buckets.take("nora", limit=1, now=0.0) == Standing(1, 0, 60, wait_seconds=60)

    def test_forget_who_was_not_heard_of_for_longest(self) -> None:
        buckets = Buckets(most=2)
        for name in ("nora", "sami", "huda"):
            buckets.take(name, limit=1, now=0.0)

        assert buckets.take("nora", limit=1, now=0.0).wait_seconds == 0
        assert buckets.take("huda", limit=1, now=0.0).wait_seconds == 60


class TestSharedBuckets:
    async def test_give_what_the_rate_allows_and_then_no_more(self, valkey: Valkey) -> None:
        async with aclosing(SharedBuckets(valkey.url)) as buckets:
            taken = [await buckets.take("nora", limit=3) for _ in range(4)]

        assert taken == [
            Standing(3, 2, 20),
            Standing(3, 1, 40),
            Standing(3, 0, 60),
            Standing(3, 0, 60, wait_seconds=20),
        ]

    async def test_fill_again_as_time_passes(self, valkey: Valkey) -> None:
        async with aclosing(SharedBuckets(valkey.url)) as buckets:
            for _ in range(60):
                await buckets.take("sami", limit=60)

            await asyncio.sleep(1.1)

            assert (await buckets.take("sami", limit=60)).wait_seconds == 0

    async def test_are_the_same_for_every_process(self, valkey: Valkey) -> None:
        async with aclosing(SharedBuckets(valkey.url)) as one, aclosing(SharedBuckets(valkey.url)) as other:
            await one.take("huda", limit=2)

            assert await other.take("huda", limit=2) == Standing(2, 0, 60)
            assert (await one.take("huda", limit=2)).wait_seconds == 30

    async def test_say_so_where_nobody_answers(self) -> None:
        async with aclosing(SharedBuckets(f"redis://127.0.0.1:{free_port()}/0")) as nobody:
            with pytest.raises((RedisError, OSError)):
                await nobody.take("nora", limit=3)
