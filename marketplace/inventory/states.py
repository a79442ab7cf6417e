"""The journey of a reservation, and the kinds of movement."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class ReservationState(StrEnum):
    """Where a reservation stands: waiting for the vendor, promised to the order, gone with it, or free again."""

    ACTIVE = "active"
    CONVERTED = "converted"
    CONSUMED = "consumed"
    RELEASED = "released"
    EXPIRED = "expired"


class ReservationAction(StrEnum):
    """What can be done to a reservation."""

    CONVERT = "convert"
    CONSUME = "consume"
    RELEASE = "release"
    EXPIRE = "expire"


class MovementKind(StrEnum):
    """Why stock moved."""

    RECEIVE = "receive"
    RESERVE = "reserve"
    RELEASE = "release"
    ALLOCATE = "allocate"
    SHIP = "ship"
    RETURN_RECEIVE = "return_receive"
    DISPOSE = "dispose"
    DAMAGE = "damage"
    LOST = "lost"
    FOUND = "found"
    ADJUST = "adjust"
    TRANSFER = "transfer"


class AdjustReason(StrEnum):
    """The movements that a vendor may write down himself."""

    RECEIVE = "receive"
    DISPOSE = "dispose"
    DAMAGE = "damage"
    LOST = "lost"
    FOUND = "found"


class CountStatus(StrEnum):
    """What became of a count that was taken in with many others."""

    OPENED = "opened"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


RESERVATION: Final = Machine(
    noun="reservation",
    initial=ReservationState.ACTIVE,
    moves={
        ReservationState.ACTIVE: {
            ReservationAction.CONVERT: ReservationState.CONVERTED,
            ReservationAction.RELEASE: ReservationState.RELEASED,
            ReservationAction.EXPIRE: ReservationState.EXPIRED,
        },
        ReservationState.CONVERTED: {
            ReservationAction.CONSUME: ReservationState.CONSUMED,
            ReservationAction.RELEASE: ReservationState.RELEASED,
        },
        ReservationState.CONSUMED: {},
        ReservationState.RELEASED: {},
        ReservationState.EXPIRED: {},
    },
)
