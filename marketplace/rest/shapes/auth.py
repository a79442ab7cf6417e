"""Coming in, as the contract prints it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from marketplace.flows.signing import SignedIn
from marketplace.identity import (
    ACCESS_TOKEN_LASTS,
    Me,
    MembershipView,
    Place,
    Registration,
    StoreKind,
    StoreRole,
    SystemRole,
    UserView,
)
from marketplace.kernel import profile
from marketplace.kernel.actor import Permission
from marketplace.rest.shapes.base import FullLine, Line, Shape, Wished
from marketplace.rest.shapes.stores import Country, FullShort, OwnStore, Phone, Short

Email = Annotated[FullLine, Field(description="name@example.com")]
Password = Annotated[str, Field(min_length=1, max_length=200, description="10 characters at least.")]


class FirstPlace(Wished):
    """Where a new store is reached; the recipient is who registers, the country that of the marketplace."""

    line1: FullLine
    city: FullShort
    recipient: Line = ""
    phone: Phone = ""
    country: Country | None = None
    label: Annotated[Line, Field(max_length=60)] = ""
    line2: Line = ""
    district: Short = ""
    region: Short = ""
    postal_code: Annotated[Line, Field(max_length=16)] = ""

    def place(self, *, full_name: str) -> Place:
        """Read it."""
        return Place(
            recipient=self.recipient or full_name,
            phone=self.phone,
            line1=self.line1,
            city=self.city,
            country=self.country or profile.chosen().country,
            label=self.label,
            line2=self.line2,
            district=self.district,
            region=self.region,
            postal_code=self.postal_code,
        )


class FirstStore(Wished):
    """The store that somebody opens by joining."""

    name: FullLine
    kind: StoreKind = StoreKind.BUYER
    address: FirstPlace | None = None


class Joining(Wished):
    """What somebody tells us who joins."""

    email: Email
    password: Password
    full_name: FullLine
    store: FirstStore

    def registration(self, *, locale: str) -> Registration:
        """Read it."""
        return Registration(
            email=self.email,
            full_name=self.full_name,
            store_name=self.store.name,
            store_kind=self.store.kind,
            place=self.store.address.place(full_name=self.full_name) if self.store.address else None,
            locale=locale,
        )


class Login(Wished):
    """Who somebody says he is."""

    email: Annotated[Line, Field(min_length=1)]
    password: Password


class Refreshing(Wished):
    """The last refresh token."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200)]


class Switching(Wished):
    """The store to go on in."""

    store_id: UUID


class User(Shape):
    """A person."""

    id: UUID
    email: str
    full_name: str
    phone: str | None
    locale: str

    @classmethod
    def of(cls, user: UserView) -> "User":
        """Print a person."""
        return cls(id=user.id, email=user.email, full_name=user.full_name, phone=user.phone, locale=user.locale)


class Tokens(Shape):
    """Who is in, and what proves it: an access token for a quarter of an hour, a refresh token for the next one."""

    user: User
    store: OwnStore | None
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 (a word, no secret)
    expires_in: int

    @classmethod
    def of(cls, signed_in: SignedIn) -> "Tokens":
        """Print the one answer that carries secrets."""
        return cls(
            user=User.of(signed_in.user),
            store=OwnStore.maybe(signed_in.store),
            access_token=signed_in.access_token or "",
            refresh_token=signed_in.refresh_token or "",
            expires_in=int(ACCESS_TOKEN_LASTS.total_seconds()),
        )


class Membership(Shape):
    """A place in a store."""

    store: OwnStore
    role: StoreRole

    @classmethod
    def of(cls, place: MembershipView) -> "Membership":
        """Print it."""
        return cls(store=OwnStore.of(place.store), role=place.role)


class Myself(Shape):
    """Who calls, where he stands, and what he may do there."""

    user: User
    store: OwnStore | None
    memberships: tuple[Membership, ...]
    system_roles: tuple[SystemRole, ...]
    permissions: tuple[Permission, ...]

    @classmethod
    def of(cls, me: Me) -> "Myself":
        """Print it."""
        return cls(
            user=User.of(me.user),
            store=OwnStore.maybe(me.store),
            memberships=tuple(Membership.of(place) for place in me.memberships),
            system_roles=me.system_roles,
            permissions=me.permissions,
        )
