"""What hardly ever changes is read once a second by each process, and not once a request.

Rates, fees and limits are kept with all their versions, each with the day from which it holds: a second of delay
harms nobody. A session that the house's `Database` has not opened remembers nothing.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")

STAYS_FRESH: Final = 1.0
"""For so many seconds."""

KEPT: Final = "kept"
"""Under this name a session carries what its process remembers."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, and when it was read by the machine's steady clock."""

    at: float
    value: Any


Memory = dict[Hashable, Remembered]


def kept(session: Session, name: Hashable, *, read: Callable[[], T]) -> T:
    """Give what was read within the last second, or read it; it must hold for every instant somebody may ask about."""
    memory: Memory | None = session.info.get(KEPT)
    if memory is None:
        return read()
    now, known = time.monotonic(), memory.get(name)
    if known is None or now - known.at >= STAYS_FRESH:
        known = memory[name] = Remembered(now, read())
    value: T = known.value
    return value


def forget(session: Session) -> None:
    """Remember nothing that was read before, nor what this session reads: it is about to change such a thing."""
    memory: Memory | None = session.info.pop(KEPT, None)
    if memory is not None:
        memory.clear()
