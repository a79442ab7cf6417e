"""What leaves the slice of wishes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What was answered the first time: an outcome word of the edge's, and the bytes it sent."""

    outcome: str
    body: bytes
