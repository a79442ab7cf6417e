"""What hardly ever changes is read once a second by each process, and not once a request.

Rates and fees have versions with a day from which they hold, and limits are kept with all of theirs: a second of delay
harms nobody. A session that the house's `Database` has not opened remembers nothing.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")

STAYS_FRESH: Final = timedelta(seconds=1)
KEPT: Final = "kept"
"""Under this name a session carries what its process remembers."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, and when it was asked for: by the asker's clock, or the machine's where it holds at every instant."""

    at: datetime | float
    value: Any


Memory = dict[Hashable, Remembered]


def kept(session: Session, name: Hashable, *, at: datetime, read: Callable[[], T]) -> T:
    """Give what was read for the last second before that instant, or read it."""
    memory: Memory | None = session.info.get(KEPT)
    if memory is None:
        return read()
    known = memory.get(name)
    if known is None or not isinstance(known.at, datetime) or not timedelta() <= at - known.at < STAYS_FRESH:
        known = memory[name] = Remembered(at, read())
    value: T = known.value
    return value


def lasting(session: Session, name: Hashable, *, read: Callable[[], T]) -> T:
    """Give what was read within the last second and holds for every instant, as all versions of a thing; or read it."""
    memory: Memory | None = session.info.get(KEPT)
    if memory is None:
        return read()
    now, known = time.monotonic(), memory.get(name)
    if known is None or isinstance(known.at, datetime) or now - known.at >= STAYS_FRESH.total_seconds():
        known = memory[name] = Remembered(now, read())
    value: T = known.value
    return value


def forget(session: Session) -> None:
    """Remember nothing that was read before, nor what this session reads: it is about to change such a thing."""
    memory: Memory | None = session.info.pop(KEPT, None)
    if memory is not None:
        memory.clear()
