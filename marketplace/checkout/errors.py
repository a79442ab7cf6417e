"""The ways checkout refuses."""

from typing import Final

from marketplace.cart import Difference, QuoteView
from marketplace.kernel.errors import Conflict, Constraints, Forbidden, Invalid


class QuoteChanged(Conflict):
    """What the buyer agreed to is not what holds now: he is shown what does, and what is different."""

    code = "checkout.quote_changed"

    def __init__(self, *, quote: QuoteView, differences: tuple[Difference, ...]) -> None:
        super().__init__("Prices or stock have changed since you looked. See what is new, and confirm again.")
        self.quote = quote
        self.differences = differences


class CannotBuy(Forbidden):
    """The store is not allowed to buy now."""

    code = "checkout.store_cannot_buy"

    def __init__(self) -> None:
        super().__init__("Your store cannot buy at the moment: see its page for the reason, or ask support.")


class AddressMissing(Invalid):
    """Goods must go somewhere."""

    code = "checkout.address_missing"

    def __init__(self) -> None:
        super().__init__("Say where it goes: choose one of your addresses, or write one down.")


CONSTRAINTS: Final[Constraints] = {}
