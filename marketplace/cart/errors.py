"""The ways carts refuse."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Forbidden, Invalid, SignedOut


class NoCart(Conflict):
    """There is nothing to order."""

    code = "cart.empty"

    def __init__(self) -> None:
        super().__init__("Your cart is empty, or was ordered already. Look at your orders, or add something.")


class NoBuyer(Forbidden):
    """Whoever has no buying store has no cart."""

    code = "cart.no_buyer"

    def __init__(self) -> None:
        super().__init__("You have no store to buy for here: switch to one that buys.")


class MembersOnly(SignedOut):
    """Only members of stores buy here."""

    code = "auth.members_only"

    def __init__(self) -> None:
        super().__init__("Sign in to fill a cart: this marketplace is open to its members only.")


class NoDevice(SignedOut):
    """A visitor without a device cookie cannot be told from another."""

    code = "auth.no_device"

    def __init__(self) -> None:
        super().__init__("Allow cookies for this site, or sign in: without either we cannot keep your cart.")


class TooManyLines(Invalid):
    """A cart has its limits."""

    code = "cart.too_many_lines"

    def __init__(self, most: int) -> None:
        super().__init__("A cart holds {most} different things at most. Order some of them first.", most=most)


class BadQuantity(Invalid):
    """No number of things that can be bought."""

    code = "cart.quantity_invalid"

    def __init__(self, most: int) -> None:
        super().__init__("Buy between 1 and {most} of a thing.", most=most)


CONSTRAINTS: Final[Constraints] = {
    "uq_carts_active_store": Broken(Conflict, "cart.changed", "Your cart changed elsewhere: look at it again."),
    "uq_carts_active_device": Broken(Conflict, "cart.changed", "Your cart changed elsewhere: look at it again."),
    "ck_carts_has_owner": Broken(Invalid, "cart.no_owner", "Sign in to keep a cart."),
    "ck_cart_lines_quantity_positive": Broken(
        Invalid, "cart.quantity_invalid", "Buy at least one of a thing, or take it out of the cart."
    ),
}
