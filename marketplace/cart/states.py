"""The journey of a cart, and what can be said of its lines."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class CartState(StrEnum):
    """Where a cart stands."""

    ACTIVE = "active"
    CONVERTED = "converted"
    MERGED = "merged"
    ABANDONED = "abandoned"


class CartAction(StrEnum):
    """What can become of a cart."""

    CONVERT = "convert"
    MERGE = "merge"
    ABANDON = "abandon"


CART: Final = Machine(
    noun="cart",
    initial=CartState.ACTIVE,
    moves={
        CartState.ACTIVE: {
            CartAction.CONVERT: CartState.CONVERTED,
            CartAction.MERGE: CartState.MERGED,
            CartAction.ABANDON: CartState.ABANDONED,
        },
        CartState.CONVERTED: {},
        CartState.MERGED: {},
        CartState.ABANDONED: {},
    },
)


class LineStatus(StrEnum):
    """Whether a line can be ordered; one that cannot is left out of the sums."""

    OK = "ok"
    NOT_AVAILABLE = "not_available"
    INVALID = "invalid"


class NoticeCode(StrEnum):
    """What a buyer should know about a line or a vendor of his cart."""

    CLAMPED_TO_MOQ = "clamped_to_moq"
    CLAMPED_TO_MAX = "clamped_to_max"
    CLAMPED_TO_STEP = "clamped_to_step"
    PRICE_CHANGED = "price_changed"
    NOT_AVAILABLE = "not_available"
    OWN_LISTING = "own_listing"
    UNKNOWN_LISTING = "unknown_listing"
    VENDOR_SUSPENDED = "vendor_suspended"
    INVALID_PROMO = "invalid_promo"
