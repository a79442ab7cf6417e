"""What is switched on, and the numbers the operator may change.

Owns `feature_flags` and `limit_settings`. Invariant: a flag is on only where everything it needs is on, and a number
is never changed, only followed by a later version.
"""

from marketplace.flags.errors import CONSTRAINTS, FlagInUse, FlagNeedsOthers
from marketplace.flags.limits import Limit
from marketplace.flags.queries import flags, is_on, limit, limits
from marketplace.flags.service import roll_out, set_limit
from marketplace.flags.states import Flag
from marketplace.flags.views import FlagView, LimitView

__all__ = [
    "CONSTRAINTS",
    "Flag",
    "FlagInUse",
    "FlagNeedsOthers",
    "FlagView",
    "Limit",
    "LimitView",
    "flags",
    "is_on",
    "limit",
    "limits",
    "roll_out",
    "set_limit",
]
