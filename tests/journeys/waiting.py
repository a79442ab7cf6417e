"""Waiting for what other processes are about to do."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 120.0


def wait_until(comes_true: Callable[[], bool], *, within: float = PATIENCE_SECONDS) -> None:
    """Ask again and again until something is true; fail when it takes too long."""
    end = time.monotonic() + within
    while not comes_true():
        if time.monotonic() > end:
            raise AssertionError(f"It did not come true within {within:.0f} s: {comes_true.__name__}")
        time.sleep(0.25)
