"""Access tokens: who somebody is for the next minutes, signed, so that no database need be asked."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import jwt

from marketplace.identity import roles
from marketplace.identity.rules import ACCESS_TOKEN_LASTS
from marketplace.identity.states import StoreRole, SystemRole
from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import SignedOut
from marketplace.kernel.ids import SessionId, StoreId, UserId, new_uuid
from marketplace.kernel.words import mark

ISSUER: Final = "marketplace"
ALGORITHM: Final = "HS256"
NOT_VALID: Final = mark("This access token is not valid any more: refresh it or sign in.")

MOST_READ: Final = 4_096
"""So many tokens are remembered: whoever trades brings the same one for a quarter of an hour."""

CLAIMS: Final = ("sub", "sid", "aud", "iss", "iat", "exp", "jti")


@dataclass(frozen=True, slots=True)
class Keys:
    """What tokens are signed with; derived from the installation's secret, never the secret itself."""

    access: bytes

    @classmethod
    def of(cls, secret: str) -> "Keys":
        """Derive them."""
        return cls(access=hmac.new(secret.encode(), b"access tokens", hashlib.sha256).digest())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: his active store with his role in it, and his roles of the house."""

    user_id: UserId
    session_id: SessionId
    store_id: StoreId | None
    role: StoreRole | None
    can_buy: bool
    can_sell: bool
    system_roles: tuple[SystemRole, ...]

    @property
    def actor(self) -> Actor:
        """Who acts, with everything he may do from there."""
        return Actor(
            name=f"user:{self.user_id}",
            user_id=self.user_id,
            store_id=self.store_id,
            session_id=self.session_id,
            grants=roles.grants(
                store_id=self.store_id,
                role=self.role,
                can_buy=self.can_buy,
                can_sell=self.can_sell,
                system_roles=self.system_roles,
            ),
        )

    @property
    def audiences(self) -> list[str]:
        """The surfaces this token opens."""
        surfaces = {
            "buyer": self.can_buy,
            "vendor": self.can_sell,
            "agent": SystemRole.AGENT in self.system_roles,
            "admin": bool(set(self.system_roles) - {SystemRole.AGENT}),
        }
        return [surface for surface, is_open in surfaces.items() if is_open] or ["none"]


def mint(standing: Standing, *, keys: Keys, now: datetime) -> str:
    """Sign an access token that is good for a quarter of an hour of real time."""
    claims = {
        "iss": ISSUER,
        "sub": str(standing.user_id),
        "sid": str(standing.session_id),
        "aud": standing.audiences,
        "jti": str(new_uuid()),
        "iat": int(now.timestamp()),
        "exp": int((now + ACCESS_TOKEN_LASTS).timestamp()),
        "store": str(standing.store_id) if standing.store_id else None,
        "role": standing.role,
        "buys": standing.can_buy,
        "sells": standing.can_sell,
        "roles": list(standing.system_roles),
    }
    return jwt.encode(claims, keys.access, algorithm=ALGORITHM)


def actor_of_access_token(token: str, *, keys: Keys) -> Actor:
    """The actor a token speaks for; refuses one that is not ours, was altered, or has run out."""
    try:
        standing, ends_at = _read(token, keys.access)
    except (jwt.InvalidTokenError, ValueError, KeyError, TypeError) as error:
        raise SignedOut(NOT_VALID) from error
    if ends_at <= utc_now().timestamp():
        raise SignedOut(NOT_VALID)
    return standing.actor


@lru_cache(maxsize=MOST_READ)
def _read(token: str, key: bytes) -> tuple[Standing, int]:
    """What a token of ours says, and when it ends: the same for as long as it lasts."""
    claims = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=["buyer", "vendor", "agent", "admin", "none"],
        options={"require": list(CLAIMS)},
    )
    return _standing(claims), int(claims["exp"])


def _standing(claims: Mapping[str, Any]) -> Standing:
    store = claims["store"]
    return Standing(
        user_id=UserId(UUID(claims["sub"])),
        session_id=SessionId(UUID(claims["sid"])),
        store_id=StoreId(UUID(store)) if store else None,
        role=StoreRole(claims["role"]) if claims["role"] else None,
        can_buy=bool(claims["buys"]),
        can_sell=bool(claims["sells"]),
        system_roles=tuple(SystemRole(role) for role in claims["roles"]),
    )


def new_secret() -> str:
    """A cookie or refresh token: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """The form in which a cookie or refresh token is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
