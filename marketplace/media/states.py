"""What kinds of files there are, and the journey of one."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class AssetKind(StrEnum):
    """What a file is for; the kind decides who may send it and who may see it."""

    PRODUCT_IMAGE = "product_image"
    STORE_IMAGE = "store_image"
    DELIVERY_PHOTO = "delivery_photo"


class AssetState(StrEnum):
    """Where a file stands."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class AssetAction(StrEnum):
    """What can happen to a file."""

    ACCEPT = "accept"
    REJECT = "reject"


class Flaw(StrEnum):
    """Why a file was not taken."""

    NOT_A_PICTURE = "not_a_picture"
    OTHER_TYPE = "other_type"
    TOO_LARGE = "too_large"


ASSET: Final = Machine(
    noun="upload",
    initial=AssetState.PENDING,
    moves={
        AssetState.PENDING: {AssetAction.ACCEPT: AssetState.READY, AssetAction.REJECT: AssetState.FAILED},
        AssetState.READY: {},
        AssetState.FAILED: {},
    },
)
