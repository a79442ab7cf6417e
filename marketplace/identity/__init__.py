"""Who is who: users, how they sign in, their stores and places in them, and where stores are reached.

Owns users, credentials, sessions, stores and their standing, memberships, system roles and addresses.
Does not know what stores trade. Its invariant: nobody acts in a store in which he holds no place.
"""

from marketplace.identity.errors import CONSTRAINTS as CONSTRAINTS
from marketplace.identity.states import Door as Door
from marketplace.identity.states import EndReason as EndReason
from marketplace.identity.states import StandingReason as StandingReason
from marketplace.identity.states import StoreKind as StoreKind
from marketplace.identity.states import StoreRole as StoreRole
from marketplace.identity.states import SystemRole as SystemRole

__all__ = ["CONSTRAINTS", "Door", "EndReason", "StandingReason", "StoreKind", "StoreRole", "SystemRole"]
