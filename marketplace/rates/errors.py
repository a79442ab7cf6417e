"""The ways rates say no."""

from typing import Final

from marketplace.kernel.errors import Broken, Constraints, FieldProblem, Invalid

_FIGURES: Final = "The delivery terms cannot be used as they are: look at their figures again."


class BadProfile(Invalid):
    """Delivery terms that cannot be kept."""

    code = "rates.profile_invalid"

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("The delivery terms cannot be used as they are: mend what is marked.", fields=problems)


CONSTRAINTS: Final[Constraints] = {
    "ck_shipping_profiles_flat_not_negative": Broken(Invalid, "rates.profile_invalid", _FIGURES),
    "ck_shipping_profiles_free_over_positive": Broken(Invalid, "rates.profile_invalid", _FIGURES),
    "ck_shipping_profiles_days_within_reason": Broken(Invalid, "rates.profile_invalid", _FIGURES),
}
