"""Where a delivery stands."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """A delivery waits, was taken in, or was given up."""

    PENDING = "pending"
    TAKEN = "taken"
    DEAD = "dead"
