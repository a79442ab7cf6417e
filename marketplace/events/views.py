"""What leaves the slice of events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.kernel.ids import EventId


@dataclass(frozen=True, slots=True)
class Envelope:
    """A fact on the wire."""

    id: EventId
    topic: str
    aggregate: str
    body: dict[str, Any]
    asked_by: str
    request_id: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """A fact that one consumer has claimed, and how often it has failed at it."""

    envelope: Envelope
    consumer: str
    tries: int


@dataclass(frozen=True, slots=True)
class DeadLetterView:
    """A delivery that was given up, with what is needed to judge it."""

    event_id: EventId
    consumer: str
    topic: str
    aggregate: str
    body: dict[str, Any]
    tries: int
    reason: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far behind delivery is."""

    pending: int
    dead: int
    oldest_pending_at: datetime | None
    unrelayed: int
