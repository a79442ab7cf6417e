"""What it is to react to a fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.events import Event
from marketplace.kernel.ids import EventId
from marketplace.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact with the name of its event and its time, for those who must not say the same twice, or say when."""

    event_id: EventId
    made_at: datetime
    fact: Any


@dataclass(frozen=True, slots=True)
class Reaction:
    """A named consumer hears a kind of fact, and what it does then, in one unit with the receipt.

    `together`: it is given all facts of that kind that a batch holds, as a tuple, and coalesces them.
    `by_name`: each fact comes as `Heard`, with the name of its event.
    `unordered`: the order of facts about one thing does not matter to it, so one that dies blocks no other.
    """

    consumer: str
    event: type[Event]
    run: Callable[[UnitOfWork, Any], None]
    together: bool = False
    by_name: bool = False
    unordered: bool = False
