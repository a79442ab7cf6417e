"""The ways the schedule and the clock refuse."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints


class ClockStandsStill(Conflict):
    """The clock of this installation may not be moved, or not backwards."""

    code = "jobs.clock_stands_still"


class OtherProfile(Conflict):
    """The data belongs to the other profile."""

    code = "jobs.other_profile"

    def __init__(self, *, found: str, wanted: str) -> None:
        super().__init__(
            "This data was made for the profile {found}: start with it, or name another data folder for {wanted}.",
            found=found,
            wanted=wanted,
        )


CONSTRAINTS: Final[Constraints] = {
    "ck_installations_only_one": Broken(Conflict, "jobs.only_one", "An installation has one row of its own."),
    "ck_installations_clock_not_behind": Broken(
        Conflict, "jobs.clock_stands_still", "The clock can be moved forward only."
    ),
}
