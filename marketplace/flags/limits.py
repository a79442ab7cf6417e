"""The numbers an operator may change, and what they are until he does.

Each default is a proposal of ours unless a source is named; none is read but through `flags.limit`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Limit(StrEnum):
    """A number with versions; its unit is the end of its name."""

    DECISION_NUDGE_AFTER_DAYS = "decision_nudge_after_days"
    DECISION_EXPIRES_AFTER_DAYS = "decision_expires_after_days"
    UNSHIPPED_CANCELED_AFTER_DAYS = "unshipped_canceled_after_days"
    BUYER_NUDGE_EVERY_HOURS = "buyer_nudge_every_hours"
    QUOTE_VALID_MINUTES = "quote_valid_minutes"
    DELIVERY_ATTEMPTS = "delivery_attempts"
    DELIVERY_CODE_TRIES = "delivery_code_tries"
    AGENT_FLOAT_MINOR = "agent_float_minor"
    AGENT_OPEN_ORDERS = "agent_open_orders"
    CASH_CARRIED_HOURS = "cash_carried_hours"
    CASH_WARNING_HOURS = "cash_warning_hours"
    HAND_OVER_TOLERANCE_MINOR = "hand_over_tolerance_minor"
    MATURITY_DAYS = "maturity_days"
    RETURN_WINDOW_DAYS = "return_window_days"
    PAYOUT_MINIMUM_MINOR = "payout_minimum_minor"
    PAYOUT_SINGLE_MINOR = "payout_single_minor"
    NETWORK_REGISTRATIONS_HOURLY = "network_registrations_hourly"
    ACCOUNT_WRONG_PASSWORDS = "account_wrong_passwords"
    NETWORK_WRONG_PASSWORDS = "network_wrong_passwords"
    WRONG_PASSWORDS_WITHIN_MINUTES = "wrong_passwords_within_minutes"
    WRONG_PASSWORDS_REMEMBERED_HOURS = "wrong_passwords_remembered_hours"
    SIGN_IN_SHUT_AT_MOST_HOURS = "sign_in_shut_at_most_hours"


_EVERYWHERE: Final[Mapping[Limit, int]] = {
    Limit.DECISION_NUDGE_AFTER_DAYS: 5,  # domain-rules B11
    Limit.DECISION_EXPIRES_AFTER_DAYS: 10,  # domain-rules B11
    Limit.UNSHIPPED_CANCELED_AFTER_DAYS: 7,  # domain-rules B11; past the day it should have been shipped by
    Limit.BUYER_NUDGE_EVERY_HOURS: 24,
    Limit.QUOTE_VALID_MINUTES: 15,
    Limit.DELIVERY_ATTEMPTS: 3,
    Limit.DELIVERY_CODE_TRIES: 5,
    Limit.AGENT_OPEN_ORDERS: 40,
    Limit.CASH_CARRIED_HOURS: 48,  # domain-rules B12
    Limit.CASH_WARNING_HOURS: 24,  # domain-rules B12
    Limit.HAND_OVER_TOLERANCE_MINOR: 500,
    Limit.PAYOUT_MINIMUM_MINOR: 0,
    Limit.NETWORK_REGISTRATIONS_HOURLY: 10,  # domain-rules B25
    Limit.ACCOUNT_WRONG_PASSWORDS: 5,  # domain-rules B1
    Limit.NETWORK_WRONG_PASSWORDS: 50,  # domain-rules B1
    Limit.WRONG_PASSWORDS_WITHIN_MINUTES: 15,  # domain-rules B1
    Limit.WRONG_PASSWORDS_REMEMBERED_HOURS: 24,
    Limit.SIGN_IN_SHUT_AT_MOST_HOURS: 8,
}

DEFAULTS: Final[Mapping[str, Mapping[Limit, int]]] = {
    "saudi": {
        **_EVERYWHERE,
        Limit.AGENT_FLOAT_MINOR: 500_000,
        Limit.MATURITY_DAYS: 7,
        Limit.RETURN_WINDOW_DAYS: 7,
        Limit.PAYOUT_SINGLE_MINOR: 1_000_000,
    },
    "oklahoma": {
        **_EVERYWHERE,
        Limit.AGENT_FLOAT_MINOR: 200_000,
        Limit.MATURITY_DAYS: 0,
        Limit.RETURN_WINDOW_DAYS: 0,
        Limit.PAYOUT_SINGLE_MINOR: 250_000,
    },
}
"""Per profile, until a version is set."""

_MOST: Final[Mapping[str, int]] = {"days": 3_650, "hours": 87_600, "minutes": 5_256_000, "minor": 10**12}
"""Ten years, and more money than any sum of the house, by the unit that a name ends with; counts end at a million."""


def bounds(limit: Limit) -> tuple[int, int]:
    """The least and the most that a number may be; no wrong password at all would shut the door to everybody."""
    least = 1 if limit in {Limit.ACCOUNT_WRONG_PASSWORDS, Limit.NETWORK_WRONG_PASSWORDS} else 0
    return least, _MOST.get(limit.rpartition("_")[2], 1_000_000)
