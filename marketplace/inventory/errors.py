"""The ways inventory says no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound
from marketplace.kernel.words import mark


class StockNotFound(NotFound):
    """No stock is kept for that listing, or it is another store's."""

    code = "inventory.stock_not_found"

    def __init__(self) -> None:
        super().__init__("Your store keeps no stock for such a listing: look for it among your listings.")


class StockChangedMeanwhile(Conflict):
    """The count was made against figures that have changed."""

    code = "inventory.version_changed"

    def __init__(self, *, on_hand: int, version: int) -> None:
        super().__init__(
            "The stock has changed meanwhile: {on_hand} are on hand now. Look again, then save.",
            on_hand=on_hand,
            version=version,
        )


class PromisedAlready(Conflict):
    """Fewer on hand than are promised already."""

    code = "inventory.below_promised"

    def __init__(self, *, blocked: int) -> None:
        super().__init__(
            "{blocked} are promised to orders. Enter {blocked} or more, or cancel orders first.", blocked=blocked
        )


def _left(available: int) -> str:
    if available <= 0:
        return mark("Nothing is left: look at other offers.")
    if available == 1:
        return mark("Only one is left: take that one, or look at other offers.")
    return mark("Only {available} are left: take fewer, or look at other offers.")


class InsufficientStock(Conflict):
    """Less is available than is wanted."""

    code = "inventory.insufficient_stock"

    def __init__(self, *, available: int) -> None:
        super().__init__(_left(available), available=available)


class NotReserved(Conflict):
    """A reservation that was counted on is not there any more."""

    code = "inventory.reservation_gone"

    def __init__(self, *, wanted: str, missing: int) -> None:
        super().__init__(
            "{missing} of the reservations cannot be {wanted} any more: look at the order again.",
            wanted=wanted,
            missing=missing,
        )


class BadCount(Invalid):
    """No number of things that can lie on a shelf."""

    code = "inventory.count_invalid"

    def __init__(self, *, most: int) -> None:
        super().__init__("Enter a whole number from 0 to {most}.", most=f"{most:,}")


CONSTRAINTS: Final[Constraints] = {
    "uq_locations_store_id": Broken(Conflict, "inventory.location_taken", "The store has its place for stock already."),
    "ck_stock_on_hand_covers_promises": Broken(
        Conflict, "inventory.insufficient_stock", "Not enough is left of that: take fewer, or look at other offers."
    ),
    "ck_stock_reserved_not_negative": Broken(
        Conflict, "inventory.stock_torn", "The stock was not changed: look at the order again."
    ),
    "ck_stock_allocated_not_negative": Broken(
        Conflict, "inventory.stock_torn", "The stock was not changed: look at the order again."
    ),
    "ck_stock_warn_at_not_negative": Broken(
        Invalid, "inventory.count_invalid", "Warn at 0 or more: type the number again."
    ),
    "uq_reservations_holder_id": Broken(
        Conflict, "inventory.reserved_already", "This line has its units set aside already."
    ),
    "ck_reservations_quantity_positive": Broken(
        Invalid, "inventory.count_invalid", "Set aside one unit or more: type the number again."
    ),
    "ck_reservations_returned_within_quantity": Broken(
        Conflict, "inventory.returned_already", "These units have come back already."
    ),
}
