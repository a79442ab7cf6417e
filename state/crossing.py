"""The one crossing from the event loop to a thread: services block on the database, the loop must not."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, partial
from typing import ParamSpec, TypeVar

from marketplace.settings import settings

P = ParamSpec("P")
T = TypeVar("T")


async def run(call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call something that blocks, in a thread that knows the same language, actor and request."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool(os.getpid()), copy_context().run, partial(call, *args, **kwargs))


@cache
def _pool(_pid: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=settings().threads, thread_name_prefix="crossing")
