"""What a store, a member and a session may be."""

from enum import StrEnum
from typing import Final


class StoreKind(StrEnum):
    """What a store was opened for; it sets the first of its capabilities."""

    BUYER = "buyer"
    VENDOR = "vendor"


class StoreRole(StrEnum):
    """A member's place in a store."""

    OWNER = "owner"
    MANAGER = "manager"
    OPS = "ops"
    STAFF = "staff"


class SystemRole(StrEnum):
    """A place in the house itself, held in no store."""

    AGENT = "agent"
    SUPPORT = "support"
    FINANCE = "finance"
    COMPLIANCE = "compliance"
    DISPATCHER = "dispatcher"
    CASHIER = "cashier"
    CATALOG = "catalog"
    ADMIN = "admin"


class Door(StrEnum):
    """How somebody came in: a browser keeps a cookie, a client keeps tokens."""

    BROWSER = "browser"
    CLIENT = "client"


class EndReason(StrEnum):
    """Why a session is over before its time."""

    SIGNED_OUT = "signed_out"
    SWITCHED = "switched"
    TOKEN_REUSED = "token_reused"  # noqa: S105 (a word, no password)


SUSPENSION: Final = "identity.suspend"
"""What the audit trail calls the suspension of a store: it holds what was written of it."""


class StandingReason(StrEnum):
    """The reasons of identity itself why a store is not live; slices above add words of their own."""

    AWAITING_APPROVAL = "awaiting_approval"
    SUSPENDED = "suspended"
