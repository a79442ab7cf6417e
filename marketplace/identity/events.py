"""What identity tells the others."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.identity.states import StoreKind
from marketplace.kernel.ids import SessionId, StoreId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRegistered(Event):
    """Somebody has joined."""

    topic: ClassVar[str] = "identity.user_registered.v1"

    user_id: UserId

    @property
    def aggregate(self) -> str:
        """The user."""
        return f"user:{self.user_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOpened(Event):
    """A store exists; whether it is live its standing says."""

    topic: ClassVar[str] = "identity.store_opened.v1"

    store_id: StoreId
    kind: StoreKind
    is_live: bool

    @property
    def aggregate(self) -> str:
        """The store."""
        return f"store:{self.store_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanged(Event):
    """The reasons why a store is not live are others than before."""

    topic: ClassVar[str] = "identity.standing_changed.v1"

    store_id: StoreId
    is_live: bool
    reasons: tuple[str, ...]

    @property
    def aggregate(self) -> str:
        """The store."""
        return f"store:{self.store_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRenamed(Event):
    """A store is called otherwise than before."""

    topic: ClassVar[str] = "identity.store_renamed.v1"

    store_id: StoreId

    @property
    def aggregate(self) -> str:
        """The store."""
        return f"store:{self.store_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenReused(Event):
    """A token that had been exchanged already came back: it was copied, so its whole family is closed."""

    topic: ClassVar[str] = "identity.refresh_token_reused.v1"

    session_id: SessionId
    user_id: UserId

    @property
    def aggregate(self) -> str:
        """The user."""
        return f"user:{self.user_id}"
