"""What inventory decides by arithmetic alone: which wants are met, and what a movement does to the shelf."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from marketplace.inventory.states import AdjustReason

MOST_ON_HAND: Final = 10_000_000

SIGNS: Final[Mapping[AdjustReason, int]] = {
    AdjustReason.RECEIVE: 1,
    AdjustReason.FOUND: 1,
    AdjustReason.DISPOSE: -1,
    AdjustReason.DAMAGE: -1,
    AdjustReason.LOST: -1,
}
"""Whether a movement that a vendor writes down adds to the shelf or takes from it."""

K = TypeVar("K")


def is_count(number: int) -> bool:
    """Whether so many can lie on a shelf."""
    return 0 <= number <= MOST_ON_HAND


def meet(wanted: Iterable[tuple[K, int]], left: Mapping[K, int]) -> list[bool]:
    """Which wants are met, first come first served; each is met whole or not at all."""
    remaining = dict(left)
    met = []
    for key, quantity in wanted:
        fits = quantity <= remaining.get(key, 0)
        met.append(fits)
        if fits:
            remaining[key] -= quantity
    return met
