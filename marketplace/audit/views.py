"""What leaves the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class EntryView:
    """One deed, for reading."""

    at: datetime
    actor: str
    action: str
    object_id: str
    before: Any
    after: Any
    reason: str | None


@dataclass(frozen=True, slots=True)
class Breach:
    """Where the chain does not hold, and why."""

    position: int
    why: str
