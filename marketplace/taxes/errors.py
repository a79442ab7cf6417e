"""The ways taxes refuse."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound


class NoRate(NotFound):
    """No rate holds for a category on that day."""

    code = "taxes.no_rate"

    def __init__(self) -> None:
        super().__init__("No tax rate is in force for this category: ask the operator to install the rates.")


CONSTRAINTS: Final[Constraints] = {
    "uq_tax_rates_category_starts_at": Broken(
        Conflict, "taxes.rate_exists", "This category has a rate from that day on already: choose another day."
    ),
    "ck_tax_rates_rate_in_range": Broken(
        Invalid, "taxes.rate_out_of_range", "A tax rate is between 0 and 100 percent: check it."
    ),
}
