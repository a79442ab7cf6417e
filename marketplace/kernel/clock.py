"""Time: one reading of the clock for each unit of work, and half-open periods."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

Clock = Callable[[], datetime]

OFFSET_READ_EVERY_SECONDS: Final = 1.0


def utc_now() -> datetime:
    """Read the clock. Nothing but units of work, and tokens that expire in real time, should."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time that holds its start and not its end."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            message = "A period cannot end before it starts."
            raise ValueError(message)

    def __contains__(self, instant: datetime) -> bool:
        return self.starts_at <= instant < self.ends_at


class MovableClock:
    """Real time plus an offset that every process reads from the same place once a second."""

    def __init__(self, read_offset: Callable[[], timedelta]) -> None:
        self._read_offset = read_offset
        self._offset = timedelta()
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Read the moved clock."""
        with self._lock:
            if time.monotonic() - self._read_at >= OFFSET_READ_EVERY_SECONDS:
                self._offset = self._read_offset()
                self._read_at = time.monotonic()
            return utc_now() + self._offset
