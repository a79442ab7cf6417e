"""What leaves identity."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from marketplace.identity.models import Address, Store, StoreStanding, User
from marketplace.identity.states import StoreKind, StoreRole, SystemRole
from marketplace.identity.tokens import Standing
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AddressId, SessionId, StoreId, UserId


@dataclass(frozen=True, slots=True)
class UserView:
    """A person."""

    id: UserId
    email: str
    full_name: str
    phone: str | None
    locale: str

    @classmethod
    def of(cls, user: User) -> Self:
        """See a user."""
        return cls(id=user.id, email=user.email, full_name=user.full_name, phone=user.phone, locale=user.locale)


@dataclass(frozen=True, slots=True)
class StoreRef:
    """A store, as carts and orders name it."""

    id: StoreId
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class StoreView:
    """A store, and whether it may trade."""

    id: StoreId
    name: str
    slug: str
    kind: StoreKind
    can_buy: bool
    can_sell: bool
    is_live: bool
    reasons: tuple[str, ...]
    currency: str
    time_zone: str
    email: str | None
    phone: str | None
    city: str | None
    description: str
    opened_at: datetime

    @classmethod
    def of(cls, store: Store, standing: StoreStanding) -> Self:
        """See a store with its standing."""
        return cls(
            id=store.id,
            name=store.name,
            slug=store.slug,
            kind=store.kind,
            can_buy=store.can_buy,
            can_sell=store.can_sell,
            is_live=standing.is_live,
            reasons=tuple(standing.reasons),
            currency=store.currency,
            time_zone=store.time_zone,
            email=store.email,
            phone=store.phone,
            city=store.city,
            description=store.description,
            opened_at=store.opened_at,
        )


@dataclass(frozen=True, slots=True)
class AddressView:
    """Where a store is reached."""

    id: AddressId
    store_id: StoreId
    label: str
    recipient: str
    phone: str
    line1: str
    line2: str
    district: str
    city: str
    region: str
    postal_code: str
    country: str
    is_default: bool

    @classmethod
    def of(cls, address: Address) -> Self:
        """See an address."""
        return cls(
            id=address.id,
            store_id=address.store_id,
            label=address.label,
            recipient=address.recipient,
            phone=address.phone,
            line1=address.line1,
            line2=address.line2,
            district=address.district,
            city=address.city,
            region=address.region,
            postal_code=address.postal_code,
            country=address.country,
            is_default=address.is_default,
        )


@dataclass(frozen=True, slots=True)
class MembershipView:
    """A place of the user's in one of his stores."""

    store: StoreView
    role: StoreRole


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, where he stands, and what he may do there."""

    user: UserView
    store: StoreView | None
    memberships: tuple[MembershipView, ...]
    system_roles: tuple[SystemRole, ...]
    permissions: tuple[Permission, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to write to a user."""

    user_id: UserId
    email: str
    full_name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to sign in that was let through to the password; without a hash where nobody has that address."""

    email: str
    user_id: UserId | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A session that has just begun, with the secrets that are shown once and kept only as hashes."""

    session_id: SessionId
    standing: Standing
    user: UserView
    store: StoreView | None
    cookie: str | None
    refresh_token: str | None
