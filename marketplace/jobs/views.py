"""What leaves the schedule."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RunView:
    """How a job stands."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    due_at: datetime
    failures: int
    last_error: str | None
