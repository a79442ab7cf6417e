"""How often, and how soon, a failed delivery is tried again."""

from datetime import timedelta
from typing import Final

TRIES_OF_MISTAKES: Final = 3
"""A refusal or a programming error will not mend itself."""

TRIES_OF_OUTAGES: Final = 10
"""What did not answer may answer later (domain-rules B5)."""

FIRST_WAIT: Final = timedelta(milliseconds=250)
LONGEST_WAIT: Final = timedelta(seconds=10)


def next_try(tries: int, *, is_outage: bool) -> timedelta | None:
    """How long to wait after this many failed tries; None where it is given up. Doubles from 250 ms to 10 s."""
    if tries >= (TRIES_OF_OUTAGES if is_outage else TRIES_OF_MISTAKES):
        return None
    doublings: int = 2 ** (tries - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)
