"""The ways a switch refuses."""

from collections.abc import Sequence
from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, Invalid


class FlagNeedsOthers(Conflict):
    """What it builds on is off."""

    code = "flags.needs_others"

    def __init__(self, flag: str, missing: Sequence[str]) -> None:
        super().__init__("Turn on {missing} first: {flag} builds on it.", flag=flag, missing=", ".join(missing))


class FlagInUse(Conflict):
    """Something that is on builds on it."""

    code = "flags.in_use"

    def __init__(self, flag: str, users: Sequence[str]) -> None:
        super().__init__("Turn off {users} first: it builds on {flag}.", flag=flag, users=", ".join(users))


class LimitOutOfBounds(Invalid):
    """A number that the house cannot work with."""

    code = "flags.limit_out_of_bounds"

    def __init__(self, limit: str, least: int, most: int) -> None:
        super().__init__(
            "{limit} is {least} to {most}: choose a number between them.", limit=limit, least=least, most=most
        )


class LimitInThePast(Invalid):
    """A version that would change what was decided under the one before it."""

    code = "flags.limit_in_the_past"

    def __init__(self) -> None:
        super().__init__("What is over was decided by the number of its day: name a moment to come, or none.")


CONSTRAINTS: Final[Constraints] = {
    "uq_limit_settings_name_effective_at": Broken(
        Conflict, "flags.limit_exists", "This number has a version for that instant already: choose a later one."
    ),
}
