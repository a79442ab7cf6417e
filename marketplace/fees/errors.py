"""The ways fees refuse."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid, NotFound


class NoRule(NotFound):
    """No rule of the schedule covers a sale."""

    code = "fees.no_rule"

    def __init__(self) -> None:
        super().__init__("No fee is in force for this category: ask the operator to install the fee schedule.")


CONSTRAINTS: Final[Constraints] = {
    "uq_fee_schedules_version": Broken(
        Conflict, "fees.version_exists", "Somebody else has published this version of the fees: look at it first."
    ),
    "ck_fee_schedules_vat_in_range": Broken(
        Invalid, "fees.vat_out_of_range", "The VAT on fees is between 0 and 100 percent: check it."
    ),
    "uq_fee_rules_schedule_id_category_up_to_minor": Broken(
        Conflict, "fees.rule_exists", "The schedule has a rule for this category already: change that one."
    ),
    "ck_fee_rules_rate_in_range": Broken(
        Invalid, "fees.rate_out_of_range", "A fee is between 0 and 100 percent: check it."
    ),
    "ck_fee_rules_bounds_in_order": Broken(
        Invalid, "fees.bounds_out_of_order", "The least fee cannot be more than the greatest: check both."
    ),
}
