"""What leaves the slice of switches."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.flags.limits import Limit
from marketplace.flags.states import Flag


@dataclass(frozen=True, slots=True)
class FlagView:
    """A switch, and what it builds on."""

    flag: Flag
    is_on: bool
    needs: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class LimitView:
    """A number as it stands; no instant where it is still the default."""

    limit: Limit
    value: int
    effective_at: datetime | None
