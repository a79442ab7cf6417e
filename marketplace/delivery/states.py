"""The journey of a parcel with an agent, and of the cash he carries."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class AssignmentState(StrEnum):
    """Where a parcel stands with its agent."""

    OFFERED = "offered"
    PICKED_UP = "picked_up"
    FAILED = "failed"
    RETURNING = "returning"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    WITHDRAWN = "withdrawn"


class AssignmentAction(StrEnum):
    """What can be done with a parcel that was given to an agent."""

    PICK_UP = "pick_up"
    DELIVER = "deliver"
    FAIL = "fail"
    RETRY = "retry"
    GIVE_UP = "give_up"
    RETURN = "return"
    REASSIGN = "reassign"
    WITHDRAW = "withdraw"


ASSIGNMENT: Final = Machine(
    noun="delivery",
    initial=AssignmentState.OFFERED,
    moves={
        AssignmentState.OFFERED: {
            AssignmentAction.PICK_UP: AssignmentState.PICKED_UP,
            AssignmentAction.REASSIGN: AssignmentState.REASSIGNED,
            AssignmentAction.WITHDRAW: AssignmentState.WITHDRAWN,
        },
        AssignmentState.PICKED_UP: {
            AssignmentAction.DELIVER: AssignmentState.DELIVERED,
            AssignmentAction.FAIL: AssignmentState.FAILED,
            AssignmentAction.GIVE_UP: AssignmentState.RETURNING,
        },
        AssignmentState.FAILED: {AssignmentAction.RETRY: AssignmentState.PICKED_UP},
        AssignmentState.RETURNING: {AssignmentAction.RETURN: AssignmentState.RETURNED},
        AssignmentState.DELIVERED: {},
        AssignmentState.RETURNED: {},
        AssignmentState.REASSIGNED: {},
        AssignmentState.WITHDRAWN: {},
    },
)

LIVE: Final = (
    AssignmentState.OFFERED,
    AssignmentState.PICKED_UP,
    AssignmentState.FAILED,
    AssignmentState.RETURNING,
)
"""States in which the order is somebody's to carry; an order has at most one such assignment."""

COMING: Final = (AssignmentState.OFFERED, AssignmentState.PICKED_UP, AssignmentState.FAILED)
"""States in which the buyer still waits for the parcel, and for somebody to tell his code."""

CARRIED: Final = (AssignmentState.PICKED_UP, AssignmentState.FAILED, AssignmentState.RETURNING)
"""States in which the parcel is in the agent's hands."""


BACK_TO_SHOP: Final = (AssignmentState.RETURNING, AssignmentState.RETURNED)
"""States in which the parcel goes, or went, back to the shop: its agent needs nothing of the buyer any more."""


class StopKind(StrEnum):
    """Why an agent goes to an address."""

    PICKUP = "pickup"
    DROP = "drop"


class StopState(StrEnum):
    """Where a stop stands on the round."""

    PLANNED = "planned"
    OPEN = "open"
    FAILED = "failed"
    RETURNING = "returning"
    DONE = "done"
    CANCELED = "canceled"


class ProofKind(StrEnum):
    """How we know that the parcel was handed to the buyer."""

    CODE = "code"
    PHOTO = "photo"


class FailureReason(StrEnum):
    """Why a parcel could not be handed over."""

    NOT_HOME = "not_home"
    WRONG_ADDRESS = "wrong_address"
    REFUSED = "refused"
    NO_CASH = "no_cash"
    DAMAGED = "damaged"
    NO_ACCESS = "no_access"


class ExceptionState(StrEnum):
    """Where a question about a sum of cash stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class HandOverState(StrEnum):
    """Where a hand-over of cash stands."""

    DECLARED = "declared"
    ACCEPTED = "accepted"
    INVESTIGATING = "investigating"


class HandOverAction(StrEnum):
    """What can be done with a hand-over."""

    ACCEPT = "accept"
    INVESTIGATE = "investigate"
    CLEAR = "clear"


HAND_OVER: Final = Machine(
    noun="hand-over",
    initial=HandOverState.DECLARED,
    moves={
        HandOverState.DECLARED: {
            HandOverAction.ACCEPT: HandOverState.ACCEPTED,
            HandOverAction.INVESTIGATE: HandOverState.INVESTIGATING,
        },
        HandOverState.INVESTIGATING: {HandOverAction.CLEAR: HandOverState.ACCEPTED},
        HandOverState.ACCEPTED: {},
    },
)
