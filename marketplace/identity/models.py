"""Identity tables."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from marketplace.identity.states import Door, EndReason, StoreKind, StoreRole, SystemRole
from marketplace.kernel import columns
from marketplace.kernel.ids import AddressId, SessionId, StoreId, UserId

EMAIL_LENGTH = 254


class User(SQLModel, table=True):
    """A person who can sign in."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_folded"),
        Index("ix_users_registered_from", "registered_from", "registered_at"),
    )

    id: UserId = columns.key()
    email: str = Field(unique=True, max_length=EMAIL_LENGTH)
    full_name: str = Field(max_length=200)
    phone: str | None = Field(default=None, max_length=32)
    locale: str = Field(default="en", max_length=8)
    registered_at: datetime = columns.instant()
    registered_from: str | None = Field(default=None, max_length=64)


class Credential(SQLModel, table=True):
    """What a user proves himself by; apart, so that reading a user never reads his hash."""

    __tablename__ = "credentials"

    user_id: UserId = columns.ref("users", primary_key=True)
    password_hash: str = Field(max_length=200)
    changed_at: datetime = columns.instant()


class Store(SQLModel, table=True):
    """The tenant: it buys, sells, or both."""

    __tablename__ = "stores"
    __table_args__ = (
        CheckConstraint("can_buy OR can_sell", name="does_something"),
        Index("ix_stores_newest", text("opened_at DESC"), text("id DESC")),
    )

    id: StoreId = columns.key()
    name: str = Field(max_length=200)
    slug: str = Field(unique=True, max_length=80)
    kind: StoreKind = columns.one_of(StoreKind)
    can_buy: bool
    can_sell: bool
    currency: str = columns.currency()
    time_zone: str = Field(max_length=64)
    email: str | None = Field(default=None, max_length=EMAIL_LENGTH)
    phone: str | None = Field(default=None, max_length=32)
    city: str | None = Field(default=None, max_length=100)
    description: str = columns.prose(default="")
    opened_at: datetime = columns.instant()


class StoreStanding(SQLModel, table=True):
    """Why a store is not live, if it is not: one row a store, joined by whoever asks whether it may trade."""

    __tablename__ = "store_standings"
    __table_args__ = (
        CheckConstraint("is_live = (reasons = '[]'::jsonb)", name="live_without_reasons"),
        Index("ix_store_standings_stopped", "store_id", postgresql_where=text("NOT is_live")),
    )

    store_id: StoreId = columns.ref("stores", primary_key=True)
    reasons: list[str] = columns.document()
    is_live: bool
    changed_at: datetime = columns.instant()

    def set_reasons(self, reasons: list[str], *, at: datetime) -> bool:
        """Put these reasons in place of the old ones; tells whether anything changed."""
        if reasons == self.reasons:
            return False
        self.reasons = reasons
        self.is_live = not reasons
        self.changed_at = at
        return True


class Membership(SQLModel, table=True):
    """A user's place in a store, until it ends."""

    __tablename__ = "memberships"

    user_id: UserId = columns.ref("users", primary_key=True)
    store_id: StoreId = columns.ref("stores", primary_key=True, index=True)
    role: StoreRole = columns.one_of(StoreRole)
    joined_at: datetime = columns.instant()
    ended_at: datetime | None = columns.maybe_instant()


class SystemGrant(SQLModel, table=True):
    """A store-less role that a user holds."""

    __tablename__ = "system_roles"

    user_id: UserId = columns.ref("users", primary_key=True)
    role: SystemRole = columns.one_of(SystemRole, primary_key=True)
    granted_at: datetime = columns.instant()


class SignIn(SQLModel, table=True):
    """A session: one signed-in browser or client, in one active store."""

    __tablename__ = "sessions"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_has_reason"),)

    id: SessionId = columns.key()
    user_id: UserId = columns.ref("users", index=True)
    store_id: StoreId | None = columns.maybe_ref("stores")
    door: Door = columns.one_of(Door)
    cookie_hash: str | None = Field(default=None, unique=True, max_length=64)
    started_at: datetime = columns.instant()
    expires_at: datetime = columns.instant(index=True)
    ended_at: datetime | None = columns.maybe_instant()
    end_reason: EndReason | None = columns.maybe_one_of(EndReason)

    def end(self, *, reason: EndReason, at: datetime) -> None:
        """Close it. Whoever does so has looked, under its lock, that it is open."""
        self.ended_at, self.end_reason = at, reason


class RefreshToken(SQLModel, table=True):
    """One link in the family of refresh tokens of a session, known by its hash."""

    __tablename__ = "refresh_tokens"

    token_hash: str = Field(primary_key=True, max_length=64)
    session_id: SessionId = columns.ref("sessions", index=True)
    issued_at: datetime = columns.instant()
    retired_at: datetime | None = columns.maybe_instant()
    was_repeated: bool = False


class Address(SQLModel, table=True):
    """Where a store is reached; never edited once archived."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_store_id", "store_id"),
        Index(
            "uq_addresses_default",
            "store_id",
            unique=True,
            postgresql_where=text("is_default AND archived_at IS NULL"),
        ),
    )

    id: AddressId = columns.key()
    store_id: StoreId = columns.ref("stores")
    label: str = Field(default="", max_length=60)
    recipient: str = Field(max_length=200)
    phone: str = Field(max_length=32)
    line1: str = Field(max_length=200)
    line2: str = Field(default="", max_length=200)
    district: str = Field(default="", max_length=100)
    city: str = Field(max_length=100)
    region: str = Field(default="", max_length=100)
    postal_code: str = Field(default="", max_length=16)
    country: str = Field(max_length=2)
    is_default: bool = False
    created_at: datetime = columns.instant()
    archived_at: datetime | None = columns.maybe_instant()


class SignInFailure(SQLModel, table=True):
    """An attempt to sign in: written before the password is looked at, and taken away again if it was right."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index("ix_sign_in_failures_account", "account_hash", "failed_at"),
        Index("ix_sign_in_failures_network", "network", "failed_at"),
    )

    id: UUID = columns.key()
    account_hash: str = Field(max_length=64)
    network: str = Field(max_length=64)
    failed_at: datetime = columns.instant()
