"""The ways pricing says no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, FieldProblem, Invalid


class BadTerms(Invalid):
    """A price, a step or a quantity that cannot be sold by."""

    code = "pricing.terms_invalid"

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("The price cannot be used as it is: mend what is marked.", fields=problems)


class PriceChangedMeanwhile(Conflict):
    """Somebody else has changed the price."""

    code = "pricing.version_changed"

    def __init__(self, *, version: int) -> None:
        super().__init__("The price has changed meanwhile: look again, then save.", version=version)


_TERMS: Final = "The price cannot be used as it is: look at its figures again."

CONSTRAINTS: Final[Constraints] = {
    "ck_prices_price_positive": Broken(
        Invalid, "pricing.price_invalid", "A price is more than nothing: type it again."
    ),
    "ck_prices_list_price_above_price": Broken(
        Invalid, "pricing.list_price_invalid", "The price before must be above the price: raise it, or leave it out."
    ),
    "ck_prices_quantities_ordered": Broken(Invalid, "pricing.terms_invalid", _TERMS),
    "ck_prices_quantities_in_steps": Broken(Invalid, "pricing.terms_invalid", _TERMS),
    "ck_tiers_from_two": Broken(Invalid, "pricing.tiers_invalid", "A step in price starts at 2 units or more."),
    "ck_tiers_discount_is_a_part": Broken(
        Invalid, "pricing.tiers_invalid", "A discount is more than nothing and less than the whole price."
    ),
}
